"""What nibabel reads from the real volumes and from small synthetic files, for packages/io.

    python3 -m venv /tmp/goldens && /tmp/goldens/bin/pip install -r tooling/goldens/requirements.txt
    VOXAUG_DATA=<folder> /tmp/goldens/bin/python tooling/goldens/io.py

Writes packages/io/src/goldens/{real,synthetic,pairs}.json. Synthetic files are made by nibabel and kept in the JSON as base64.
"""
import base64
import gzip
import io
import json
import os
import tempfile
import zlib
from pathlib import Path

import nibabel as nib
import numpy as np

OUT = Path(__file__).parents[2] / "packages/io/src/goldens"
RNG = np.random.default_rng(20261123)
SHAPE = (3, 4, 5)
# Oblique, three spacings, left-handed: a transposed or unflipped reading fails.
OBLIQUE = np.array([[-1.2, 0.3, 0.4, 21.5], [0.2, 1.9, -0.5, -33.25], [0.1, 0.6, 2.7, 12.125], [0, 0, 0, 1]])


def format_of(image):
    if isinstance(image, nib.Nifti2Pair):
        return "NIfTI-2"
    return "NIfTI-1" if isinstance(image, nib.Nifti1Pair) else "Analyze 7.5"


def described(image, spots):
    """Shape, type, affine and voxels; float32 of the float64 that slope and intercept give."""
    values = np.asarray(image.get_fdata(dtype=np.float64), order="F")
    with np.errstate(over="ignore"):
        flat = values.ravel(order="F").astype("<f4")
    at = sorted({int(n) for n in np.linspace(0, flat.size - 1, spots)})
    finite = flat[np.isfinite(flat)].astype(np.float64)
    return {
        "format": format_of(image),
        "dim": [int(n) for n in image.shape],
        "dtype": image.header.get_data_dtype().name,
        "affine": image.affine.ravel().tolist(),
        "orientation": "".join(nib.aff2axcodes(image.affine)),
        "slope": float(1 if image.dataobj.slope is None else image.dataobj.slope),
        "intercept": float(image.dataobj.inter or 0),
        "extensions": [[e.get_code(), e.get_sizeondisk()] for e in getattr(image.header, "extensions", [])],
        "voxels": [[n, None if np.isnan(flat[n]) else float(flat[n])] for n in at],
        "sum": float(finite.sum()),
        "crc32": zlib.crc32(flat.tobytes()),
    }


def real(folder):
    files = sorted(p for p in Path(folder).iterdir() if p.name.endswith((".nii", ".nii.gz")))
    return {p.name: described(nib.load(p), 9) for p in files}


def voxels(dtype, shape=SHAPE):
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        data = RNG.normal(0, 1000, shape).astype(dtype)
        data.flat[7] = np.nan
        data.flat[8] = -np.inf
        return data
    info = np.iinfo(dtype)
    low, high = max(info.min, -(2**53) + 1), min(info.max, 2**53 - 1)
    data = RNG.integers(low, high, shape, dtype=np.int64, endpoint=True).astype(dtype)
    data.flat[0], data.flat[1] = low, high
    return data


def header_bytes(image):
    buffer = io.BytesIO()
    image.to_stream(buffer)
    return bytearray(buffer.getvalue())


def made(data, order="<", version=1, edit=None, **fields):
    """A file with raw fields set at the end, past what nibabel would correct. `sform` and `qform` are (affine, code)."""
    header = (nib.Nifti1Header if version == 1 else nib.Nifti2Header)(endianness=order)
    header.set_data_dtype(np.dtype(data.dtype).newbyteorder(order))
    header.set_data_shape(data.shape)
    header["pixdim"][1:4] = (1.5, 2.5, 3.5)
    for form in ("sform", "qform"):
        affine, code = fields.pop(form, (None, 0))
        if affine is not None:
            getattr(header, f"set_{form}")(affine, code)
    header["scl_slope"], header["scl_inter"] = 1, 0
    header["vox_offset"] = header.single_vox_offset
    for name, value in fields.items():
        if isinstance(value, dict):
            for at, number in value.items():
                header[name][at] = number
        else:
            header[name] = value
    raw = header.binaryblock + b"\0" * 4 + data.astype(np.dtype(data.dtype).newbyteorder(order)).tobytes(order="F")
    return edit(raw) if edit else raw


