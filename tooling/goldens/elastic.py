"""Goldens of packages/elastic: given control points' displacements, the deformed image and pushed points, by scipy.

    pip install -r requirements.txt && python elastic.py > ../../packages/elastic/src/goldens/elastic.json

The field is a uniform cubic B-spline: scipy.ndimage evaluates one from coefficients with order=3 and prefilter=False, here with
zeros beyond them. Volumes are indexed [i, j, k] here and written i fastest.
"""

import json

import numpy as np
from scipy import ndimage, optimize

draw = np.random.default_rng(20260612)


def rotation(degrees):
    x, y, z = np.radians(degrees)
    rx = np.array([[1, 0, 0], [0, np.cos(x), -np.sin(x)], [0, np.sin(x), np.cos(x)]])
    ry = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    rz = np.array([[np.cos(z), -np.sin(z), 0], [np.sin(z), np.cos(z), 0], [0, 0, 1]])
    return rz @ ry @ rx


def grid(shape, spacing, origin, degrees):
    affine = np.eye(4)
    affine[:3, :3] = rotation(degrees) * spacing
    affine[:3, 3] = origin
    return np.array(shape), affine


def world(affine, index):
    return affine[:3, :3] @ index + affine[:3, 3:]


def flat(volume, digits):
    return np.round(np.asarray(volume, np.float64).ravel(order="F"), digits).tolist()


cases = []
for shape, spacing, control, most in [
    ((11, 13, 9), (1.5, 1.1, 2.3), (5, 6, 7), 1.2),
    ((16, 9, 12), (0.7, 2.0, 1.3), (7, 4, 5), 2.0),
    ((9, 10, 14), (3.1, 2.4, 0.9), (4, 4, 4), 3.0),
]:
    shape, affine = grid(shape, spacing, draw.uniform(-1000, 1000, 3), draw.uniform(-40, 40, 3))
    displacements = np.round(draw.uniform(-most, most, (*control, 3)), 6)
    image = np.round(ndimage.gaussian_filter(draw.uniform(-4000, 4000, shape), 0.8)).astype(np.int16)

    def field(points):
        """d in world mm at world points: lattice coordinate 1 at the first voxel's outer edge, m − 2 at the last one's."""
        index = np.linalg.inv(affine[:3, :3]) @ (points - affine[:3, 3:])
        lattice = 1 + (index + 0.5) * ((np.array(control) - 3) / shape)[:, None]
        parts = [
            ndimage.map_coordinates(displacements[..., axis], lattice, order=3, prefilter=False, mode="grid-constant", cval=0)
            for axis in range(3)
        ]
        return np.stack(parts)

    index = np.stack(np.meshgrid(*[np.arange(n) for n in shape], indexing="ij")).reshape(3, -1).astype(float)
    points = world(affine, index)
    source = np.linalg.inv(affine[:3, :3]) @ (points + field(points) - affine[:3, 3:])
    wanted = ndimage.map_coordinates(image.astype(float), source, order=1, mode="nearest").reshape(shape)
    # Where nothing but voxels of the image is blended: what is beyond is for other tests.
    inside = np.all((source >= 0) & (source <= (shape - 1)[:, None]), axis=0).reshape(shape)
    assert inside.mean() > 0.3

    pushed = []
    for fraction in draw.uniform(0.1, 0.9, (6, 3)):
        start = world(affine, (fraction * (shape - 1))[:, None])[:, 0]
        # out(p) = in(p + d(p)): what was at `start` is at the p with p + d(p) = start.
        root = optimize.root(lambda p: p + field(p[:, None])[:, 0] - start, start, method="hybr", tol=1e-12)
        assert root.success and np.abs(root.fun).max() < 1e-10
        pushed.append({"from": np.round(start, 9).tolist(), "to": np.round(root.x, 9).tolist()})

    cases.append(
        {
            "shape": shape.tolist(),
            "affine": affine.ravel().tolist(),
            "controlPoints": list(control),
            "displacementsMm": displacements.transpose(2, 1, 0, 3).ravel().tolist(),
            "image": flat(image, 0),
            "wanted": flat(wanted, 4),
            "inside": flat(inside, 0),
            "points": pushed,
        }
    )
print(json.dumps(cases))
