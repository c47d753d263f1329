"""Goldens of packages/geometry/src/affine.ts: what scipy samples where the same affine, worked out anew in numpy, leads.

    pip install -r requirements.txt && python affine.py > ../../packages/geometry/src/goldens/affine.json

Volumes are whole-number formulas of the voxel index, so that both sides make the same ones. scipy.ndimage.affine_transform
pulls by an affine of indices: A⁻¹ · W⁻¹ · A, with W the push in world mm and A the grid's affine. Images are order 1 in float64;
labels order 0, which is ⌊x + ½⌋. scipy's modes say what lies beyond the outer voxel centres, and differ from ours there: such
voxels are null, and so are labels within 1e-6 voxel of a tie. The mode given is therefore of no consequence.
"""

import json
import sys

import numpy as np
from scipy.ndimage import affine_transform


def image(shape):
    i, j, k = np.indices(shape, dtype=np.int64)
    return (73 * i + 151 * j + 283 * k + 17 * ((i * j) % 29) + 31 * ((j * k) % 23)) % 1009


def label(shape):
    i, j, k = np.indices(shape, dtype=np.int64)
    return (5 * i + 3 * j + 7 * k + (i * k) % 4) % 13


def axes(rotation, spacing, origin, columns=(0, 1, 2), signs=(1, 1, 1)):
    """A grid's affine: axes in some order and direction, then turned; columns scaled by the spacing."""
    linear = euler(rotation)[:, list(columns)] * np.array(signs) * np.array(spacing)
    return np.block([[linear, np.array(origin, float)[:, None]], [np.zeros((1, 3)), np.ones((1, 1))]])


def euler(degrees):
    """Rz · Ry · Rx, each right-handed."""
    x, y, z = np.deg2rad(degrees)
    c, s = np.cos, np.sin
    about_x = np.array([[1, 0, 0], [0, c(x), -s(x)], [0, s(x), c(x)]])
    about_y = np.array([[c(y), 0, s(y)], [0, 1, 0], [-s(y), 0, c(y)]])
    about_z = np.array([[c(z), -s(z), 0], [s(z), c(z), 0], [0, 0, 1]])
    return about_z @ about_y @ about_x


def push(options, shape, grid):
    """p′ = c + t + R · H · S · (p − c), about the centre of the frame."""
    if "matrix" in options:
        return np.array(options["matrix"])
    xy, xz, yz = options.get("shear", [0, 0, 0])
    linear = euler(options.get("rotationDegrees", [0, 0, 0])) @ np.array([[1, xy, xz], [0, 1, yz], [0, 0, 1]]) @ np.diag(options.get("scale", [1, 1, 1]))
    center = (grid @ np.append((np.array(shape) - 1) / 2, 1))[:3]
    world = np.eye(4)
    world[:3, :3] = linear
    world[:3, 3] = center + np.array(options.get("translationMm", [0, 0, 0])) - linear @ center
    return world


def sample(volume, grid, world, order, count):
    pull = np.linalg.inv(grid) @ np.linalg.inv(world) @ grid
    out = affine_transform(volume.astype(np.float64), pull[:3, :3], offset=pull[:3, 3], order=order, mode="nearest")
    size = volume.size
    values = []
    for n in range(count):
        # i fastest, as in a file.
        at = (n * 2654435761 + 12345) % size
        nx, ny, _ = volume.shape
        index = np.array([at % nx, at // nx % ny, at // (nx * ny)])
        place = pull[:3, :3] @ index + pull[:3, 3]
        inside = np.all(place >= 1e-3) and np.all(place <= np.array(volume.shape) - 1 - 1e-3)
        tie = order == 0 and np.any(np.abs(place - np.floor(place) - 0.5) < 1e-6)
        value = out[tuple(index)]
        values.append(None if not inside or tie else int(value) if order == 0 else float(f"{value:.7g}"))
    return values


cases = [
    ("one turn", dict(rotationDegrees=[20, 0, 0]), (13, 11, 9), axes((0, 0, 0), (1, 1, 1), (0, 0, 0)), 300),
    (
        "all at once, oblique and anisotropic",
        dict(rotationDegrees=[12, -7, 25], scale=[1.1, 0.9, 1.05], shear=[0.1, -0.05, 0.07], translationMm=[1.5, -2.25, 0.75]),
        (21, 16, 12),
        axes((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1)),
        400,
    ),
    ("thick slices", dict(rotationDegrees=[0, 0, -33]), (30, 23, 7), axes((3, 2, 1), (0.5, 1.2, 3), (10, 20, 30)), 400),
    ("axes in another order", dict(rotationDegrees=[10, 20, 30], scale=[0.8, 1.25, 1]), (14, 19, 17), axes((0, 0, 0), (1, 1.5, 1.2), (5, -6, 7), (1, 2, 0), (1, -1, -1)), 400),
    ("each axis its own scale", dict(scale=[1.3, 0.75, 1.1]), (12, 15, 18), axes((5, 6, 7), (1, 1, 2), (-4, 3, 2)), 300),
    ("shear", dict(shear=[0.3, -0.2, 0.25]), (16, 14, 15), axes((0, 10, 0), (1.1, 0.9, 1), (1, 2, 3)), 300),
    (
        "a matrix",
        dict(matrix=[[0.95, 0.12, -0.03, 2.5], [-0.1, 1.02, 0.08, -1.25], [0.05, -0.06, 0.9, 3], [0, 0, 0, 1]]),
        (17, 15, 13),
        axes((20, 10, 5), (1.2, 1, 1.5), (-9, -8, -7)),
        400,
    ),
    (
        "large",
        dict(rotationDegrees=[-8, 11, 14], scale=[1.07, 0.96, 1.02], translationMm=[4.5, -3.25, 6]),
        (176, 192, 144),
        axes((7, -4, 12), (0.9375, 0.9375, 1.2), (-1085.3, -1100.1, 1060.7)),
        2000,
    ),
]

rows = []
for name, options, shape, grid, count in cases:
    world = push(options, shape, grid)
    rows.append(
        dict(
            name=name,
            options=options,
            shape=shape,
            affine=grid.flatten().tolist(),
            image=sample(image(shape), grid, world, 1, count),
            label=sample(label(shape), grid, world, 0, count),
        )
    )
# A label map on a grid of its own, moved about the frame's centre.
frame, frame_grid = (15, 12, 10), axes((8, 16, -4), (1, 1.4, 1.8), (-7, -8, -9))
other, other_grid = (18, 14, 20), axes((0, -12, 40), (0.9, 1.1, 1), (-6, -9, -12), (2, 0, 1), (1, 1, -1))
options = dict(rotationDegrees=[15, 5, -20], scale=[1.2, 1, 0.9], translationMm=[1, 2, -1])
rows.append(
    dict(
        name="a label map on a grid of its own",
        options=options,
        shape=frame,
        affine=frame_grid.flatten().tolist(),
        image=sample(image(frame), frame_grid, push(options, frame, frame_grid), 1, 300),
        labelGrid=dict(shape=other, affine=other_grid.flatten().tolist()),
        label=sample(label(other), other_grid, push(options, frame, frame_grid), 0, 400),
    )
)
json.dump(rows, sys.stdout, separators=(",", ":"))
print()