def load(raw):
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    klass = nib.Nifti2Image if raw[4:7] == b"n+2" else nib.Nifti1Image
    return klass.from_stream(io.BytesIO(raw))


def synthetic():
    cases = {}
    for name in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"):
        for order, word in (("<", "little"), (">", "big")):
            version = 2 if (len(name) + (order == ">")) % 3 == 0 else 1
            cases[f"{name} {word}-endian"] = made(voxels(name), order, version, sform=(OBLIQUE, 1))
    small = voxels("uint8")
    half_turn = np.array([[-2.0, 0, 0, 5], [0, 0, 3.0, 6], [0, 4.0, 0, 7], [0, 0, 0, 1]])
    half_turn_left = half_turn @ np.diag([1, 1, -1, 1])
    near = np.radians(179.9)
    near_turn = np.array([[np.cos(near), -np.sin(near), 0, -9], [np.sin(near), np.cos(near), 0, 8], [0, 0, 2, 7], [0, 0, 0, 1]])
    cases |= {
        "qform alone": made(small, qform=(OBLIQUE, 1)),
        "qform alone, NIfTI-2, big-endian": made(small, ">", 2, qform=(OBLIQUE, 1)),
        "qform, half turn": made(small, qform=(half_turn, 1)),
        "qform, half turn, left-handed": made(small, qform=(half_turn_left, 1)),
        "qform near half turn": made(small, qform=(near_turn, 1)),
        "qform near half turn, NIfTI-2": made(small, version=2, qform=(near_turn, 1)),
        "qform of larger code than sform": made(small, sform=(OBLIQUE, 1), qform=(half_turn, 4)),
        "sform of code 5": made(small, sform=(OBLIQUE, 5), qform=(half_turn, 1)),
        "unknown sform code": made(small, sform=(OBLIQUE, 1), qform=(half_turn, 1), sform_code=99),
        "neither form": made(small),
        "neither form, NIfTI-2, big-endian": made(small, ">", 2),
        "neither form, spacing zero and negative": made(small, pixdim={1: 0, 2: -2.5}),
        "qform, spacing zero": made(small, qform=(OBLIQUE, 1), pixdim={2: 0}),
        "qform, handedness zero": made(small, qform=(OBLIQUE @ np.diag([-1, 1, 1, 1]), 1), pixdim={0: 0}),
        "scaled": made(voxels("int16"), sform=(OBLIQUE, 1), scl_slope=0.0123, scl_inter=-7.75),
        "scaled, negative slope, float64": made(voxels("float64"), sform=(OBLIQUE, 1), scl_slope=-3.3, scl_inter=1e6),
        "scaled int64, big-endian": made(voxels("int64"), ">", sform=(OBLIQUE, 1), scl_slope=1e-6, scl_inter=0.5),
        "slope zero": made(small, sform=(OBLIQUE, 1), scl_slope=0, scl_inter=9),
        "slope not a number": made(small, sform=(OBLIQUE, 1), scl_slope=np.nan, scl_inter=9),
        "one axis": made(voxels("uint8", (6,)), sform=(OBLIQUE, 1)),
        "two axes": made(voxels("uint8", (6, 5)), sform=(OBLIQUE, 1)),
        "two axes, neither form": made(voxels("uint8", (6, 5))),
        "four axes": made(voxels("int16", (3, 4, 5, 2)), sform=(OBLIQUE, 1)),
        "five axes, a vector": made(voxels("float32", (3, 4, 2, 1, 3)), sform=(OBLIQUE, 1)),
        "seven axes": made(voxels("uint8", (2, 3, 1, 2, 1, 2, 2)), sform=(OBLIQUE, 1)),
        "odd offset": made(small, sform=(OBLIQUE, 1), vox_offset=357, edit=lambda raw: raw[:352] + b"\0" * 5 + raw[352:]),
        "fractional offset": made(small, sform=(OBLIQUE, 1), vox_offset=352.75),
        "gzip": gzip.compress(made(voxels("int16"), sform=(OBLIQUE, 1)), mtime=0),
    }
    image = nib.Nifti1Image(voxels("int16"), OBLIQUE)
    image.header.extensions.append(nib.nifti1.Nifti1Extension("comment", b"a comment"))
    image.header.extensions.append(nib.nifti1.Nifti1Extension("afni", b"x" * 40))
    cases["two extensions"] = bytes(header_bytes(image))
    return {name: {"file": base64.b64encode(raw).decode(), **described(load(raw), 5)} for name, raw in cases.items()}


