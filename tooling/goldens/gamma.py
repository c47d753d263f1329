"""Goldens of packages/intensity/src/gamma.ts: numpy's power of what is brought to 0…1, as in skimage.exposure.adjust_gamma and TorchIO."""

import numpy as np
from intensities import IMAGES, case
from volumes import write


def raised(how, log_gamma):
    def change(volume, _):
        low, high = volume.min(), volume.max()
        return ((volume - low) / (high - low)) ** np.exp(log_gamma) * (high - low) + low

    return case("Gamma", dict(logGamma=log_gamma), how, change)


write(cases=[raised(how, log_gamma) for how in IMAGES.values() for log_gamma in (-2, -0.7, 0.3, 1.1)])
