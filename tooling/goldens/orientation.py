"""Goldens of orientationOf in packages/core/src/grid.ts: nibabel's axis codes of random axes, sheared and of any handedness too.

    pip install -r requirements.txt && python orientation.py > ../../packages/core/src/goldens/orientation.json

Axes whose direction is a tie, where rounding decides, are left out.
"""

import json

import nibabel as nib
import numpy as np

draw = np.random.default_rng(20261125)


def axes(kind):
    """Three columns: a rotation, one with two axes about half way between two others, or no rotation at all."""
    turn = np.linalg.qr(draw.normal(size=(3, 3)))[0]
    if kind == "half way":
        c, s = np.cos(np.pi / 4 + draw.normal() * 0.02), np.sin(np.pi / 4 + draw.normal() * 0.02)
        turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ np.linalg.qr(np.eye(3) + 0.1 * draw.normal(size=(3, 3)))[0]
    if kind == "sheared":
        turn = turn + 0.4 * draw.normal(size=(3, 3))
    return np.round(turn[:, draw.permutation(3)] * draw.uniform(0.3, 4, 3), 3)


cases = []
while len(cases) < 240:
    linear = axes(["rotated", "half way", "sheared"][len(cases) % 3])
    if abs(np.linalg.det(linear / np.linalg.norm(linear, axis=0))) < 0.05:
        continue
    codes = {"".join(nib.aff2axcodes(nib.affines.from_matvec(linear * (1 + 1e-6 * draw.normal(size=(3, 3)))))) for _ in range(8)}
    if len(codes) == 1:
        cases.append(dict(linear=linear.ravel().tolist(), code=codes.pop()))
print("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]")
