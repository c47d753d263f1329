"""Goldens of packages/elastic/src/displacement-field.ts: a given field of mm, by scipy.ndimage.map_coordinates of order 1 and mode nearest.

Displacements are whole 256ths of a millimetre: float32 holds them.
"""

import numpy as np
from displacements import case, index_of
from scipy.ndimage import gaussian_filter, map_coordinates
from volumes import grid, write

draw = np.random.default_rng(20261127)


def deformed(name, shape, affine, most, field_shape=None, field_affine=None):
    """By a smooth field, on the volume's grid unless it has its own."""
    on, to_world = field_shape or shape, affine if field_affine is None else field_affine
    smooth = np.stack([gaussian_filter(draw.normal(size=on), 1.3) for _ in range(3)])
    field_256 = np.round(smooth / np.abs(smooth).max() * most * 256)

    def field(points):
        index = index_of(to_world, points)
        return np.stack([map_coordinates(d / 256, index, order=1, mode="nearest") for d in field_256])

    values = [int(x) for d in field_256 for x in d.ravel(order="F")]
    more = dict(given=dict(shape=list(on), affine=to_world.ravel().tolist(), values256=values))
    return case(name, "DisplacementField", dict(entry="field"), shape, affine, field, draw, **more)


oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-4.5, 6.25, -7), signs=(-1, -1, 1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
# About the same box as the image of 13 × 11 × 9; the second within it alone.
coarse = grid((14, -9, 31), (1.9, 2.7, 3.3), (-4, 6.5, -6.5), signs=(-1, -1, 1))
turned = grid((-20, 35, 8), (1.3, 1.1, 1.7), (-14, -8, -2), columns=(2, 0, 1))
write(
    cases=[
        deformed("on the image's grid", (13, 11, 9), oblique, 1.5),
        deformed("on the image's grid, axes in another order", (8, 12, 10), reordered, 1.25),
        deformed("on a coarser grid", (13, 11, 9), oblique, 2.5, (6, 6, 6), coarse),
        deformed("on a grid that is turned, and does not reach all of the image", (13, 11, 9), oblique, 1.5, (7, 8, 6), turned),
        deformed("one displacement for all", (9, 7, 8), reordered, 1.75, (1, 1, 1), turned),
    ]
)
