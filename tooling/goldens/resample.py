"""Goldens of packages/geometry/src/resample.ts: nibabel.processing.resample_to_output for axes 'world', a grid worked out by hand for 'own'.

nibabel samples by scipy; its mode is given such that a voxel at the rim is not lost to rounding, and what lies beyond is not told.
"""

import nibabel as nib
import numpy as np
from nibabel.processing import resample_to_output
from nibabel.spaces import vox2out_vox
from volumes import case, every_way, grid, image, matrix, pulled, write

SHAPE = (13, 11, 9)
oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
# Whose axes are the world's in another order and direction, and steps of powers of two.
aligned = grid((0, 0, 0), (0.5, 2, 1), (-3, 5, 0.25), columns=(1, 2, 0), signs=(1, -1, -1))


def world(name, affine, spacing, shape=SHAPE, exact=False):
    def resampled(volume, order, fill=None):
        return resample_to_output(nib.Nifti1Image(volume, affine), spacing, order, "mirror" if order == 3 else "nearest")

    out = resampled(image(shape), 0)
    pull = np.linalg.inv(affine) @ out.affine
    samples = every_way(lambda *given: resampled(*given).get_fdata(), pull, shape, 150, exact=exact)
    return case(f"{name}, world", "Resample", dict(spacingMm=spacing, axes="world"), shape, affine, (out.shape, out.affine), samples)


def own(name, affine, spacing, shape=SHAPE, exact=False):
    step = np.array(spacing) / np.linalg.norm(affine[:3, :3], axis=0)
    # numpy rounds halves to the even number.
    after = np.maximum(1, np.round(np.array(shape) / step)).astype(int)
    pull = matrix(np.diag(step), (step - 1) / 2)
    samples = every_way(lambda volume, order, fill: pulled(volume, pull, tuple(after), order), pull, shape, 150, exact=exact)
    return case(f"{name}, own axes", "Resample", dict(spacingMm=spacing, axes="own"), shape, affine, (after, affine @ pull), samples)


draw = np.random.default_rng(20261201)
shapes = []
for n in range(60):
    shape = draw.integers(1, 40, 3)
    # Every other grid lies along the world's axes, and is as wide as some whole number of the new voxels, in decimals.
    along = n % 2 == 1
    step = np.round(draw.uniform(0.3, 3, 3), 1)
    spacing = step * draw.integers(1, 4, 3) if along else draw.uniform(0.3, 3, 3)
    signs, turn = draw.choice([-1, 1], 3), (0, 0, 0) if along else draw.uniform(-40, 40, 3)
    affine = grid(turn, spacing, draw.uniform(-200, 200, 3), draw.permutation(3), signs)
    if not along:
        affine = np.round(affine * 256) / 256
    to = step if along else np.round(draw.uniform(0.4, 3, 3), 2)
    after, _ = vox2out_vox((shape, affine), to)
    shapes.append(dict(shape=shape.tolist(), affine=affine.ravel().tolist(), spacingMm=to.tolist(), after=[int(m) for m in after]))

write(
    shapes=shapes,
    cases=[
        world("finer, oblique", oblique, [0.7, 0.9, 1.1]),
        world("coarser, oblique", oblique, [2.2, 1.7, 3.1]),
        world("oblique, axes in another order", reordered, [1, 1, 1]),
        world("flipped, in another order", aligned, [0.75, 0.75, 1.5], exact=True),
        world("flipped, to the spacing that there was", aligned, [1, 0.5, 2]),
        world("an axis of one voxel", oblique, [1, 1, 1], (12, 1, 9)),
        own("finer, oblique", oblique, [0.7, 0.9, 1.1]),
        own("coarser, oblique", oblique, [2.2, 1.7, 3.1]),
        own("oblique, axes in another order", reordered, [1, 1, 1]),
        # 13 · 0.5 / 1, 11 · 2 / 4, 9 · 1 / 2 and 18 voxels.
        own("to halves of voxels, of which the even number is taken", aligned, [1, 4, 2], exact=True),
        own("to halves of voxels, finer", aligned, [0.2, 1.6, 0.4]),
        own("to one voxel along an axis", oblique, [12, 2, 3]),
        own("to a voxel that reaches beyond the image, and has its centre there", oblique, [40, 2, 3]),
    ]
)
