"""Small MGH, NRRD and MetaImage files by nibabel, pynrrd and SimpleITK, and what those read from them, for packages/io.

    python3 -m venv /tmp/goldens && /tmp/goldens/bin/pip install -r tooling/goldens/requirements.txt
    /tmp/goldens/bin/python tooling/goldens/formats.py

Writes packages/io/src/goldens/formats.json, with the files in base64. A pair's data file stands under `beside`.
"""
import base64
import gzip
import json
import re
import tempfile
import zlib
from pathlib import Path

import nibabel as nib
import nrrd
import numpy as np
import SimpleITK as sitk

OUT = Path(__file__).parents[2] / "packages/io/src/goldens/formats.json"
RNG = np.random.default_rng(20261125)
SHAPE = (3, 4, 5)
# A rotation, so that ITK takes it for directions.
QUATERNION = np.array([0.9, 0.1, -0.3, 0.2]) / np.linalg.norm([0.9, 0.1, -0.3, 0.2])
SPACING = (1.1, 1.9, 2.7)
ORIGIN = (-90.3, 126.7, -72.1)
LPS = np.diag([-1.0, -1, 1, 1])


def rotation(hand=1):
    a, b, c, d = QUATERNION
    return np.array(
        [
            [1 - 2 * (c * c + d * d), 2 * (b * c - a * d), 2 * (b * d + a * c) * hand],
            [2 * (b * c + a * d), 1 - 2 * (b * b + d * d), 2 * (c * d - a * b) * hand],
            [2 * (b * d - a * c), 2 * (c * d + a * b), (1 - 2 * (b * b + c * c)) * hand],
        ]
    )


def oblique(hand=1):
    affine = np.eye(4)
    affine[:3, :3] = rotation(hand) * SPACING
    affine[:3, 3] = ORIGIN
    return affine


def voxels(dtype, shape=SHAPE):
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        data = RNG.normal(0, 1000, shape).astype(dtype)
        data.flat[7], data.flat[8] = np.nan, -np.inf
        return data
    info = np.iinfo(dtype)
    low, high = max(info.min, -(2**53) + 1), min(info.max, 2**53 - 1)
    data = RNG.integers(low, high, shape, dtype=np.int64, endpoint=True).astype(dtype)
    data.flat[0], data.flat[1] = low, high
    return data


def told(format, data, affine, **files):
    """Voxels as float64, channels last and the first axis fastest: what an independent library read."""
    flat = np.asarray(data).ravel(order="F").astype("<f8")
    shape = (*data.shape, 1, 1)[:3] if data.ndim < 4 else data.shape[:3]
    return {
        "format": format,
        "shape": list(shape),
        "channels": int(np.prod(data.shape[3:])),
        "affine": np.asarray(affine, float).ravel().tolist(),
        "voxels": [None if np.isnan(v) else v if np.isfinite(v) else str(v) for v in flat[:12].tolist()],
        "crc32": zlib.crc32(flat.tobytes()),
        **{name: base64.b64encode(raw).decode() for name, raw in files.items() if isinstance(raw, bytes)},
        **{name: text for name, text in files.items() if isinstance(text, str)},
    }


# MGH, by nibabel. Not where no orientation is set: nibabel then takes FreeSurfer's default matrix for its transpose.


