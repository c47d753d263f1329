"""What the goldens of packages/elastic share: volumes and points, deformed by a field d of world mm: out(p) = in(p + d(p))."""

import numpy as np
from scipy.ndimage import map_coordinates
from volumes import FILL, LABEL_FILL, ORDERS, image, indices, label, sample, told_at, voted


def world(affine, index):
    return affine[:3, :3] @ index + affine[:3, 3:]


def index_of(affine, points):
    return world(np.linalg.inv(affine), points)


def samples(shape, affine, field, count):
    """The image in each way to interpolate, and the label map in both; `field` gives 3 × many displacements at as many points."""
    points = world(affine, indices(shape))
    place = index_of(affine, points + field(points))

    def told(volume, order, fill):
        # The default, constant, has the same spline as mirror, but takes a rounding beyond the outer voxels for outside.
        out = map_coordinates(volume, place, order=order, mode="mirror" if order == 3 else "nearest")
        return told_at(out, place, shape, order, count, fill=fill)

    return [
        *(sample("image", interpolation, FILL, told(image(shape), order, FILL)) for interpolation, order in ORDERS.items()),
        sample("label", "nearest", LABEL_FILL, told(label(shape), 0, LABEL_FILL)),
        sample("label", "vote", LABEL_FILL, voted(label(shape), place, LABEL_FILL, count)),
    ]


def pushed(shape, affine, field, draw, count=6):
    """Points within the grid, and where they go: what was at `start` is at the p with p + d(p) = start."""
    moves = []
    for fraction in draw.uniform(0.1, 0.9, (count, 3)):
        start = world(affine, (fraction * (np.array(shape) - 1))[:, None])
        p = start
        for _ in range(2000):
            p = start - field(p)
        assert np.abs(p + field(p) - start).max() < 1e-11
        moves.append({"from": np.round(start[:, 0], 9).tolist(), "to": np.round(p[:, 0], 9).tolist()})
    return moves


def case(name, transform, params, shape, affine, field, draw, count=160, **more):
    return dict(
        name=name,
        transform=f"elastic/{transform}",
        params=params,
        before=dict(shape=list(shape), affine=affine.ravel().tolist()),
        samples=samples(shape, affine, field, count),
        points=pushed(shape, affine, field, draw),
        **more,
    )
