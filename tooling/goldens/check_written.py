"""Whether nibabel reads what @voxaug/io writes: voxels to the bit, or within half a step where scaled; shape, type, affines, extensions.

    npm run build
    VOXAUG_DATA=<folder> <python of requirements.txt> tooling/goldens/check_written.py

Writes nothing into the repository. Exits 1 with the first file that differs.
"""
import base64
import json
import os
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import nibabel as nib
import numpy as np

HERE = Path(__file__).parent
REAL = sorted(p for p in Path(os.environ["VOXAUG_DATA"]).iterdir() if p.name.endswith((".nii", ".nii.gz")))
HEADERS = {1: (nib.Nifti1Image, nib.Nifti1Header, 352, np.float32), 2: (nib.Nifti2Image, nib.Nifti2Header, 544, np.float64)}


def check(folder, told):
    path = Path(folder) / told["name"]
    image = nib.load(path)
    header = image.header
    version = told["version"] or 2
    Image, Header, start, Float = HEADERS[version]
    assert type(image) is Image, f"is a {type(image).__name__}"
    shape = tuple(told["shape"]) + ((told["channels"],) if told["channels"] > 1 else ())
    assert image.shape == shape, f"shape {image.shape}"
    assert header.get_data_dtype() == np.dtype(told["dtype"]), f"dtype {header.get_data_dtype()}"
    report = Header.diagnose_binaryblock(header.binaryblock)
    assert report == "", f"nibabel finds: {report}"

    data = base64.b64decode(told["data"])
    slope, inter = image.dataobj.slope, image.dataobj.inter
    steps = 0
    if told["scaled"]:
        expected = np.frombuffer(data, np.float64).reshape(shape, order="F")
        steps = (np.abs(image.get_fdata() - expected).max() - 2**-51 * max(abs(inter), np.abs(expected).max())) / slope
        assert steps <= 0.5 + 1e-6, f"off by {steps} steps"
        if slope != 1:
            # Not coarser than nibabel's own choice, but for what float32 rounds; whole numbers are exact.
            writer = nib.arraywriters.make_array_writer(expected, np.dtype(told["dtype"]), True, calc_scale=True)
            room = abs(inter) * 2**-23 / np.iinfo(told["dtype"]).max
            assert slope <= abs(writer.slope) * (1 + 1e-6) + room, f"slope {slope}, nibabel takes {writer.slope}"
    else:
        assert (slope, inter) == (1, 0), "scaling"
        expected = np.frombuffer(data, told["dtype"]).reshape(shape, order="F")
        assert np.asarray(image.dataobj).tobytes() == expected.tobytes(), "voxels"

    extensions = [(code, base64.b64decode(content)) for code, content in told["extensions"]]
    found = [(extension.get_code(), extension.get_sizeondisk(), extension._raw) for extension in header.extensions]
    assert [(code, -(-(8 + len(content)) // 16) * 16) for code, content in extensions] == [f[:2] for f in found], found
    for (_, content), (_, size, raw) in zip(extensions, found):
        # nibabel drops the zeros that fill a comment up.
        assert raw.rstrip(b"\0") == content.rstrip(b"\0") and len(raw) <= size - 8, f"extension {raw}"
    assert image.dataobj.offset == start + sum(size for _, size, _ in found), f"offset {image.dataobj.offset}"

    affine = np.array(told["affine"]).reshape(4, 4)
    assert np.array_equal(image.affine, affine.astype(Float).astype(np.float64)), f"affine {image.affine}"
    assert header["sform_code"] == 2 and header.get_xyzt_units()[0] == "mm"
    texts = [name for name in ("descrip", "aux_file", "intent_name", "db_name", "data_type") if name in header]
    assert all(header[name] == b"" for name in texts), "text"
    zooms = np.sqrt((affine[:3, :3] ** 2).sum(0))
    assert np.allclose(header.get_zooms()[:3], zooms, rtol=1e-6 if version == 1 else 1e-15)
    # The writer's own bound for a faithful qform.
    gap, bound = np.abs(header.get_qform() - image.affine).max(), min(1e-4 * zooms.max(), 5e-4)
    assert (header["qform_code"] == 2) == (gap <= 1.001 * bound), f"qform_code {header['qform_code']}, gap {gap}"
    return version, header["qform_code"] == 2, gap / zooms.max(), steps


def main():
    with tempfile.TemporaryDirectory() as folder:
        written = subprocess.run(
            ["node", HERE / "write_io.mjs", folder, *REAL], check=True, capture_output=True, text=True
        ).stdout.splitlines()
        count, gaps, worst = Counter(), {1: [], 2: []}, 0
        for line in written:
            told = json.loads(line)
            try:
                version, faithful, gap, steps = check(folder, told)
            except AssertionError as error:
                raise SystemExit(f"{told['name']}: {error}")
            gaps[version] += [gap] if faithful else []
            worst = max(worst, steps)
            count.update([f"NIfTI-{version}", told["dtype"]])
            count.update(["scaled"] if told["scaled"] else [])
            count.update(["with extensions"] if told["extensions"] else [])
            count.update(["with channels"] if told["channels"] > 1 else [])
    print(f"nibabel {nib.__version__} reads all {len(written)} files alike: " + ", ".join(f"{n} {what}" for what, n in count.items()))
    for version, some in gaps.items():
        print(f"NIfTI-{version}: {len(some)} with a qform, off by at most {max(some):.1e} of a voxel")
    print(f"scaled: off by at most {worst:.6f} of a step")


if __name__ == "__main__":
    main()
