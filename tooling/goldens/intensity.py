"""Goldens of packages/intensity: what numpy and scipy make of small images, in float64.

    pip install -r requirements.txt && python intensity.py > ../../packages/intensity/src/goldens/intensity.json

Images have two channels of 3 × 4 × 5 voxels, i fastest, channels last, as they lie in memory.
"""

import json

import numpy as np
from scipy import stats

draw = np.random.default_rng(20260611)
size = 60


def channels(low, high, dtype):
    """Two channels of other range, a fifth of the voxels 0."""
    voxels = np.stack([draw.uniform(low, high, size), draw.uniform(low / 2, high / 3, size)])
    voxels[draw.uniform(size=voxels.shape) < 0.2] = 0
    return voxels.astype(dtype)


images = {
    "int16": channels(-200, 3000, np.int16),
    "uint8": channels(0, 255, np.uint8),
    "float32": channels(-1.5, 2.5, np.float32),
    # A mean far above the deviation, where a sum of squares in float32 would be lost; voxels that float32 holds.
    "float64": (1e4 + channels(-1, 1, np.float64)).astype(np.float32).astype(np.float64),
}
label = (draw.uniform(size=size) < 0.4) * draw.integers(1, 9, size)


def zscore(voxels, counts, changes):
    """scipy's, over the voxels that count; the others by the same mean and deviation."""
    out = voxels.astype(np.float64)
    for channel in range(2):
        values = voxels[channel].astype(np.float64)
        scored = (values - np.mean(values[counts[channel]])) / np.std(values[counts[channel]], ddof=0)
        np.testing.assert_allclose(scored[counts[channel]], stats.zscore(values[counts[channel]], ddof=0), rtol=1e-9, atol=1e-12)
        out[channel][changes[channel]] = scored[changes[channel]]
    return out


def gamma(voxels, exponent):
    """skimage's and TorchIO's: the power of what is brought to 0…1."""
    values = voxels.astype(np.float64)
    low, high = values.min(axis=1, keepdims=True), values.max(axis=1, keepdims=True)
    return ((values - low) / (high - low)) ** exponent * (high - low) + low


cases = []
for dtype, voxels in images.items():
    every = np.ones_like(voxels, bool)
    nonzero = voxels != 0
    masked = np.stack([label != 0] * 2)
    wanted = {
        "zscore": zscore(voxels, every, every),
        "zscoreNonzero": zscore(voxels, nonzero, every),
        "zscoreNonzeroSelection": zscore(voxels, nonzero, nonzero),
        "zscoreLabel": zscore(voxels, masked, every),
        "zscoreLabelSelection": zscore(voxels, masked, masked),
        "clip": np.clip(voxels.astype(np.float64), 0.25, 1000.5),
        "brighter": gamma(voxels, np.exp(-0.7)),
        "darker": gamma(voxels, np.exp(1.1)),
    }
    cases.append({"dtype": dtype, "voxels": voxels.ravel().tolist(), "wanted": {k: np.round(v, 9).ravel().tolist() for k, v in wanted.items()}})

print(json.dumps({"shape": [3, 4, 5], "label": label.tolist(), "cases": cases}))
