"""Goldens of packages/elastic/src/elastic-noise.ts with noise 'full', after Simard: uniform noise at each voxel, smoothed by
scipy.ndimage.gaussian_filter (truncate 4, zeros beyond) and multiplied by alpha; between voxels as DisplacementField.

The noise is made here as well: Philox4x32-10 of Salmon et al. 2011, written down from the paper and held to the vectors of Random123.
"""

import numpy as np
from displacements import case, index_of
from scipy.ndimage import gaussian_filter, map_coordinates
from volumes import grid, write

WORD = 0xFFFFFFFF


def philox(key, counter):
    """Four words of 32 bits for each counter of four, which may be arrays."""
    k0, k1 = key
    c0, c1, c2, c3 = (np.asarray(c, np.uint64) for c in counter)
    for _ in range(10):
        p0, p1 = c0 * np.uint64(0xD2511F53), c2 * np.uint64(0xCD9E8D57)
        c0, c1, c2, c3 = p1 >> np.uint64(32) ^ c1 ^ np.uint64(k0), p1 & WORD, p0 >> np.uint64(32) ^ c3 ^ np.uint64(k1), p0 & WORD
        k0, k1 = k0 + 0x9E3779B9 & WORD, k1 + 0xBB67AE85 & WORD
    return [c0, c1, c2, c3]


# Random123 1.14, tests/kat_vectors.
assert philox((0, 0), (0, 0, 0, 0)) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
assert philox((0xA4093822, 0x299F31D0), (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344)) == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


def noise(stream, name, shape):
    """In [−1, 1): a component's stream is keyed by its name's letter; voxel n has the upper 24 bits of word n mod 4 of block ⌊n / 4⌋."""
    key = [int(word) for word in philox(stream[:2], (ord(name), 0, 2, 1))[:2]]
    words = np.stack(philox(key, (np.arange(-(-np.prod(shape) // 4)), 0, 0, 0)), axis=1).ravel()[: np.prod(shape)]
    return (2 * ((words >> np.uint64(8)) / 2**24) - 1).reshape(shape, order="F")


def deformed(name, shape, affine, alpha, **sigma):
    """sigmaVoxels are along the frame's voxel axes, sigmaMm of displacements along the world's."""
    stream = [20261128, 77, 0, 0]
    spacing = np.linalg.norm(affine[:3, :3], axis=0)
    std = sigma["sigmaVoxels"] if "sigmaVoxels" in sigma else np.array(sigma["sigmaMm"]) / spacing
    smooth = np.stack([alpha * gaussian_filter(noise(stream, axis, shape), std, truncate=4, mode="constant") for axis in "xyz"])
    millimetres = np.einsum("ij,j...->i...", affine[:3, :3], smooth) if "sigmaVoxels" in sigma else smooth

    def field(points):
        index = index_of(affine, points)
        return np.stack([map_coordinates(d, index, order=1, mode="nearest") for d in millimetres])

    params = dict(alpha=alpha, **sigma, noise="full", stream=stream)
    return case(name, "ElasticNoise", params, shape, affine, field, np.random.default_rng(20261129))


oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
write(
    cases=[
        deformed("in mm, oblique", (13, 11, 9), oblique, 18, sigmaMm=[2.4, 2.4, 2.4]),
        deformed("in mm, each axis its own", (8, 12, 10), reordered, 14, sigmaMm=[1.5, 2, 3]),
        deformed("in voxels, oblique", (13, 11, 9), oblique, 7, sigmaVoxels=[2, 1.5, 1.25]),
        deformed("in voxels, wider than the image", (7, 12, 10), reordered, 55, sigmaVoxels=[5, 5, 5]),
    ]
)
