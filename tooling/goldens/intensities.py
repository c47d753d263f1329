"""What the goldens of packages/intensity share: images of two channels in several types, and what is told of what the references give.

Where a label map selects voxels, it is the formula's label modulo 3.
"""

import numpy as np
from volumes import label, places, typed

CHANNELS = 2
SHAPE = (6, 5, 4)
IMAGES = {
    "uint8": dict(dtype="uint8", modulo=256, factor=1, offset=0, holes=True),
    "int16": dict(dtype="int16", modulo=1009, factor=6, offset=-1500, holes=True),
    "float32": dict(dtype="float32", modulo=1009, factor=1, offset=-700, fine=True, holes=True),
    # A mean far above the deviation, where a sum of squares in float32 would be lost; voxels that float32 holds.
    "float64": dict(dtype="float64", modulo=1009, factor=1 / 512, offset=1e4),
}


def selected(over, volume, channel):
    """The voxels that `over` or `applyTo` means: all, nonzero or {label}."""
    if over == "all":
        return np.ones_like(volume, bool)
    return volume != 0 if over == "nonzero" else label(volume.shape) % 3 != 0


def sharp(x):
    """As many digits as tell float32 values apart, and two more."""
    return int(x) if x == int(x) else float(f"{x:.11g}")


def case(transform, options, how, change, shape=SHAPE, spacing=(1, 1, 1), count=40):
    """What change(volume, channel) makes of each channel, in float64: some voxels of it, the least and the greatest."""
    channels = []
    for channel in range(CHANNELS):
        out = change(typed(how, shape, channel), channel)
        flat = out.ravel(order="F")
        values = [sharp(flat[n]) for n in places(flat.size, count)]
        channels.append(dict(values=values, least=sharp(flat.min()), greatest=sharp(flat.max())))
    return dict(transform=f"intensity/{transform}", options=options, image=how, shape=list(shape), spacingMm=list(spacing), channels=channels)
