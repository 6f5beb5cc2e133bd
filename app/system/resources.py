"""Where the program's resources are: beside the code in a clone, inside the package elsewhere."""

from pathlib import Path

import app


def resources_folder() -> Path:
    """Return the folder that holds translations, icons and wording.

    An installed or bundled program has it inside the package, a clone at its top.
    """
    package = Path(app.__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
