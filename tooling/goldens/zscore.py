"""Goldens of packages/intensity/src/zscore.ts: scipy.stats.zscore with ddof 0, over the voxels that count; the others by the same numbers."""

import numpy as np
from intensities import IMAGES, case, selected
from scipy import stats
from volumes import write

LABEL = dict(label="mask")


def scored(how, over, apply_to):
    def change(volume, channel):
        counts = selected(over, volume, channel)
        changes = counts if apply_to == "selection" else selected(apply_to, volume, channel)
        values = (volume - np.mean(volume[counts])) / np.std(volume[counts], ddof=0)
        np.testing.assert_allclose(values[counts], stats.zscore(volume[counts], ddof=0), rtol=1e-9, atol=1e-12)
        # So that ddof 1 is told from it.
        assert np.abs(values[counts] - stats.zscore(volume[counts], ddof=1)).max() > 1e-3
        return np.where(changes, values, volume)

    return case("ZScore", dict(over=over, applyTo=apply_to), how, change)


ways = [("all", "all"), ("nonzero", "all"), ("nonzero", "selection"), (LABEL, "all"), (LABEL, "selection"), (LABEL, "nonzero"), ("all", LABEL)]
write(cases=[scored(how, *way) for how in IMAGES.values() for way in ways])
