"""Goldens of packages/geometry/src/shift.ts: scipy.ndimage.shift, which moves what there is by so many voxels."""

import numpy as np
from scipy.ndimage import shift
from volumes import FILL, LABEL_FILL, ORDERS, case, grid, image, label, matrix, sample, told, write

SHAPE = (13, 11, 9)
oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
world = grid((0, 0, 0), (0.5, 1.25, 2), (-3, 5, 0.25), columns=(1, 2, 0), signs=(1, -1, -1))


def moved(name, options, voxels, affine, orders=ORDERS):
    pull = matrix(np.eye(3), -np.array(voxels, float))
    samples = []
    for interpolation, order in orders.items():
        out = shift(image(SHAPE), voxels, order=order, mode="constant", cval=FILL)
        samples.append(sample("image", interpolation, FILL, told(out, pull, SHAPE, order, 150, fill=FILL)))
        # Of the modes that both have, the border counts as well.
        for mode, fill in (("mirror", "mirror"), ("grid-wrap", "wrap")):
            out = shift(image(SHAPE), voxels, order=order, mode=mode)
            samples.append(sample("image", interpolation, fill, told(out, pull, SHAPE, order, 150, everywhere=True)))
    out = shift(label(SHAPE), voxels, order=0, mode="constant", cval=LABEL_FILL)
    samples.append(sample("label", "nearest", LABEL_FILL, told(out, pull, SHAPE, 0, 150, fill=LABEL_FILL)))
    return case(name, "Shift", options, SHAPE, affine, (SHAPE, affine), samples)


mm = np.array([1.3, -2.7, 3.1])
rows = [
    moved("by fractions of voxels", dict(voxels=[1.3, -2.6, 0.45]), (1.3, -2.6, 0.45), oblique),
    moved("by whole voxels", dict(voxels=[3, -4, 2]), (3, -4, 2), oblique),
    moved("by less than a voxel along one axis", dict(voxels=[0, 0.4, 0]), (0, 0.4, 0), world),
    moved("by a fraction of the size", dict(fraction=[0.1, -0.25, 0.3]), np.array([0.1, -0.25, 0.3]) * SHAPE, oblique),
    moved("by millimetres, oblique", dict(mm=mm.tolist()), np.linalg.inv(oblique[:3, :3]) @ mm, oblique),
    moved("by millimetres that are whole voxels", dict(mm=[-2, 4.5, -2.5]), np.linalg.inv(world[:3, :3]) @ [-2, 4.5, -2.5], world),
]
write(cases=rows)
