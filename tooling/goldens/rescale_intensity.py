"""Goldens of packages/intensity/src/rescale-intensity.ts: numpy.interp, which clips as skimage.exposure.rescale_intensity does."""

import numpy as np
from intensities import IMAGES, case, selected
from volumes import write

LABEL = dict(label="mask")


def rescaled(how, to, before="range", percentiles=(0.5, 99.5), clip=True, over="all"):
    def change(volume, channel):
        counts = volume[selected(over, volume, channel)]
        by_word = dict(range=lambda: (counts.min(), counts.max()), percentiles=lambda: np.percentile(counts, percentiles))
        ends = by_word[before]() if isinstance(before, str) else before
        # Or the straight line through both ends, wherever it leads.
        return np.interp(volume, ends, to) if clip else np.polynomial.Polynomial.fit(ends, to, 1, domain=ends, window=ends)(volume)

    options = {"to": to, "from": before, "percentiles": percentiles, "clip": clip, "over": over}
    return case("RescaleIntensity", options, how, change, count=30)


given = {"uint8": [20, 200], "int16": [-400.5, 2000], "float32": [-650.25, 100], "float64": [1e4 + 0.25, 1e4 + 1.5]}
rows = []
for how in IMAGES.values():
    for clip in (True, False):
        rows += [
            rescaled(how, [0, 1], clip=clip),
            rescaled(how, [-1, 2.5], over="nonzero", clip=clip),
            rescaled(how, [0, 255], over=LABEL, clip=clip),
            rescaled(how, [-100, -10], "percentiles", clip=clip),
            rescaled(how, [0, 1], "percentiles", (10, 70), over="nonzero", clip=clip),
            rescaled(how, [3, 4], given[how["dtype"]], clip=clip),
        ]
write(cases=rows)
