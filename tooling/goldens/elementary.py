"""Goldens of packages/core/src/math.ts: arguments and correctly rounded results, by mpmath at 2000 bits."""

import json
import random

from mpmath import mp, mpf

mp.prec = 2000
draw = random.Random(20240611)


def signed(low, high):
    """A number of either sign whose size is log-uniform."""
    return draw.choice([-1, 1]) * 2 ** draw.uniform(low, high)


exponents = [signed(-60, 9.4) for _ in range(150)] + [709.782712893384, -708.4, -740.0, -745.1, 1e-320, 0.34657359027997264]
positives = [2 ** draw.uniform(-1074, 1023.9) for _ in range(100)] + [1 + signed(-52, -1.5) for _ in range(100)]
positives += [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.9999999999999999, 1.0000000000000002, 2.0, 10.0]
angles = [signed(-40, 19.9) for _ in range(200)] + [k * 1.5707963267948966 for k in range(1, 40)] + [1e-310, 0.7853981633974484, 999999.9]
degrees = [signed(-20, 13) for _ in range(200)] + [30.0, 45.0, -60.0, 89.99999999999999, 180.00000000000003, 1e-200]
powers = [(2 ** draw.uniform(-8, 8), signed(-4, 6)) for _ in range(150)]
powers += [(1 + signed(-30, -1.5), signed(0, 12)) for _ in range(150)]
powers += [(2 ** draw.uniform(-1074, 1023), signed(-8, -0.1)) for _ in range(60)]
powers += [(2.0, -1074.0), (0.5, 1060.5), (10.0, -320.0), (1.0000000000000002, 2.0**58), (5e-324, 0.9), (0.7071067811865476, 2000.0)]
powers = [(x, y) for x, y in powers if -745 < y * mp.log(mpf(x)) < 709.7]

table = {
    "exp": [(x, float(mp.exp(mpf(x)))) for x in exponents],
    "log": [(x, float(mp.log(mpf(x)))) for x in positives],
    "sin": [(x, float(mp.sin(mpf(x)))) for x in angles],
    "cos": [(x, float(mp.cos(mpf(x)))) for x in angles],
    "sinDegrees": [(x, float(mp.sin(mpf(x) * mp.pi / 180))) for x in degrees],
    "cosDegrees": [(x, float(mp.cos(mpf(x) * mp.pi / 180))) for x in degrees],
    "pow": [(x, y, float(mp.power(mpf(x), mpf(y)))) for x, y in powers],
}
print("{" + ",\n".join(f'"{name}": {json.dumps(rows)}' for name, rows in table.items()) + "}")
