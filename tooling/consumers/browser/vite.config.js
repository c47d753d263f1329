// Nothing about voxaug: that it needs no configuration is what is tested. The page may lie in any folder.
export default { base: './' }
