"""Goldens of the cubic B-spline in packages/geometry/src/affine.ts: scipy.ndimage.affine_transform, order 3, in its default mode.

In that mode, constant, the spline is the one through a mirrored image, and no coordinate is taken back into the grid: compared strictly
within the outer voxel centres, and from half a voxel beyond them, where both have the fill.
"""

import numpy as np
from scipy.ndimage import affine_transform
from volumes import FILL, about, case, euler, grid, image, matrix, middle, sample, told, write


def cubic(name, shape, affine, rotation=(0, 0, 0), scale=(1, 1, 1), shear=(0, 0, 0), translation=(0, 0, 0), count=300):
    xy, xz, yz = shear
    linear = euler(rotation) @ np.array([[1, xy, xz], [0, 1, yz], [0, 0, 1]]) @ np.diag(scale)
    push = matrix(np.eye(3), translation) @ about(middle(shape, affine), linear)
    pull = np.linalg.inv(affine) @ np.linalg.inv(push) @ affine
    out = affine_transform(image(shape), pull[:3, :3], pull[:3, 3], order=3, cval=FILL)
    options = dict(rotationDegrees=rotation, scale=scale, shear=shear, translationMm=translation)
    return case(name, "Affine", options, shape, affine, (shape, affine), [sample("image", "cubic", FILL, told(out, pull, shape, 3, count, fill=FILL))])


oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
thick = grid((3, 2, 1), (0.5, 1.2, 3), (10, 20, 30))
far = grid((7, -4, 12), (0.9375, 0.9375, 1.2), (-1085.3, -1100.1, 1060.7))
write(
    cases=[
        cubic("all at once", (21, 16, 12), oblique, (12, -7, 25), (1.1, 0.9, 1.05), (0.1, -0.05, 0.07), (1.5, -2.25, 0.75)),
        cubic("axes in another order", (14, 19, 17), reordered, (10, 20, 30), (1.2, 1.25, 1)),
        cubic("thick slices", (30, 23, 7), thick, (0, 0, -33)),
        cubic("shear", (16, 14, 15), reordered, shear=(0.3, -0.2, 0.25)),
        cubic("moved by parts of a voxel", (13, 11, 9), oblique, translation=(0.4, -0.7, 1.1)),
        cubic("smaller", (19, 13, 15), oblique, (-20, 15, 5), (0.8, 0.7, 0.9)),
        cubic("an origin metres away", (80, 70, 60), far, (-8, 11, 14), (1.07, 0.96, 1.02), translation=(4.5, -3.25, 6), count=1500),
    ]
)
