"""Goldens of packages/geometry/src/flip.ts: numpy.flip.

Anatomical names are resolved by nibabel's aff2axcodes.
"""

import nibabel as nib
import numpy as np
from volumes import FILL, LABEL_FILL, case, grid, image, label, places, sample, write

SHAPE = (13, 11, 9)
grids = {
    "oblique": grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1)),
    "axes in another order": grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1)),
}


def meant(axis, affine):
    if axis in "xyz":
        return "xyz".index(axis)
    letters = {"left-right": "LR", "anterior-posterior": "AP", "inferior-superior": "IS"}[axis]
    return [code in letters for code in nib.aff2axcodes(affine)].index(True)


rows = []
for name, affine in grids.items():
    for axes in (["x"], ["y"], ["z"], ["x", "z"], ["x", "y", "z"], ["left-right"], ["anterior-posterior"], ["inferior-superior", "left-right"]):
        along = [meant(axis, affine) for axis in axes]

        def all_of(volume):
            flat = np.flip(volume, along).ravel(order="F")
            return [int(flat[n]) for n in places(flat.size, 100)]

        samples = [sample("image", "linear", FILL, all_of(image(SHAPE))), sample("label", "nearest", LABEL_FILL, all_of(label(SHAPE)))]
        rows.append(case(f"{' and '.join(axes)}, {name}", "Flip", dict(axes=axes), SHAPE, affine, (SHAPE, affine), samples))
write(cases=rows)
