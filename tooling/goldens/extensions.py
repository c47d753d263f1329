"""Goldens of images that go on beyond themselves (`fill` edge, reflect, mirror, wrap): scipy.ndimage.affine_transform with its modes
nearest, reflect, mirror and grid-wrap.

Every voxel is told, within the grid and without; but of order 0 those near a tie. The cubic spline of mode reflect is solved for anew:
scipy's filter overwrites a sample that it goes on to use, by which coefficients of lines of 2 to 6 voxels are off (6e-4 of the range to 6e-8).
"""

import numpy as np
from scipy.ndimage import affine_transform, spline_filter
from volumes import ORDERS, about, case, euler, grid, image, label, matrix, middle, pulled, sample, told, write

MODES = {"edge": "nearest", "reflect": "reflect", "mirror": "mirror", "wrap": "grid-wrap"}


def reflected(volume):
    """Coefficients of the cubic spline through a volume that is reflected: along each axis Σ (1 4 1) / 6 · c = samples, solved."""
    out = volume
    for axis, n in enumerate(volume.shape):
        spline = np.zeros((n, n))
        for i in range(n):
            for step, weight in ((-1, 1 / 6), (0, 4 / 6), (1, 1 / 6)):
                spline[i, min(n - 1, max(0, i + step))] += weight
        out = np.moveaxis(np.tensordot(np.linalg.inv(spline), out, (1, axis)), 0, axis)
    if min(volume.shape) > 8:
        np.testing.assert_allclose(out, spline_filter(volume, 3, mode="reflect"), atol=1e-4)
    return out


def spread(volume, pull, shape, order, mode):
    if (order, mode) != (3, "reflect"):
        return pulled(volume, pull, shape, order, mode)
    return affine_transform(reflected(volume), pull[:3, :3], pull[:3, 3], shape, order=3, mode=mode, prefilter=False)


def extended(name, transform, options, push, shape, affine, count=120, frame=None):
    pull = np.linalg.inv(affine) @ np.linalg.inv(push) @ affine
    samples = []
    for fill, mode in MODES.items():
        for interpolation, order in ORDERS.items():
            values = told(spread(image(shape), pull, shape, order, mode), pull, shape, order, count, everywhere=True)
            samples.append(sample("image", interpolation, fill, values))
        values = told(pulled(label(shape), pull, shape, 0, mode), pull, shape, 0, count, everywhere=True)
        samples.append(sample("label", "nearest", fill, values))
    return case(name, transform, options, shape, affine, (shape, affine), samples, frame)


oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))


def by_options(shape, affine, rotation, scale, translation):
    center = middle(shape, affine)
    return matrix(np.eye(3), translation) @ about(center, euler(rotation) @ np.diag(scale))


def affine_case(name, shape, affine, rotation, scale, translation):
    push = by_options(shape, affine, rotation, scale, translation)
    return extended(name, "Affine", dict(rotationDegrees=rotation, scale=scale, translationMm=translation), push, shape, affine)


given = [[0.9, 0.2, 0.1, 1.7], [-0.15, 1.1, 0.2, -2.2], [0.1, -0.3, 0.6, 4.4], [0, 0, 0, 1]]
# Were a single slice the frame, nothing would leave its plane.
thick = ((9, 8, 7), reordered)
write(
    cases=[
        affine_case("turned", (13, 11, 9), oblique, [12, -7, 25], [1.1, 0.9, 1.05], [1.5, -2.25, 0.75]),
        affine_case("small, several times over", (12, 9, 10), reordered, [-20, 35, 10], [0.3, 0.25, 0.35], [3, -4, 5]),
        affine_case("far away", (10, 12, 7), oblique, [5, 4, -3], [1, 1, 1], [40, -55, 60]),
        extended("axes of two and of three voxels", "AffineMatrix", dict(matrix=given), np.array(given), (2, 3, 9), reordered),
        extended("an axis of one voxel", "AffineMatrix", dict(matrix=given), np.array(given), (11, 1, 8), oblique, frame=thick),
    ]
)
