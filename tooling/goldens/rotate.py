"""Goldens of packages/geometry/src/rotate.ts: scipy.ndimage.rotate in every plane; where it has no word, affine_transform.

rotate turns the plane of two axes from the first towards the second; so about x in (1, 2) and about z in (0, 1) as right-handed turns
do, about y in (0, 2) the other way. It knows of no millimetres: there the grid is isotropic and its axes are the world's. Its mode
constant takes the fill from the outer voxel centres on, voxaug from half a voxel beyond: what is between is null.
"""

import numpy as np
from scipy.ndimage import rotate
from volumes import FILL, LABEL_FILL, ORDERS, about, case, euler, every_way, grid, image, label, matrix, middle, pulled, sample, told, write

PLANES = {"x": (1, 2), "y": (0, 2), "z": (0, 1)}


def degrees_about(axis, angle):
    return [angle if axis == "x" else 0, -angle if axis == "y" else 0, angle if axis == "z" else 0]


def in_a_plane(axis, angle, expand, shape, affine, count, ties=False):
    plane = PLANES[axis]
    turned = lambda volume, order, fill: rotate(volume, angle, axes=plane, reshape=expand, order=order, mode="constant", cval=fill)
    after = turned(image(shape), 0, FILL).shape
    pull = matrix(euler(degrees_about(axis, -angle)), (0, 0, 0))
    pull[:3, 3] = (np.array(shape) - 1) / 2 - pull[:3, :3] @ ((np.array(after) - 1) / 2)
    samples = []
    for interpolation, order in ORDERS.items():
        if ties and order == 0:
            continue
        values = told(turned(image(shape), order, FILL), pull, shape, order, count, fill=FILL)
        again = told(pulled(image(shape), pull, after, order), pull, shape, order, count, fill=FILL)
        # Neither the plane's direction nor a rounding at its rim is other than thought.
        assert all(a == b or abs(a - b) < 1e-3 for a, b in zip(values, again) if a is not None)
        samples.append(sample("image", interpolation, FILL, values))
    if not ties:
        samples.append(sample("label", "nearest", LABEL_FILL, told(turned(label(shape), 0, LABEL_FILL), pull, shape, 0, count, fill=LABEL_FILL)))
    start = (np.array(shape) - np.array(after)) / 2
    after_affine = affine @ matrix(np.eye(3), start)
    name = f"about {axis} by {angle}°{', expanded' if expand else ''}"
    return case(name, "Rotate", dict(degrees=degrees_about(axis, angle), expand=expand), shape, affine, (after, after_affine), samples)


def in_millimetres(name, degrees, expand, shape, affine, count):
    push = np.linalg.inv(affine) @ about(middle(shape, affine), euler(degrees)) @ affine
    after, start = np.array(shape), np.zeros(3)
    if expand:
        corners = push[:3, :3] @ np.array([[a, b, c] for a in (-0.5, shape[0] - 0.5) for b in (-0.5, shape[1] - 0.5) for c in (-0.5, shape[2] - 0.5)]).T + push[:3, 3:]
        after = np.floor(np.ptp(corners, axis=1) + 0.5).astype(int)
        start = (corners.min(axis=1) + corners.max(axis=1) - (after - 1)) / 2
    to_before = matrix(np.eye(3), start)
    pull = np.linalg.inv(push) @ to_before
    samples = every_way(lambda volume, order, fill: pulled(volume, pull, tuple(after), order), pull, shape, count)
    return case(name, "Rotate", dict(degrees=degrees, expand=expand), shape, affine, (after, affine @ to_before), samples)


isotropic = grid((0, 0, 0), (1.5, 1.5, 1.5), (-20.5, 31.25, 7))
rows = []
for axis, angles in dict(x=(20, -115), y=(33.5, 170), z=(-12.25, 250)).items():
    for angle, expand in zip(angles + angles, (False, False, True, True)):
        rows.append(in_a_plane(axis, angle, expand, (13, 11, 9), isotropic, 110))
for axis, angle in dict(x=90, y=180, z=-90).items():
    rows.append(in_a_plane(axis, angle, True, (13, 11, 9), isotropic, 60))
# An odd and an even number of voxels: a quarter turn about the centre ends between voxels.
rows.append(in_a_plane("z", 90, False, (12, 11, 5), isotropic, 60, ties=True))
thick = grid((0, 0, 0), (0.8, 1.3, 2.1), (-20.5, 31.25, 7))
oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
turned = grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
for expand in (False, True):
    also = ", expanded" if expand else ""
    rows.append(in_millimetres(f"rigid whatever the spacing{also}", [0, 25, 0], expand, (13, 11, 9), thick, 110))
    rows.append(in_millimetres(f"about all axes, oblique and anisotropic{also}", [12, -27, 38], expand, (13, 11, 9), oblique, 110))
    rows.append(in_millimetres(f"axes in another order{also}", [-40, 15, 20], expand, (9, 12, 10), turned, 110))

draw = np.random.default_rng(20261126)
shapes = []
for n in range(60):
    shape = draw.integers(2, 40, 3).tolist()
    axis = "xyz"[n % 3]
    angle = float(draw.choice([30, 45, 60, 90, 180, 270])) if n % 4 == 0 else round(float(draw.uniform(-360, 360)), 2)
    after = rotate(np.zeros(shape), angle, axes=PLANES[axis], order=0).shape
    shapes.append(dict(shape=shape, degrees=degrees_about(axis, angle), after=after))
write(cases=rows, shapes=shapes)
