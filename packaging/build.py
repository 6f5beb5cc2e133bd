"""Builds the program that needs no Python, for the system that this runs on.

``python3 packaging/build.py`` sets up ``.venv`` as the start does, then makes under ``dist/`` the
folder that runs by itself, its archives, the list of what is in it (SBOM) and checksums. It ends
with 1 where the build is beyond its limits of size and start. Readable to Python 3.6, as start.py.
"""

import os
import subprocess
import sys

import start

USAGE = """\
python3 packaging/build.py [--out DIR] [--without-practice] [--quick]
    --out DIR            where everything goes, in place of dist/
    --without-practice   leave the practice AWS out
    --quick              the folder alone: no archives, lists, measurements and limits"""


def main(arguments: "list[str]") -> int:
    """Set up, then build; return the exit status (2: it can't be done that way)."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    version = (sys.version_info[0], sys.version_info[1])
    problem = start.python_problem(sys.implementation.name, version, arguments)
    if problem:
        return start.stop(problem.replace("start.py", "build.py"), 2)
    problem = start.set_up(window=False, testing=False, building=True)
    if problem:
        return start.stop(problem, 1)
    steps = str(start.ROOT / "packaging" / "build_steps.py")
    environment = dict(os.environ)
    environment.pop("PYTHONHOME", None)
    environment.pop("PYTHONPATH", None)
    return subprocess.call([start.program("python"), steps, *arguments], env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
