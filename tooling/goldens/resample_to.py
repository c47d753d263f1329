"""Goldens of packages/geometry/src/resample-to.ts: nibabel.processing.resample_from_to.

nibabel samples by scipy; its mode is given such that a voxel at the rim is not lost to rounding, and what lies beyond is not told.
"""

import nibabel as nib
import numpy as np
from nibabel.processing import resample_from_to
from volumes import case, every_way, grid, write

oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-4.5, 6.25, -7), signs=(-1, -1, 1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (-9, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
plain = grid((0, 0, 0), (1, 1.25, 1.5), (-14, -8, -8))


def resampled_to(name, before, after):
    (shape, affine), (new_shape, new_affine) = before, after
    pull = np.linalg.inv(affine) @ new_affine

    def out(volume, order, _):
        from_image = nib.Nifti1Image(volume, affine)
        return resample_from_to(from_image, (new_shape, new_affine), order, "mirror" if order == 3 else "nearest").get_fdata()

    return case(name, "ResampleTo", dict(entry="target"), shape, affine, after, every_way(out, pull, shape, 200))


write(
    cases=[
        resampled_to("from an oblique grid to a plain one", ((13, 11, 9), oblique), ((15, 14, 12), plain)),
        resampled_to("from a plain grid to an oblique one", ((15, 14, 12), plain), ((13, 11, 9), oblique)),
        resampled_to("from one oblique grid to another in another order", ((13, 11, 9), oblique), ((10, 16, 8), reordered)),
        resampled_to("back again", ((10, 16, 8), reordered), ((13, 11, 9), oblique)),
    ]
)
