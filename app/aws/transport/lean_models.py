"""botocore's descriptions of AWS, read so that they take a fifth of the memory.

They are what a client costs: S3's and IAM's with the rules of their addresses and the list of all
endpoints took 15 MB (``tests/benchmarks/loop_pauses.py``). botocore makes an ``OrderedDict`` of
each object in them, and keeps every word of their documentation, and the same few parts thousands
of times. Here they are plain dicts, which keep their order too; words are left out, and equal parts
are one.
"""

import gzip
import json
from pathlib import Path
from typing import Any, Final

from botocore.loaders import ExtrasProcessor, JSONFileLoader

_REPEATING: Final = ("service-2", "endpoint-rule-set-1")
"""The files that say the same over and over: of others little would be saved, in more time."""


class LeanFiles(JSONFileLoader):
    """Reads the files as botocore does, for models that nothing changes."""

    def load_file(self, file_path: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what the file says, ``file_path`` being without its ending; None for no file."""
        model = _read(file_path)
        if not file_path.endswith(_REPEATING):
            return model
        # botocore merges what belongs to a file into the model; merged before, equal parts can be
        # one: its own merge changes nothing any more.
        extras = _read(f"{file_path}.sdk-extras")
        if extras is not None:
            ExtrasProcessor().process(model, [extras])
        return _shared(model, {})


def _read(file_path: str) -> Any:  # noqa: ANN401 - any JSON
    for ending, opened in ((".json", open), (".json.gz", gzip.open)):
        if Path(file_path + ending).is_file():
            with opened(file_path + ending, "rb") as file:
                return json.loads(file.read())
    return None


def _shared(value: Any, seen: dict[object, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Return ``value`` made of the equal parts in ``seen``; what is not there yet is added."""
    if isinstance(value, dict):
        parts = {
            seen.setdefault(name, name): ""
            if name == "documentation" and isinstance(part, str)
            else _shared(part, seen)
            for name, part in value.items()
        }
        # What is in it is in ``seen``, and stays there: its identity stands for it.
        return seen.setdefault((dict, *((name, id(part)) for name, part in parts.items())), parts)
    if isinstance(value, list):
        items = [_shared(item, seen) for item in value]
        return seen.setdefault((list, *map(id, items)), items)
    if isinstance(value, str):
        return seen.setdefault(value, value)
    return seen.setdefault((type(value), value), value)
