"""Goldens of packages/intensity/src/clip-percentile.ts: numpy.percentile, method linear, and numpy.clip."""

import numpy as np
from intensities import IMAGES, SHAPE, case, selected
from volumes import write

LABEL = dict(label="mask")


def clipped(how, lower, upper, over="all", apply_to="all", shape=SHAPE, count=20):
    def change(volume, channel):
        counts = selected(over, volume, channel)
        changes = counts if apply_to == "selection" else selected(apply_to, volume, channel)
        low, high = np.percentile(volume[counts], [lower, upper], method="linear")
        return np.where(changes, np.clip(volume, low, high), volume)

    return case("ClipPercentile", dict(lower=lower, upper=upper, over=over, applyTo=apply_to), how, change, shape, count=count)


percents = [(0.5, 99.5), (0, 100), (0, 0.5), (99.9, 100), (0.1, 99.9), (25, 75), (33.3, 66.6), (49.9, 50)]
# Of 1, 2, 3, an odd and an even number of voxels; of more than fit any cache of counts.
sizes = [(1, 1, 1), (1, 2, 1), (1, 1, 3), (5, 3, 3), (23, 17, 19), (32, 28, 24), (61, 53, 47)]
write(
    cases=[
        *(clipped(how, *pair) for how in IMAGES.values() for pair in percents),
        *(
            clipped(how, 12.5, 90, *way)
            for how in IMAGES.values()
            for way in [("nonzero", "all"), ("nonzero", "selection"), (LABEL, "all"), (LABEL, "selection"), ("all", LABEL)]
        ),
        *(clipped(how, 0.7, 98.9, shape=shape) for how in IMAGES.values() for shape in sizes),
    ]
)
