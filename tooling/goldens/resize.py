"""Goldens of packages/geometry/src/resize.ts: scipy.ndimage.zoom, whose default is align corners and whose grid_mode is edges.

With align edges, positions reach half a voxel beyond the outer voxel centres. There voxaug clamps as scipy's mode nearest does, for
orders 0 and 1; a cubic spline through a volume whose edge goes on is the fill `edge`. Cubic with a number to fill with is compared within
the outer voxel centres, where it is the spline of mode mirror.
"""

import numpy as np
from scipy.ndimage import gaussian_filter, zoom
from volumes import FILL, LABEL_FILL, ORDERS, case, grid, image, label, matrix, sample, told, write

OBLIQUE = dict(rotation=(14, -9, 31), spacing=(0.9, 1.3, 2.1), origin=(-90.5, 126.25, -72))


def pull(before, after, align):
    """From an index after to the one before: scipy's, but that an axis of one voxel is aligned by its edges."""
    n, m = np.array(before), np.array(after)
    if align == "edges":
        return matrix(np.diag(n / m), (n / m - 1) / 2)
    assert np.all(m > 1)
    step = np.where(n > 1, (n - 1) / (m - 1), n / m)
    return matrix(np.diag(step), np.where(n > 1, 0, (n / m - 1) / 2))


def resized(volume, factor, align, order, mode):
    return zoom(volume, factor, order=order, mode=mode, grid_mode=align == "edges")


def resize(name, options, factor, shape, affine, align, antialias=False, count=120, exact=False):
    source = image(shape)
    after = zoom(source, factor, order=0).shape
    to_before = pull(shape, after, align)
    if antialias:
        k = np.maximum(1, np.diag(to_before)[:3])
        source = gaussian_filter(source, np.sqrt(k**2 - 1) / (2 * np.sqrt(2 * np.log(2))), truncate=4, mode="reflect")
    samples = []
    for interpolation, order in ORDERS.items():
        # Along an axis of one voxel no position is within the outer voxel centres.
        if (antialias and order == 0) or (align == "edges" and order == 3 and 1 in shape):
            continue
        # Corners: scipy's default mode. What it takes for outside is by rounding alone, and there is none here.
        mode = "nearest" if align == "edges" and order < 3 else "mirror"
        out = resized(source, factor, align, order, mode)
        if align == "corners":
            np.testing.assert_allclose(out, resized(source, factor, align, order, "constant"), atol=1e-9)
        values = told(out, to_before, shape, order, count, everywhere=order < 3 or align == "corners", exact=exact)
        samples.append(sample("image", interpolation, FILL, values))
    if align == "edges":
        out = resized(source, factor, align, 3, "nearest")
        samples.append(sample("image", "cubic", "edge", told(out, to_before, shape, 3, count, everywhere=True)))
    out = resized(label(shape), factor, align, 0, "nearest")
    samples.append(sample("label", "nearest", LABEL_FILL, told(out, to_before, shape, 0, count, everywhere=True, exact=exact)))
    return case(name, "Resize", dict(options, align=align, antialias=antialias), shape, affine, (after, affine @ to_before), samples)


rows = []
oblique = grid(**OBLIQUE)
for align in ("corners", "edges"):
    by_factor = [
        ("up", (2.3, 1.7, 1.4)),
        ("down", (0.6, 0.45, 0.7)),
        ("up and down", (1.7, 0.6, 2.5)),
        ("to exact halves of voxels, of which the even number is taken", (0.5, 2.5, 1.5)),
    ]
    for name, factor in by_factor:
        rows.append(resize(f"{name}, {align}", dict(factor=factor), factor, (13, 11, 9), oblique, align))
    thin = (12, 1, 9)
    rows.append(resize(f"an axis of one voxel, {align}", dict(factor=2), (2, 2, 2), thin, oblique, align))
    to = (20, 7, 9)
    shape = (13, 11, 9)
    rows.append(resize(f"to a shape, {align}", dict(shape=to), np.array(to) / shape, shape, oblique, align))
    rows.append(resize(f"by the longest side, {align}", dict(longest=19), (19 / 13,) * 3, shape, oblique, align))
    smoothed = (0.4, 1.5, 0.55)
    rows.append(resize(f"smoothed before two axes shrink, {align}", dict(factor=smoothed), smoothed, (17, 9, 15), oblique, align, antialias=True))
# Steps and origin that float64 holds: positions are halves exactly.
powers = grid((0, 0, 0), (0.5, 2, 1), (-3, 5, 0.25))
rows.append(resize("to the upper of two voxels that are as near, edges", dict(factor=0.5), (0.5,) * 3, (12, 10, 8), powers, "edges", exact=True))

# Shapes alone: what Python's round makes of n · f.
draw = np.random.default_rng(20261125)
shapes = []
for n in range(60):
    shape = draw.integers(1, 20, 3).tolist()
    # Every other factor makes quarters and halves of a voxel.
    factor = (draw.integers(2, 13, 3) / 4).tolist() if n % 2 else np.round(draw.uniform(0.6, 3, 3), 2).tolist()
    after = zoom(np.zeros(shape), factor, order=0).shape
    if min(after) > 0:
        shapes.append(dict(shape=shape, factor=factor, after=after))
assert sum(any(n * f % 1 == 0.5 for n, f in zip(s["shape"], s["factor"])) for s in shapes) > 10
write(cases=rows, shapes=shapes)
