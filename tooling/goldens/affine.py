"""Goldens of packages/geometry/src/affine.ts and affine-matrix.ts: what scipy samples where the same affine, worked out anew in numpy, leads.

scipy.ndimage.affine_transform pulls by an affine of indices: A⁻¹ · W⁻¹ · A, with W the push in world mm and A the grid's affine.
"""

import numpy as np
from volumes import about, case, euler, every_way, grid, matrix, middle, pulled, write

# cubic.py has the cubic spline.
ORDERS = {"nearest": 0, "linear": 1}


def push(options, shape, affine):
    """p′ = c + t + R · H · S · (p − c), about the centre of the frame."""
    if "matrix" in options:
        return np.array(options["matrix"])
    xy, xz, yz = options.get("shear", [0, 0, 0])
    shear = np.array([[1, xy, xz], [0, 1, yz], [0, 0, 1]])
    linear = euler(options.get("rotationDegrees", [0, 0, 0])) @ shear @ np.diag(options.get("scale", [1, 1, 1]))
    return matrix(np.eye(3), options.get("translationMm", [0, 0, 0])) @ about(middle(shape, affine), linear)


def moved(name, options, shape, affine, frame=None, count=150):
    """`frame` is the shape and affine of the subject's image; then of this grid there is the label map alone."""
    world = push(options, *(frame or (shape, affine)))
    pull = np.linalg.inv(affine) @ np.linalg.inv(world) @ affine
    samples = every_way(lambda volume, order, fill: pulled(volume, pull, shape, order), pull, shape, count, {} if frame else ORDERS)
    return case(name, "AffineMatrix" if "matrix" in options else "Affine", options, shape, affine, (shape, affine), samples, frame)


oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
all_at_once = dict(rotationDegrees=[12, -7, 25], scale=[1.1, 0.9, 1.05], shear=[0.1, -0.05, 0.07], translationMm=[1.5, -2.25, 0.75])
reordered = grid((0, 0, 0), (1, 1.5, 1.2), (5, -6, 7), (1, 2, 0), (1, -1, -1))
given = [[0.95, 0.12, -0.03, 2.5], [-0.1, 1.02, 0.08, -1.25], [0.05, -0.06, 0.9, 3], [0, 0, 0, 1]]
far = grid((7, -4, 12), (0.9375, 0.9375, 1.2), (-1085.3, -1100.1, 1060.7))
slight = dict(rotationDegrees=[-8, 11, 14], scale=[1.07, 0.96, 1.02], translationMm=[4.5, -3.25, 6])
frame = ((15, 12, 10), grid((8, 16, -4), (1, 1.4, 1.8), (-7, -8, -9)))
other = ((18, 14, 20), grid((0, -12, 40), (0.9, 1.1, 1), (-6, -9, -12), (2, 0, 1), (1, 1, -1)))
write(
    cases=[
        moved("one turn", dict(rotationDegrees=[20, 0, 0]), (13, 11, 9), grid((0, 0, 0), (1, 1, 1), (0, 0, 0))),
        moved("all at once, oblique and anisotropic", all_at_once, (21, 16, 12), oblique),
        moved("thick slices", dict(rotationDegrees=[0, 0, -33]), (30, 23, 7), grid((3, 2, 1), (0.5, 1.2, 3), (10, 20, 30))),
        moved("axes in another order", dict(rotationDegrees=[10, 20, 30], scale=[0.8, 1.25, 1]), (14, 19, 17), reordered),
        moved("each axis its own scale", dict(scale=[1.3, 0.75, 1.1]), (12, 15, 18), grid((5, 6, 7), (1, 1, 2), (-4, 3, 2))),
        moved("shear", dict(shear=[0.3, -0.2, 0.25]), (16, 14, 15), grid((0, 10, 0), (1.1, 0.9, 1), (1, 2, 3))),
        moved("a matrix", dict(matrix=given), (17, 15, 13), grid((20, 10, 5), (1.2, 1, 1.5), (-9, -8, -7))),
        moved("large", slight, (176, 192, 144), far, count=1000),
        moved("a label map on a grid other than the frame", dict(rotationDegrees=[15, 5, -20], scale=[1.2, 1, 0.9], translationMm=[1, 2, -1]), *other, frame),
    ]
)
