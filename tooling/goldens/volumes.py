"""What goldens share: volumes, grids, and which voxels are told of what the references give.

Volumes are whole-number formulas of the voxel index, so that both sides make the same ones; volumes.ts has them again. They are
indexed [i, j, k] here, and lie i fastest in a file. Grids are 4×4 affines from index to world mm.
"""

import json
import sys

import numpy as np
from scipy.ndimage import affine_transform, map_coordinates

# What an image or a label map has where nothing was: neither is in them.
FILL = -500
LABEL_FILL = 77

# scipy's of each way to interpolate images.
ORDERS = {"nearest": 0, "linear": 1, "cubic": 3}


def image(shape, channel=0):
    i, j, k = indexed(shape, channel)
    return ((73 * i + 151 * j + 283 * k + 17 * ((i * j) % 29) + 31 * ((j * k) % 23)) % 1009).astype(np.float64)


def label(shape, channel=0):
    """Regions of some voxels each."""
    i, j, k = indexed(shape, channel)
    return ((5 * i + 3 * j + 7 * k + (i * k) % 4) // 8 % 13).astype(np.float64)


def typed(how, shape, channel):
    """The image that an element type is to have: (value % modulo) · factor + offset; with 1024ths if fine; with 0 in a fourth of its regions."""
    values = image(shape, channel) + (image(shape, channel + 1) / 1024 if how.get("fine") else 0)
    values = values % how["modulo"] * how["factor"] + how["offset"]
    if how.get("holes"):
        values[label(shape, channel) % 4 == 0] = 0
    assert np.all(values.astype(how["dtype"]) == values)
    return values


def indexed(shape, channel):
    """Voxel indices; each further channel is the formula's volume from elsewhere on."""
    i, j, k = np.indices(shape, dtype=np.int64)
    return i + 4 * channel, j + 7 * channel, k + 2 * channel


def euler(degrees):
    """Rz · Ry · Rx, each right-handed."""
    x, y, z = np.deg2rad(degrees)
    c, s = np.cos, np.sin
    about_x = np.array([[1, 0, 0], [0, c(x), -s(x)], [0, s(x), c(x)]])
    about_y = np.array([[c(y), 0, s(y)], [0, 1, 0], [-s(y), 0, c(y)]])
    about_z = np.array([[c(z), -s(z), 0], [s(z), c(z), 0], [0, 0, 1]])
    return about_z @ about_y @ about_x


def grid(rotation, spacing, origin, columns=(0, 1, 2), signs=(1, 1, 1)):
    """Axes in some order and direction, then turned; columns scaled by the spacing."""
    return matrix(euler(rotation)[:, list(columns)] * np.array(signs) * np.array(spacing), origin)


def matrix(linear, offset):
    return np.block([[np.array(linear, float), np.array(offset, float)[:, None]], [np.zeros((1, 3)), np.ones((1, 1))]])


def about(point, linear):
    """The affine that moves the world about a point of it."""
    return matrix(linear, np.array(point) - np.array(linear) @ np.array(point))


def middle(shape, affine):
    return (affine @ np.append((np.array(shape) - 1) / 2, 1))[:3]


def pulled(volume, pull, shape, order, mode=None):
    """scipy's sampling at pull · index. What lies beyond the outer voxel centres is told by no reference that does not ask for a mode."""
    # The default, constant, has the same spline as mirror, but takes a rounding beyond the outer voxels for outside.
    mode = mode or ("mirror" if order == 3 else "nearest")
    return affine_transform(volume, pull[:3, :3], pull[:3, 3], shape, order=order, mode=mode)


def indices(shape):
    """3 × as many as there are voxels, i fastest."""
    return np.indices(shape).reshape(3, -1, order="F").astype(float)


def places(size, count):
    """Which voxels are told, by their number in memory: all if they are few, else some from all over."""
    # Multiples of the golden ratio, less their whole parts, are spread evenly.
    return range(size) if size <= count else [n * 2654435761 % 2**32 * size // 2**32 for n in range(count)]


def told(out, pull, before, order, count, **more):
    """As `told_at`, of what was sampled at pull · index."""
    return told_at(out.ravel(order="F"), pull[:3, :3] @ indices(out.shape) + pull[:3, 3:], before, order, count, **more)


def told_at(flat, place, before, order, count, fill=None, everywhere=False, exact=False):
    """Voxels that were sampled at 3 × many places of a volume of shape `before`, null where the reference and voxaug mean to differ.

    With a number to fill with, voxaug clamps coordinates up to half a voxel beyond the outer voxel centres, where scipy's constant mode
    takes the fill already: null, unless the reference's mode is one that voxaug has too (`everywhere`). Beyond, there is `fill`. Order 0
    takes ⌊x + ½⌋; within 1e-6 voxel of a tie rounding decides: null, unless float64 holds all positions (`exact`).
    """
    last = np.array(before)[:, None] - 1
    inside = np.all((place >= -1e-9) & (place <= last + 1e-9), axis=0)
    outside = np.any((place < -0.5 - 1e-3) | (place > last + 0.5 + 1e-3), axis=0)
    fraction = place - np.floor(place)
    tie = (order == 0) & (not exact) & np.any((np.abs(fraction - 0.5) < 1e-6) & (last > 0), axis=0)

    def value(n):
        if everywhere or inside[n]:
            return None if tie[n] else number(flat[n])
        return fill if outside[n] else None

    return [value(n) for n in places(flat.size, count)]


def voted(volume, coordinates, fill, count):
    """At 3 × many coordinates, the label with the largest trilinear weight, neighbours beyond the volume counting as the fill.

    Null within 1e-5 of a tie: weights of float32 err by some 1e-7.
    """
    labels = np.unique(np.append(volume, fill))
    weights = np.stack(
        [
            map_coordinates((volume == one).astype(float), coordinates, order=1, mode="grid-constant", cval=float(one == fill))
            for one in labels
        ]
    )
    second, most = np.sort(weights, axis=0)[-2:]
    winner = labels[np.argmax(weights, axis=0)]
    return [None if most[n] - second[n] < 1e-5 else int(winner[n]) for n in places(winner.size, count)]


def number(x):
    """float32 keeps no more than seven digits."""
    return int(x) if x == int(x) else float(f"{x:.7g}")


def case(name, transform, options, shape, affine, after, samples, frame=None):
    """A case as volumes.ts reads it; `after` is the grid after the step, `transform` of geometry unless it says of which package.

    `frame` is the shape and affine of an image that the step goes by, if it is not the volume itself.
    """
    before = dict(shape=list(shape), affine=np.ravel(affine).tolist())
    new_shape, new_affine = after
    more = dict(frame=dict(shape=list(frame[0]), affine=frame[1].ravel().tolist())) if frame else {}
    after = dict(shape=[int(n) for n in new_shape], affine=np.ravel(new_affine).tolist())
    return dict(name=name, transform=transform if "/" in transform else f"geometry/{transform}", options=options, before=before, after=after, samples=samples, **more)


def sample(of, interpolation, fill, values):
    """What one way to interpolate gives at the places of a case; never nothing."""
    assert any(value is not None for value in values)
    return dict(of=of, interpolation=interpolation, fill=fill, values=values)


def every_way(out, pull, shape, count, orders=ORDERS, exact=False):
    """Samples of out(volume, order, fill): the image in each way to interpolate, and the label map."""
    samples = [
        sample("image", interpolation, FILL, told(out(image(shape), order, FILL), pull, shape, order, count, fill=FILL, exact=exact))
        for interpolation, order in orders.items()
    ]
    values = told(out(label(shape), 0, LABEL_FILL), pull, shape, 0, count, fill=LABEL_FILL, exact=exact)
    return [*samples, sample("label", "nearest", LABEL_FILL, values)]


def write(**lists):
    """One line for each case."""
    one = lambda row: json.dumps(row, separators=(",", ":"))
    parts = (f'"{name}":[\n' + ",\n".join(map(one, rows)) + "\n]" for name, rows in lists.items())
    sys.stdout.write("{" + ",".join(parts) + "}\n")
