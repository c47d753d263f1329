"""Whether nibabel, pynrrd and SimpleITK read what @voxaug/io writes as MGH, NRRD and MetaImage: voxels to the bit, type and affine.

    npm run build
    <python of requirements.txt> tooling/goldens/check_formats.py

Writes nothing into the repository. Exits 1 with the first file that differs.
"""
import base64
import json
import subprocess
import tempfile
from pathlib import Path

import nibabel as nib
import nrrd
import numpy as np
import SimpleITK as sitk

HERE = Path(__file__).parent
LPS = np.diag([-1.0, -1, 1, 1])


def by_nibabel(path):
    image = nib.load(path)
    return np.asarray(image.dataobj), image.affine, image.get_data_dtype()


def by_pynrrd(path):
    data, header = nrrd.read(str(path))
    assert header["space"] == "left-posterior-superior"
    affine = np.eye(4)
    affine[:3, :3] = np.array([v for v in header["space directions"] if v is not None and not np.any(np.isnan(v))]).T
    affine[:3, 3] = header["space origin"]
    return data, LPS @ affine, data.dtype


def by_itk(path):
    image = sitk.ReadImage(str(path))
    data = sitk.GetArrayFromImage(image)
    if image.GetNumberOfComponentsPerPixel() > 1:
        data = np.moveaxis(data, -1, 0)
    n = image.GetDimension()
    affine = np.eye(4)
    affine[:3, :3] = (np.array(image.GetDirection()).reshape(n, n) * image.GetSpacing())[:3, :3]
    affine[:3, 3] = image.GetOrigin()[:3]
    return data.transpose(*reversed(range(data.ndim))), LPS @ affine, data.dtype


# float32 of a place 200 mm away; what ITK's normalising moves; nothing.
READERS = {
    "mgh": [(by_nibabel, 3e-5)],
    "mgz": [(by_nibabel, 3e-5)],
    "nrrd": [(by_pynrrd, 0), (by_itk, 1e-12)],
    "mha": [(by_itk, 1e-12)],
}


def main():
    with tempfile.TemporaryDirectory() as folder:
        command = ["node", HERE / "write_formats.mjs", folder]
        written = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        readings = 0
        for told in map(json.loads, written):
            shape = (3, 4, 5) + ((told["channels"],) if told["channels"] > 1 else ())
            expected = np.frombuffer(base64.b64decode(told["data"]), told["dtype"]).reshape(shape, order="F")
            for read, tolerance in READERS[told["ending"]]:
                data, affine, dtype = read(Path(folder) / told["name"])
                where = f"{told['name']} {read.__name__}"
                assert data.shape == shape, f"{where}: shape {data.shape}"
                assert np.dtype(dtype).newbyteorder("=") == np.dtype(told["dtype"]), f"{where}: {dtype}"
                assert np.array_equal(data, expected), f"{where}: voxels"
                gap = np.abs(affine.ravel() - told["affine"]).max()
                assert gap <= tolerance, f"{where}: affine off by {gap}"
                readings += 1
        print(f"{len(written)} files are read alike, {readings} readings")


if __name__ == "__main__":
    main()