def pair(data, order="<", klass=nib.Nifti1Pair, before=b"", after=b"", forms=True, **fields):
    """Header and voxels of a pair with raw fields set at the end: `before` stands before the voxels, `after` behind the header."""
    header = klass.header_class(endianness=order)
    header.set_data_dtype(np.dtype(data.dtype).newbyteorder(order))
    header.set_data_shape(data.shape)
    header["pixdim"][1:4] = (1.5, 2.5, 3.5)
    if forms and klass in (nib.Nifti1Pair, nib.Nifti2Pair):
        header.set_sform(OBLIQUE, 1)
    header["vox_offset"] = len(before)
    for name, value in fields.items():
        if name == "origin":
            header[name][:3] = value
        else:
            header[name] = value
    return header.binaryblock + after, before + data.astype(header.get_data_dtype()).tobytes(order="F")


def pairs():
    from nibabel.spm2analyze import Spm2AnalyzeImage as Spm

    comment = b"\1\0\0\0" + np.array([32, 6], "<i4").tobytes() + b"a comment".ljust(24, b"\0")
    cases = {
        "NIfTI-1": pair(voxels("int16")),
        "NIfTI-1, big-endian": pair(voxels("float32"), ">"),
        "NIfTI-2": pair(voxels("uint16"), klass=nib.Nifti2Pair),
        "NIfTI-2, big-endian": pair(voxels("int32"), ">", nib.Nifti2Pair),
        "NIfTI-1, an offset": pair(voxels("int16"), before=b"\7" * 21),
        "NIfTI-1, an extension": pair(voxels("uint8"), after=comment),
        "NIfTI-1, no flags behind the header": pair(voxels("uint8"), forms=False),
        "NIfTI-1, scaled, channels": pair(voxels("int16", (3, 4, 5, 2)), scl_slope=0.25, scl_inter=-3),
        "Analyze": pair(voxels("int16"), klass=Spm),
        "Analyze, big-endian": pair(voxels("float32"), ">", Spm),
        "Analyze, an offset": pair(voxels("uint8"), klass=Spm, before=b"\7" * 5),
        "Analyze, SPM's origin": pair(voxels("uint8"), klass=Spm, origin=(2, -1, 7)),
        "Analyze, an origin too far": pair(voxels("uint8"), klass=Spm, origin=(2, 8, 7)),
        "Analyze, SPM's scaling": pair(voxels("int16"), ">", Spm, scl_slope=0.5),
        "Analyze, scaling by ranges": pair(voxels("uint8"), klass=Spm, scl_slope=0, cal_max=2.5, cal_min=-1, glmax=255, glmin=10),
        "Analyze, ranges alike": pair(voxels("uint8"), klass=Spm, scl_slope=0, cal_max=2.5, cal_min=-1, glmax=9, glmin=9),
        "Analyze, four axes": pair(voxels("int32", (3, 4, 5, 2)), klass=Spm),
        "Analyze, one of time": pair(voxels("float64", (3, 4, 5, 1)), klass=Spm),
    }
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (header, image) in cases.items():
            Path(folder, "a.hdr").write_bytes(header)
            Path(folder, "a.img").write_bytes(image)
            coded = {key: base64.b64encode(raw).decode() for key, raw in (("header", header), ("image", image))}
            out[name] = {**coded, **described(nib.load(Path(folder, "a.hdr")), 5)}
    return out


def write(name, content):
    OUT.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    (OUT / name).write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    write("real.json", real(os.environ["VOXAUG_DATA"]))
    write("synthetic.json", synthetic())
    write("pairs.json", pairs())
