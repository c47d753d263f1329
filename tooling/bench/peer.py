"""What numpy and scipy take for the same work, on demand: reads a command a line, answers with milliseconds.

    time NAME          runs a contender once
    check NAME FILE    runs it and writes its result, float32, i fastest

Started by peer.mjs, which sends the scene and the map of its affine first, as one line of JSON. One thread.
"""

import json
import sys
import time

import numpy as np
from scipy import ndimage
from scipy.interpolate import RegularGridInterpolator

setup = json.loads(sys.stdin.readline())
nx, ny, nz = setup["shape"]
n = np.arange(nx * ny * nz, dtype=np.int64)
# Axes are z, y, x here, in memory as there.
image = (((n * 7919) % 1000) / 7).astype(np.float32).reshape(nz, ny, nx)
head = np.fromfile(setup["head"], dtype=np.float32).reshape(nz, ny, nx)

index_map = np.array(setup["indexMap"]).reshape(4, 4)
matrix, offset = index_map[2::-1, 2::-1], index_map[2::-1, 3]

# The places that a dense field leads to, as map_coordinates wants them: given, not made while time is taken.
lattice = np.array(setup["lattice"]["displacements"]).reshape(*setup["lattice"]["shape"][::-1], 3)
places = None


def dense_places():
    """Where the control lattice's cubic B-spline leads each voxel, in voxels."""
    global places
    if places is None:
        scale, start = setup["lattice"]["scale"][::-1], setup["lattice"]["start"][::-1]
        axes = [start[a] + scale[a] * np.arange(size) for a, size in enumerate(image.shape)]
        places = np.empty((3, *image.shape), dtype=np.float64)
        for component in range(3):
            # A separable B-spline: one axis after the other.
            field = lattice[..., 2 - component]
            for axis in range(3):
                field = np.tensordot(basis(axes[axis], field.shape[axis]), field, axes=(1, axis))
                field = np.moveaxis(field, 0, axis)
            places[component] = field + np.arange(image.shape[component]).reshape([-1 if a == component else 1 for a in range(3)])
    return places


def basis(u, m):
    """B³(u − i) for each control point i."""
    t = np.abs(u[:, None] - np.arange(m)[None, :])
    return np.where(t < 1, 2 / 3 - t * t + t**3 / 2, np.where(t < 2, (2 - t) ** 3 / 6, 0))


def article_elastic(alpha=4, sigma=35):
    """The article's elastic_transform_3d, step by step: noise, a Gaussian at full resolution, a linear interpolator."""
    shape = image.shape
    coordinates = [np.arange(size) for size in shape]
    interpolate = RegularGridInterpolator(coordinates, image, method="linear", bounds_error=False, fill_value=0)
    draw = np.random.default_rng(1)
    d = [ndimage.gaussian_filter(draw.random(shape) * 2 - 1, sigma, mode="constant", cval=0) * alpha for _ in range(3)]
    grid = np.mgrid[0 : shape[0], 0 : shape[1], 0 : shape[2]]
    indices = np.stack([(grid[a] + d[a]).ravel() for a in range(3)], axis=-1)
    return interpolate(indices).reshape(shape).astype(np.float32)


def percentile_clip():
    low, high = np.percentile(head, [1, 99])
    return np.clip(head, low, high)


def percentile_clip_of_noise():
    low, high = np.percentile(image, [1, 99])
    return np.clip(image, low, high)


def zscore_nonzero():
    values = head[head != 0]
    return (head - values.mean()) / values.std()


affine = lambda order: ndimage.affine_transform(image, matrix, offset, order=order, mode="constant")
rotate = lambda order: ndimage.rotate(image, -12, axes=(1, 2), reshape=False, order=order)
contenders = {
    "affine nearest": lambda: affine(0),
    "affine linear": lambda: affine(1),
    "affine cubic": lambda: affine(3),
    "rotate nearest": lambda: rotate(0),
    "rotate linear": lambda: rotate(1),
    "rotate cubic": lambda: rotate(3),
    "zoom down": lambda: ndimage.zoom(image, 0.6, order=1),
    "zoom up": lambda: ndimage.zoom(image, 1.3, order=1),
    "zoom up cubic": lambda: ndimage.zoom(image, 1.3, order=3),
    "elastic": lambda: ndimage.map_coordinates(image, dense_places(), order=1, mode="constant"),
    "article elastic": article_elastic,
    "percentile clip": percentile_clip,
    "percentile clip of noise": percentile_clip_of_noise,
    "z-score": lambda: (head - head.mean()) / head.std(),
    "z-score nonzero": zscore_nonzero,
    "gaussian": lambda: ndimage.gaussian_filter(image, 2),
    "copy": lambda: image.copy(),
}
dense_places()
print(json.dumps({"numpy": np.__version__, "scipy": __import__("scipy").__version__}), flush=True)
for line in sys.stdin:
    what, name, *file = line.rstrip("\n").split("\t")
    start = time.perf_counter()
    result = contenders[name]()
    took = 1000 * (time.perf_counter() - start)
    if what == "check":
        np.ascontiguousarray(result, dtype=np.float32).tofile(file[0])
    del result
    print(took, flush=True)
