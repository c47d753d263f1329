"""Goldens of packages/geometry/src/pad.ts: numpy.pad, of which each word of voxaug's has one of another name.

edge is numpy's edge, reflect its symmetric, mirror its reflect, wrap its wrap, a number its constant. `minimum` is a constant too, the
least value of the whole image; numpy's minimum is that of a line.
"""

import numpy as np
from volumes import LABEL_FILL, case, grid, image, label, matrix, places, sample, write

MODES = {"edge": "edge", "reflect": "symmetric", "mirror": "reflect", "wrap": "wrap"}
oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))


def padded(name, shape, margins, count=120):
    def told(volume, fill):
        more = dict(mode=MODES[fill]) if isinstance(fill, str) and fill in MODES else dict(constant_values=volume.min() if fill == "minimum" else fill)
        out = np.pad(volume, margins, **more)
        flat = out.ravel(order="F")
        return out.shape, [int(flat[n]) for n in places(flat.size, count)]

    samples = []
    for fill in (*MODES, "minimum", 1234):
        # So that the least value is none that a mistake gives.
        after, values = told(image(shape) + 5, fill)
        samples.append(sample("image", "linear", fill, values))
    for fill in (*MODES, 0, LABEL_FILL):
        samples.append(sample("label", "nearest", fill, told(label(shape), fill)[1]))
    start = [-before for before, _ in margins]
    return case(name, "Pad", dict(voxels=margins), shape, oblique, (after, oblique @ matrix(np.eye(3), start)), samples)


write(
    cases=[
        padded("a few voxels, other ones on each side", (13, 11, 9), [[2, 5], [0, 3], [4, 1]]),
        padded("as many as there are", (5, 4, 6), [[5, 5], [4, 4], [6, 6]]),
        padded("more than there are, several times round", (5, 3, 4), [[13, 7], [2, 11], [9, 10]]),
        padded("axes of one and of two voxels", (1, 7, 2), [[3, 2], [1, 4], [5, 7]]),
        padded("on one side alone", (6, 5, 7), [[0, 0], [8, 0], [0, 15]]),
    ]
)
