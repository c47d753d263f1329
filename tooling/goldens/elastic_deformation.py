"""Goldens of packages/elastic/src/elastic-deformation.ts: given control points' displacements.

The field is a uniform cubic B-spline: scipy.ndimage evaluates one from coefficients with order=3 and prefilter=False, here with zeros
beyond them.
"""

import numpy as np
from displacements import case, index_of
from scipy.ndimage import map_coordinates
from volumes import grid, write

draw = np.random.default_rng(20260612)


def deformed(name, shape, affine, control, most):
    displacements = np.round(draw.uniform(-most, most, (*control, 3)), 3)

    def field(points):
        """Lattice coordinate 1 at the first voxel's outer edge, m − 2 at the last one's."""
        lattice = 1 + (index_of(affine, points) + 0.5) * ((np.array(control) - 3) / shape)[:, None]
        return np.stack([map_coordinates(d, lattice, order=3, prefilter=False, mode="grid-constant") for d in np.moveaxis(displacements, 3, 0)])

    params = dict(controlPoints=list(control), displacementsMm=displacements.transpose(2, 1, 0, 3).ravel().tolist())
    return case(name, "ElasticDeformation", params, shape, affine, field, draw)


write(
    cases=[
        deformed("oblique", (11, 13, 9), grid((14, -9, 31), (1.5, 1.1, 2.3), (-290.5, 126.25, -72), signs=(-1, -1, 1)), (5, 6, 7), 1.2),
        deformed("axes in another order", (16, 9, 12), grid((4, 8, -6), (0.7, 2, 1.3), (5, -6, 7), (1, 2, 0), (1, -1, -1)), (7, 4, 5), 2),
        deformed("fewest control points", (9, 10, 14), grid((-25, 12, 38), (3.1, 2.4, 0.9), (905, -996, 507)), (4, 4, 4), 3),
    ]
)
