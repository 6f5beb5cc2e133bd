"""The config and credentials files of this computer, looked for where botocore looks for them."""

import errno
from pathlib import Path
from typing import Final

from botocore.session import Session

from app.aws.transport.config_reader import expanded
from app.core.aws_files.files import AwsFiles, FileKind, FoundFile, Unusable
from app.files.reading import INPUT_AT_MOST, read_bytes

_LIKE: Final = ("{}.txt", "{}.ini", "{}.cfg", "{}.csv", "{}.rtf", "{}.txt.txt", ".{}")
"""How editors and people call a file of that name."""

_ALSO_LIKE: Final = {
    FileKind.CREDENTIALS: ("credential", "Credentials", "credentials.", "aws_credentials"),
    FileKind.CONFIG: ("Config", "configuration", "aws_config"),
}


def found_files(session: Session | None = None) -> AwsFiles:
    """Return both files as they are now; what can't be read says why. Never raises."""
    session = session or Session()
    return AwsFiles(
        _found(FileKind.CONFIG, str(session.get_config_variable("config_file"))),
        _found(FileKind.CREDENTIALS, str(session.get_config_variable("credentials_file"))),
    )


def _found(kind: FileKind, setting: str) -> FoundFile:
    path = Path(expanded(setting))
    content = read_bytes(path, INPUT_AT_MOST)
    if isinstance(content, bytes):
        return FoundFile(kind, str(path), content)
    if content.missing:
        return FoundFile(kind, str(path), None, _beside(path, kind))
    return FoundFile(kind, str(path), _why_not(path))


def _why_not(path: Path) -> Unusable | None:
    """Return why a file that is there can't be read; None for a device, such as /dev/null."""
    try:
        if path.is_dir():
            return Unusable.FOLDER
        if not path.is_file():
            return None
        return Unusable.TOO_LARGE if path.stat().st_size > INPUT_AT_MOST else Unusable.FORBIDDEN
    except (OSError, ValueError) as error:
        forbidden = getattr(error, "errno", None) in (errno.EACCES, errno.EPERM)
        return Unusable.FORBIDDEN if forbidden else None


def _beside(path: Path, kind: FileKind) -> tuple[str, ...]:
    if path.name != kind.value:
        return ()
    names = [*(form.format(kind.value) for form in _LIKE), *_ALSO_LIKE[kind]]
    try:
        there = {entry.name for entry in path.parent.iterdir() if entry.is_file()}
    except OSError:
        return ()
    return tuple(name for name in names if name in there)