def mgh_read(raw):
    image = nib.MGHImage.from_bytes(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    return told("MGH", np.asarray(image.dataobj), image.affine, file=raw)


def mgh_made(data, affine):
    return nib.MGHImage(data, affine).to_bytes()


def mgh():
    cases = {f"MGH {name}": mgh_read(mgh_made(voxels(name), oblique())) for name in ("uint8", "int16", "uint16", "int32", "float32")}
    plain = mgh_made(voxels("int16"), oblique(-1))
    return cases | {
        "MGH, left-handed, gzip": mgh_read(gzip.compress(plain, mtime=0)),
        "MGH, two frames": mgh_read(mgh_made(voxels("float32", (*SHAPE, 2)), oblique())),
        "MGH, one slice": mgh_read(mgh_made(voxels("uint8", (3, 4, 1)), oblique())),
        "MGH with tags behind": mgh_read(plain + b"\0" * 20 + b"\0\0\0\x03" + b"recon-all -subject nobody\0" * 3),
    }


# NRRD, by pynrrd and SimpleITK


def in_folder(make):
    with tempfile.TemporaryDirectory() as folder:
        return make(Path(folder))


def itk_told(format, path, **files):
    """SimpleITK's reading: numpy is [z, y, x, c], the world LPS."""
    image = sitk.ReadImage(str(path))
    data = sitk.GetArrayFromImage(image)
    n = image.GetDimension()
    if image.GetNumberOfComponentsPerPixel() > 1:
        data = np.moveaxis(data, -1, 0)
    data = data.transpose(*reversed(range(data.ndim)))
    affine = np.eye(4)
    m = min(n, 3)
    affine[:m, :m] = (np.array(image.GetDirection()).reshape(n, n) * image.GetSpacing())[:m, :m]
    affine[:m, 3] = image.GetOrigin()[:m]
    return told(format, data, LPS @ affine, **files)


def itk_image(data, affine, vector=False):
    """`data` is [x, y, z] or [x, y, z, c] with an affine to RAS."""
    array = data.transpose(*reversed(range(data.ndim)))
    image = sitk.GetImageFromArray(np.moveaxis(array, 0, -1) if vector else array, isVector=vector)
    lps = LPS @ affine
    spacing = np.sqrt((lps[:3, :3] ** 2).sum(0))
    n = image.GetDimension()
    direction, origin, sizes = np.eye(n), np.zeros(n), np.ones(n)
    direction[:3, :3], origin[:3], sizes[:3] = lps[:3, :3] / spacing, lps[:3, 3], spacing
    image.SetDirection(direction.ravel())
    image.SetOrigin(origin)
    image.SetSpacing(sizes)
    return image


def itk(format, ending, data, affine=None, compress=False, vector=False, edit=None):
    def make(folder):
        path = folder / f"a.{ending}"
        sitk.WriteImage(itk_image(data, oblique() if affine is None else affine, vector), str(path), compress)
        if edit:
            path.write_bytes(edit(path.read_bytes()))
        others = [p for p in folder.iterdir() if p != path]
        beside = {"name": others[0].name, "beside": others[0].read_bytes()} if others else {}
        return itk_told(format, path, file=path.read_bytes(), **beside)

    return in_folder(make)


def handmade(format, ending, header, raw):
    def make(folder):
        path = folder / f"a.{ending}"
        path.write_bytes(header.encode() + raw)
        return itk_told(format, path, file=path.read_bytes())

    return in_folder(make)


# As pynrrd writes "none".
NONE = [np.nan] * 3
SIGNS = {"right-anterior-superior": (1, 1, 1), "left-anterior-superior": (-1, 1, 1), "left-posterior-superior": (-1, -1, 1)}


def pynrrd(data, channels="none", detached=False, **fields):
    """Written and read by pynrrd, which keeps the header as it stands: the world's signs are applied here."""

    def make(folder):
        path = folder / ("a.nhdr" if detached else "a.nrrd")
        nrrd.write(str(path), data, {"space": "right-anterior-superior", **fields}, detached_header=detached)
        # The hour of writing, which would make other bytes each time.
        path.write_bytes(re.sub(rb"# on [^\n]*", b"# on some day", path.read_bytes()))
        read, header = nrrd.read(str(path))
        vectors = np.array([v for v in header["space directions"] if v is not None and not np.any(np.isnan(v))])
        affine = np.eye(4)
        affine[:3, :3], affine[:3, 3] = vectors.T, header["space origin"]
        affine = np.diag([*SIGNS[header["space"]], 1]) @ affine
        read = np.moveaxis(read, 0, -1) if channels == "first" else read
        others = [p for p in folder.iterdir() if p != path]
        beside = {"name": others[0].name, "beside": others[0].read_bytes()} if others else {}
        return told("NRRD", read, affine, file=path.read_bytes(), **beside)

    return in_folder(make)


def nrrds():
    directions = [list(column) for column in oblique()[:3, :3].T]
    fields = {"space directions": directions, "space origin": list(ORIGIN)}
    first = {"space directions": [NONE, *directions], "kinds": ["vector", "domain", "domain", "domain"]}
    last = {"space directions": [*directions, NONE], "kinds": ["domain", "domain", "domain", "list"]}
    origin = {"space origin": list(ORIGIN)}
    every = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64")
    return {
        **{f"NRRD {name}, gzip": pynrrd(voxels(name), **fields) for name in every},
        **{
            f"NRRD {name}, big-endian": pynrrd(voxels(name), encoding="raw", endian="big", **fields)
            for name in ("int16", "uint32", "int64", "float64")
        },
        "NRRD, left anterior superior": pynrrd(voxels("int16"), **{**fields, "space": "left-anterior-superior"}),
        "NRRD, left posterior superior": pynrrd(voxels("int16"), **{**fields, "space": "left-posterior-superior"}),
        "NRRD, channels first": pynrrd(voxels("int16", (2, *SHAPE)), "first", **first, **origin),
        "NRRD, three channels first, 64 bits": pynrrd(voxels("int64", (3, *SHAPE)), "first", **first, **origin),
        "NRRD, channels last": pynrrd(voxels("float32", (*SHAPE, 2)), **last, **origin),
        "NRRD, text": pynrrd(voxels("int16"), encoding="text", **fields),
        "NRRD, text of floats": pynrrd(np.linspace(-1e6, 1e-6, 60).reshape(SHAPE), encoding="text", **fields),
        "NRRD, detached": pynrrd(voxels("int16"), detached=True, encoding="raw", **fields),
        "NRRD, detached, gzip": pynrrd(voxels("int16"), detached=True, **fields),
        "NRRD by ITK": itk("NRRD", "nrrd", voxels("int16"), oblique(-1)),
        "NRRD by ITK, vectors, gzip": itk("NRRD", "nrrd", voxels("float32", (*SHAPE, 2)), compress=True, vector=True),
        "NRRD by ITK, detached, gzip": itk("NRRD", "nhdr", voxels("int16"), compress=True),
        "NRRD, no space": handmade(
            "NRRD", "nrrd", "NRRD0001\ntype: uchar\ndimension: 3\nsizes: 3 4 5\nspacings: 1.1 1.9 2.7\nencoding: raw\n\n", voxels("uint8").tobytes()
        ),
    }


# MetaImage, by SimpleITK


def meta():
    def edited(old, new):
        return lambda raw: raw.replace(old, new)

    every = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64")
    swapped = voxels("int16")
    head = "ObjectType = Image\nNDims = 3\nDimSize = 3 4 5\nElementType = {}\n{}ElementDataFile = LOCAL\n"
    return {
        **{f"MetaImage {name}": itk("MetaImage", "mha", voxels(name), compress=n % 2 == 1) for n, name in enumerate(every)},
        "MetaImage, left-handed": itk("MetaImage", "mha", voxels("int16"), oblique(-1)),
        "MetaImage, big-endian": itk(
            "MetaImage", "mha", swapped, edit=edited(b"BinaryDataByteOrderMSB = False", b"BinaryDataByteOrderMSB = True")
        ),
        "MetaImage, vectors": itk("MetaImage", "mha", voxels("float32", (*SHAPE, 2)), vector=True),
        "MetaImage, vectors, compressed": itk("MetaImage", "mha", voxels("uint8", (*SHAPE, 3)), vector=True, compress=True),
        "MetaImage, four axes": itk("MetaImage", "mha", voxels("int16", (*SHAPE, 2))),
        "MetaImage, raw beside": itk("MetaImage", "mhd", voxels("int16")),
        "MetaImage, compressed beside": itk("MetaImage", "mhd", voxels("int16"), compress=True),
        "MetaImage, other names": handmade(
            "MetaImage", "mha", head.format("MET_LONG", "Orientation = 0 1 0 -1 0 0 0 0 1\nOrigin = 1 2 3\nElementSize = 2 3 4\nElementByteOrderMSB = False\n"), voxels("int32").tobytes()
        ),
        "MetaImage, centre of rotation": handmade(
            "MetaImage", "mha", head.format("MET_UCHAR", "CenterOfRotation = 5 6 7\nTransformMatrix = 0 1 0 -1 0 0 0 0 1\nOffset = 1 2 3\nElementToIntensityFunctionSlope = 2\n"), voxels("uint8").tobytes()
        ),
        "MetaImage, no orientation": handmade("MetaImage", "mha", head.format("MET_UCHAR", ""), voxels("uint8").tobytes()),
        "MetaImage, two axes": handmade(
            "MetaImage", "mha", "NDims = 2\nDimSize = 3 4\nElementSpacing = 1.5 2.5\nOffset = 7 8\nTransformMatrix = 0 1 -1 0\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n", voxels("uint8", (3, 4)).tobytes()
        ),
    }


def write(content):
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    OUT.write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    write(mgh() | nrrds() | meta())
