"""Makes goldens again: all of them, or those of some scripts.

    python3 -m venv /tmp/goldens && /tmp/goldens/bin/pip install -r tooling/goldens/requirements.txt
    /tmp/goldens/bin/python tooling/goldens/make.py [affine blur …]

With --check it writes nothing, and exits 1 with the names of those that would have other bytes. Those of packages/io are made by io.py,
which reads files that are not in the repository, and formats.py.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = HERE.parents[1] / "packages"
SCRIPTS = {
    "core": "orientation",
    "geometry": "affine conform crop cubic extensions flip integers pad reorient resample resample_to resize rotate scale shift vote",
    "elastic": "displacement_field elastic_deformation elastic_noise",
    "intensity": "blur clip_percentile clip_range gamma rescale_intensity zscore",
}
FILES = {
    script: PACKAGES / package / "src/goldens" / f"{script.replace('_', '-')}.json"
    for package, scripts in SCRIPTS.items()
    for script in scripts.split()
} | {"elementary": HERE / "elementary.json"}

check = "--check" in sys.argv
asked = [name for name in sys.argv[1:] if name != "--check"] or FILES
others = []
for script in asked:
    # Whole before it is written: a script that fails leaves its golden as it was.
    made = subprocess.run([sys.executable, "-B", HERE / f"{script}.py"], check=True, stdout=subprocess.PIPE).stdout
    if not FILES[script].exists() or FILES[script].read_bytes() != made:
        others.append(script)
        if not check:
            FILES[script].write_bytes(made)
print("other bytes:" if others else "the same bytes", *others)
sys.exit(1 if check and others else 0)
