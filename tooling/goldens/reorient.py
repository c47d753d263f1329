"""Goldens of packages/geometry/src/reorient.ts: nibabel's as_reoriented, to all 48 codes.

Affines are of whole 256ths, so that float64 makes of them what it should, to the bit.
"""

from itertools import permutations, product

import nibabel as nib
import numpy as np
from volumes import grid, image, write

SHAPE = (4, 3, 2)
codes = ["".join(code) for order in permutations(("LR", "PA", "IS")) for code in product(*order)]
assert len(set(codes)) == 48

starts = []
for name, affine in {
    "plain": grid((0, 0, 0), (1, 1.5, 2.5), (-3, 5, 0.25)),
    "oblique, left-handed": grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, -1)),
    "oblique, axes in another order": grid((-24, 8, -16), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1)),
    "far from straight": grid((25, 20, -28), (1.1, 0.9, 1.6), (30, -20, 10), columns=(2, 0, 1), signs=(-1, 1, 1)),
}.items():
    affine = np.round(affine * 256) / 256
    start = nib.Nifti1Image(image(SHAPE).astype(np.int16), affine)
    results = []
    for code in codes:
        turn = nib.orientations.ornt_transform(nib.io_orientation(affine), nib.orientations.axcodes2ornt(code))
        out = start.as_reoriented(turn)
        assert nib.aff2axcodes(out.affine) == tuple(code)
        results.append(dict(to=code, shape=out.shape, affine=out.affine.ravel().tolist(), data=np.asarray(out.dataobj).ravel(order="F").tolist()))
    starts.append(dict(name=f"{name}, {''.join(nib.aff2axcodes(affine))}", before=dict(shape=SHAPE, affine=affine.ravel().tolist()), results=results))
write(starts=starts)
