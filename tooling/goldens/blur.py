"""Goldens of packages/intensity/src/blur.ts: scipy.ndimage.gaussian_filter, truncate 4, mode reflect, its sigma in voxels of each axis.

An axis of one voxel is left alone, which scipy's filter of a constant line comes to as well.
"""

import numpy as np
from intensities import IMAGES, case
from scipy.ndimage import gaussian_filter
from volumes import write

SPACING = (0.8, 1.3, 2.1)


def blurred(sigma_mm, shape=(13, 11, 9), how=IMAGES["float32"], spacing=SPACING):
    sigma = np.array(sigma_mm) / spacing
    change = lambda volume, _: gaussian_filter(volume, sigma, truncate=4, mode="reflect")
    return case("Blur", dict(sigmaMm=sigma_mm), how, change, shape, spacing)


write(
    cases=[
        *(blurred([1.5, 1, 2.5], how=how) for how in IMAGES.values()),
        blurred([2, 2, 2]),
        blurred([0.5, 0.5, 0.5]),
        # So narrow that no neighbour counts along z, and little elsewhere.
        blurred([0.2, 0.3, 0.1]),
        blurred([0, 2, 0]),
        blurred([3, 0, 0]),
        blurred([0, 0, 4]),
        # Reflected several times over.
        blurred([12, 20, 30]),
        blurred([9, 1, 25], (5, 33, 4)),
        blurred([1, 2, 3], (1, 11, 9)),
        blurred([1, 2, 3], (13, 1, 2)),
        blurred([4, 2, 3], (2, 2, 17)),
        # 4σ is within a rounding of a half: 4.5 and 2.5 voxels, ⌊4σ + ½⌋ of them each side.
        blurred([1.125, 0.625, 2], spacing=(1, 1, 1)),
        blurred([4, 3, 5], (40, 37, 29)),
    ]
)
