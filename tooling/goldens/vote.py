"""Goldens of `labelInterpolation: 'vote'`: the label with the most weight, by scipy.ndimage.map_coordinates of a volume of 0 and 1 for each."""

import numpy as np
from volumes import LABEL_FILL, about, case, euler, grid, indices, label, matrix, middle, sample, voted, write


def moved(name, shape, affine, degrees, scale, mm, frame=None):
    push = matrix(np.eye(3), mm) @ about(middle(*(frame or (shape, affine))), euler(degrees) @ np.diag(scale))
    pull = np.linalg.inv(affine) @ np.linalg.inv(push) @ affine
    coordinates = pull[:3, :3] @ indices(shape) + pull[:3, 3:]
    samples = [sample("label", "vote", fill, voted(label(shape), coordinates, fill, 300)) for fill in (0, LABEL_FILL)]
    return case(name, "AffineMatrix", dict(matrix=push.tolist()), shape, affine, (shape, affine), samples, frame)


oblique = grid((14, -9, 31), (0.8, 1.3, 2.1), (-90.5, 126.25, -72), signs=(-1, -1, 1))
reordered = grid((4, 8, -6), (1.2, 0.7, 1.9), (5, -6, 7), columns=(1, 2, 0), signs=(1, -1, -1))
# Were a single slice the frame, nothing would leave its plane.
thick = ((9, 8, 7), reordered)
write(
    cases=[
        moved("larger", (13, 11, 9), oblique, [12, -7, 25], [1.3, 1.2, 1.25], [1.5, -2.25, 0.75]),
        moved("smaller", (14, 9, 12), reordered, [-10, 35, 20], [0.7, 0.8, 0.75], [0.4, 0.2, -0.3]),
        moved("by parts of a voxel", (13, 11, 9), oblique, [0, 0, 0], [1, 1, 1], [0.3, -0.4, 0.8]),
        moved("an axis of one voxel", (13, 1, 9), oblique, [5, 20, 8], [1.1, 0.9, 1], [0.2, 0.1, -0.3], thick),
    ]
)
