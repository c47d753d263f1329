"""Goldens of packages/geometry/src/conform.ts: nibabel.processing.conform.

nibabel samples by scipy; its mode is given such that a voxel at the rim is not lost to rounding, and what lies beyond is not told.
"""

import nibabel as nib
import numpy as np
from nibabel.processing import conform
from volumes import case, every_way, grid, image, write

SHAPE = (13, 11, 9)
left = grid((14, -9, 31), (0.8, 1.3, 2.1), (-4.5, 6.25, -7), signs=(-1, -1, -1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (-9, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
swapped = grid((-11, 6, 17), (1.1, 0.9, 1.6), (30, -20, 10), columns=(0, 2, 1), signs=(-1, 1, 1))
assert [np.linalg.det(affine) < 0 for affine in (left, reordered, swapped)] == [True, False, False]


def conformed(name, affine, to, spacing, orientation):
    def out(volume, order, fill=None):
        mode = "mirror" if order == 3 else "nearest"
        return conform(nib.Nifti1Image(volume, affine), to, spacing, order, mode, orientation=orientation)

    after = out(image(SHAPE), 0)
    pull = np.linalg.inv(affine) @ after.affine
    samples = every_way(lambda *given: out(*given).get_fdata(), pull, SHAPE, 150)
    options = dict(shape=to, spacingMm=spacing, orientation=orientation)
    name = f"{''.join(nib.aff2axcodes(affine))} to {orientation}, {name}"
    return case(name, "Conform", options, SHAPE, affine, (to, after.affine), samples)


write(
    cases=[
        conformed("to cubes", left, [14, 14, 14], [1, 1, 1], "RAS"),
        conformed("as FreeSurfer", left, [16, 15, 13], [1, 1, 1], "LIA"),
        conformed("cut away along two axes", reordered, [6, 20, 7], [1.5, 0.9, 1.2], "RAS"),
        conformed("finer", reordered, [15, 18, 17], [0.6, 0.5, 0.7], "PSR"),
        conformed("coarser", swapped, [7, 6, 8], [2.5, 2, 1.75], "ASL"),
        conformed("odd and even numbers of voxels", swapped, [12, 9, 10], [1.1, 1.3, 0.9], "LPS"),
    ]
)
