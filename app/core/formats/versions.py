"""How a file of an older version becomes one of this version: by a table of steps, one by one.

``steps[1]`` makes version 2 of version 1, and so on; a file of this version takes none. A newer
file is left to the newer program that wrote it (``InputProblem.is_newer``).
"""

from collections.abc import Callable, Mapping

from app.core.formats.reading import FormatError, JsonObject
from app.core.frozen import replace
from app.core.i18n import tr

Fields = Mapping[str, object]
Migrations = Mapping[int, Callable[[Fields], Fields]]
"""What each version changes: from the fields of one to those of the next."""


def migrated(top: JsonObject, name: str, version: int, steps: Migrations) -> JsonObject:
    """Return the whole file ``top`` of the format ``name`` as it is written in ``version``.

    Raises ``FormatError`` where it is of another format, of a newer version, or of one that no
    step leads on from.
    """
    top.expect_format(name, version, at_least=min(steps, default=version))
    number = top.count("version")
    fields = top.fields
    while number < version:
        step = steps.get(number)
        if step is None:
            sentence = tr(
                "this program reads version {expected} of this file, and this is {found}."
            )
            raise FormatError(sentence.format(expected=version, found=number))
        number += 1
        fields = {**step(fields), "version": number}
    return replace(top, fields=fields)
