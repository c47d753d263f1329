"""Goldens of packages/intensity/src/clip-range.ts: numpy.clip."""

import numpy as np
from intensities import IMAGES, case
from volumes import write

ends = {"uint8": (0.25, 100.5), "int16": (-300, 2000.125), "float32": (-1000, 10.75), "float64": (1e4 + 0.5, 1e4 + 1.25)}
write(
    cases=[
        case("ClipRange", dict(min=low, max=high), IMAGES[dtype], lambda volume, _: np.clip(volume, low, high))
        for dtype, (low, high) in ends.items()
    ]
)
