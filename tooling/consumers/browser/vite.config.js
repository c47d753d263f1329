// Nothing about voxaug: that it needs no configuration is what is tested. The pages may lie in any folder.
export default { base: './', build: { rolldownOptions: { input: ['index.html', 'dicom.html'] } } }
