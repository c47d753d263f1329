"""Goldens of what crops and pads in packages/geometry: crop.ts, crop-or-pad.ts, crop-to-foreground.ts, pad-to-multiple.ts.

They are numpy's slices, and numpy.pad with a constant.
"""

import numpy as np
from volumes import FILL, LABEL_FILL, case, grid, image, label, matrix, number, places, sample, write

SHAPE = (13, 10, 9)
oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))


def kept(transform, options, start, to):
    """Voxels from `start` on, as many as `to`; a start below 0, or an end beyond, is padded."""
    cut = tuple(slice(max(0, s), min(n, s + m)) for s, m, n in zip(start, to, SHAPE))
    margins = [(max(0, -s), max(0, s + m - n)) for s, m, n in zip(start, to, SHAPE)]

    def values(volume, fill):
        out = np.pad(volume[cut], margins, constant_values=fill)
        assert out.shape == tuple(to)
        flat = out.ravel(order="F")
        return [number(flat[n]) for n in places(flat.size, 100)]

    samples = [
        sample("image", "linear", FILL, values(image(SHAPE), FILL)),
        sample("label", "nearest", LABEL_FILL, values(label(SHAPE), LABEL_FILL)),
    ]
    name = ", ".join(f"{option} {value}" for option, value in options.items())
    return case(name, transform, options, SHAPE, oblique, (to, oblique @ matrix(np.eye(3), start)), samples)


def foreground(above, margins):
    """The first voxel and the shape of the box of what is above a value, and of its margins as far as there are voxels."""
    found = np.argwhere(image(SHAPE) > above)
    start = np.maximum(0, found.min(axis=0) - np.array(margins)[:, 0])
    end = np.minimum(SHAPE, found.max(axis=0) + 1 + np.array(margins)[:, 1])
    assert np.prod(end - start) < np.prod(SHAPE)
    return dict(above=above, marginVoxels=margins), start.tolist(), (end - start).tolist()


def floored(free):
    """The start in the middle: ⌊(n − m) / 2⌋."""
    return [int(np.floor(one / 2)) for one in free]


write(
    cases=[
        kept("Crop", dict(shape=[4, 5, 6], at=[7, 2, 3]), (7, 2, 3), (4, 5, 6)),
        kept("Crop", dict(shape=[1, 10, 3], at=[12, 0, 6]), (12, 0, 6), (1, 10, 3)),
        kept("Crop", dict(shape=[6, None, 4], at="center"), (3, 0, 2), (6, 10, 4)),
        kept("Crop", dict(shape=[9, 5, 2]), floored((4, 5, 7)), (9, 5, 2)),
        kept("CropOrPad", dict(shape=[6, 14, 9]), floored((7, -4, 0)), (6, 14, 9)),
        kept("CropOrPad", dict(shape=[18, 13, 4]), floored((-5, -3, 5)), (18, 13, 4)),
        kept("CropOrPad", dict(shape=[None, 25, 1]), floored((0, -15, 8)), (13, 25, 1)),
        kept("CropToForeground", *foreground(1003, [[0, 0], [0, 0], [0, 0]])),
        kept("CropToForeground", *foreground(1006, [[2, 0], [1, 30], [0, 1]])),
        kept("PadToMultiple", dict(multiple=4), floored((-3, -2, -3)), (16, 12, 12)),
        kept("PadToMultiple", dict(multiple=[13, 7, 20]), floored((0, -4, -11)), (13, 14, 20)),
    ]
)
