"""Goldens of packages/geometry/src/scale.ts: scipy.ndimage.affine_transform with diag(1 / factor).

By itself that is anchored at the first voxel; about the centre it has an offset. Factors are along the world's axes: scipy's along voxel
axes are those only where these are the world's, in any order. On an oblique grid the map of indices is worked out.
"""

import numpy as np
from scipy.ndimage import affine_transform
from volumes import about, case, every_way, grid, matrix, middle, write

SHAPE = (13, 11, 9)


def scaled(name, options, affine, pull, transform):
    return case(name, "Scale", options, SHAPE, affine, (SHAPE, affine), every_way(transform, pull, SHAPE, 200))


def along_axes(name, factor, anchor, affine, columns=(0, 1, 2)):
    # Of each voxel axis, the world axis that it runs along.
    linear = 1 / np.array(factor, float)[list(columns)]
    center = (np.array(SHAPE) - 1) / 2
    offset = 0 if anchor == "corner" else center - linear * center
    transform = lambda volume, order, fill: affine_transform(volume, np.diag(linear), offset, order=order, cval=fill)
    pull = matrix(np.diag(linear), np.broadcast_to(offset, 3))
    return scaled(name, dict(factor=factor, anchor=anchor), affine, pull, transform)


def oblique(name, factor, anchor, affine):
    fixed = affine[:3, 3] if anchor == "corner" else middle(SHAPE, affine)
    pull = np.linalg.inv(affine) @ about(fixed, np.diag(1 / np.array(factor))) @ affine
    transform = lambda volume, order, fill: affine_transform(volume, pull[:3, :3], pull[:3, 3], order=order, cval=fill)
    return scaled(name, dict(factor=factor, anchor=anchor), affine, pull, transform)


aligned = grid((0, 0, 0), (0.8, 1.3, 2.1), (-20.5, 31.25, 7))
reordered = grid((0, 0, 0), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
turned = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
rows = []
for anchor in ("center", "corner"):
    rows += [
        along_axes(f"larger, {anchor}", [1.3, 1.3, 1.3], anchor, aligned),
        along_axes(f"smaller, {anchor}", [0.7, 0.7, 0.7], anchor, aligned),
        along_axes(f"each axis its own, {anchor}", [1.4, 0.8, 1.15], anchor, aligned),
        along_axes(f"axes in another order, {anchor}", [1.4, 0.8, 1.15], anchor, reordered, columns=(1, 2, 0)),
        oblique(f"oblique, {anchor}", [1.2, 0.85, 1.35], anchor, turned),
    ]
write(cases=rows)
