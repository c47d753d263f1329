"""Goldens of volumes of whole numbers with several channels in packages/geometry: scipy.ndimage.affine_transform of each channel.

Images use all of their type. What comes between voxels becomes float32 and is not rounded; copied voxels keep their type. Beyond, there is
the least value of each channel.
"""

import numpy as np
from volumes import ORDERS, about, euler, grid, label, matrix, middle, number, pulled, told, typed, write

SHAPE = (11, 9, 7)
CHANNELS = 3
IMAGES = [
    dict(dtype="uint8", modulo=256, factor=1, offset=0),
    dict(dtype="int8", modulo=256, factor=1, offset=-128),
    dict(dtype="uint16", modulo=1009, factor=65, offset=0),
    dict(dtype="int16", modulo=1009, factor=65, offset=-32768),
    dict(dtype="uint32", modulo=1009, factor=4260000, offset=0),
    dict(dtype="int32", modulo=1009, factor=4260000, offset=-2147483648),
]
LABELS = ["uint8", "int16", "uint32"]
oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
cubes = grid((0, 0, 0), (1.5, 1.5, 1.5), (-3, 5, 0.25), columns=(1, 2, 0), signs=(1, -1, -1))


def images(how):
    return [typed(how, SHAPE, c) for c in range(CHANNELS)]


def labels():
    return [label(SHAPE, c) for c in range(CHANNELS)]


def channels(volumes, pull, order, count):
    told_of = lambda volume: told(pulled(volume, pull, SHAPE, order), pull, SHAPE, order, count, fill=number(volume.min()), exact=True)
    return [told_of(volume) for volume in volumes]


def push(affine, degrees, mm):
    return matrix(np.eye(3), mm) @ about(middle(SHAPE, affine), euler(degrees))


def blended(affine, degrees, mm):
    pull = np.linalg.inv(affine) @ np.linalg.inv(push(affine, degrees, mm)) @ affine
    samples = [
        dict(of="image", **how, interpolation=interpolation, channels=channels(images(how), pull, order, 50))
        for how in IMAGES
        for interpolation, order in ORDERS.items()
    ]
    # float32 has no more than 24 bits.
    for sample in samples:
        if sample["interpolation"] == "nearest":
            sample["channels"] = [[v if v is None else int(np.float32(v)) for v in values] for values in sample["channels"]]
    samples += [dict(of="label", dtype=dtype, interpolation="nearest", channels=channels(labels(), pull, 0, 50)) for dtype in LABELS]
    return dict(name="blended", options=dict(rotationDegrees=degrees, translationMm=mm), samples=samples, affine=affine.ravel().tolist())


def copied(affine, degrees, mm):
    pull = np.linalg.inv(affine) @ np.linalg.inv(push(affine, degrees, mm)) @ affine
    whole = np.round(pull)
    np.testing.assert_allclose(pull, whole, atol=1e-9)
    samples = [
        dict(of="image", **how, interpolation="linear", channels=channels(images(how), whole, 0, 50))
        for how in IMAGES
    ]
    samples += [dict(of="label", dtype=dtype, interpolation="nearest", channels=channels(labels(), whole, 0, 50)) for dtype in LABELS]
    name = f"copied, turned by {degrees}"
    return dict(name=name, options=dict(rotationDegrees=degrees, translationMm=mm), samples=samples, affine=affine.ravel().tolist())


write(
    blended=[blended(oblique, [12, -7, 25], [1.5, -2.25, 0.75])],
    copied=[copied(cubes, [90, 0, 0], [0, 3, -1.5]), copied(cubes, [0, 180, -90], [1.5, 0, 0]), copied(cubes, [0, 0, 0], [-3, 1.5, 6])],
)
