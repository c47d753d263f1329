"""Whether nibabel reads what @voxaug/io writes: voxels to the bit, shape, type, and both affines.

    npm run build
    VOXAUG_DATA=<folder> <python of requirements.txt> tooling/goldens/check_written.py

Writes nothing into the repository. Exits 1 with the first file that differs.
"""
import base64
import json
import os
import subprocess
import tempfile
from pathlib import Path

import nibabel as nib
import numpy as np

HERE = Path(__file__).parent
REAL = sorted(p for p in Path(os.environ["VOXAUG_DATA"]).iterdir() if p.name.endswith((".nii", ".nii.gz")))


def check(folder, told):
    image = nib.load(Path(folder) / told["name"])
    header = image.header
    shape = tuple(told["shape"]) + ((told["channels"],) if told["channels"] > 1 else ())
    assert image.shape == shape, f"shape {image.shape}"
    assert header.get_data_dtype() == np.dtype(told["dtype"]), f"dtype {header.get_data_dtype()}"
    assert (image.dataobj.slope, image.dataobj.inter) == (1, 0), "scaling"
    expected = np.frombuffer(base64.b64decode(told["data"]), told["dtype"]).reshape(shape, order="F")
    assert np.asarray(image.dataobj).tobytes() == expected.tobytes(), "voxels"
    affine = np.array(told["affine"]).reshape(4, 4)
    assert np.array_equal(image.affine, affine.astype(np.float32).astype(np.float64)), f"affine {image.affine}"
    report = nib.Nifti1Header.diagnose_binaryblock(header.binaryblock)
    assert report == "", f"nibabel finds: {report}"
    assert header["sform_code"] == 2 and header.get_xyzt_units()[0] == "mm"
    assert header["vox_offset"] == 0 or image.dataobj.offset == 352
    assert not header.extensions and header["descrip"] == b""
    zooms = np.sqrt((affine[:3, :3] ** 2).sum(0))
    assert np.allclose(header.get_zooms()[:3], zooms, rtol=1e-6)
    # 1e-4 of the largest voxel, the writer's own bound for a faithful qform.
    gap = np.abs(header.get_qform() - image.affine).max() / zooms.max()
    assert (header["qform_code"] == 2) == (gap <= 1.001e-4), f"qform_code {header['qform_code']}, gap {gap}"
    return header["qform_code"] == 2, gap


def main():
    with tempfile.TemporaryDirectory() as folder:
        written = subprocess.run(
            ["node", HERE / "write_io.mjs", folder, *REAL], check=True, capture_output=True, text=True
        ).stdout.splitlines()
        gaps = []
        for line in written:
            told = json.loads(line)
            try:
                faithful, gap = check(folder, told)
            except AssertionError as error:
                raise SystemExit(f"{told['name']}: {error}")
            gaps += [gap] if faithful else []
        print(f"nibabel {nib.__version__} reads all {len(written)} files alike; {len(gaps)} with a qform, off by at most {max(gaps):.1e} of a voxel")


if __name__ == "__main__":
    main()
