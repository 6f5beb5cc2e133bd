"""What keeps the AWS tools from reading a file at all: its place, its encoding, one odd line."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.aws_files.files import FileKind, ParsedFile
from app.core.aws_files.lines import OddKind, OddLine
from app.core.settings_mistake import SettingsMistake

_JSON: Final = re.compile(r"\s*[{\[]\s*(?:[\"{}\[\]]|\Z)")
_CSV: Final = re.compile(r"[\"']?(?:user ?name|access key id|aws ?access ?key ?id)\b.*[,;\t]", re.I)
_SHELL: Final = re.compile(r"(?:export|set|setx|\$env:)\s*AWS_\w+", re.I)
_DIALOGUE: Final = re.compile(
    r"(?:aws (?:access key|secret access key)|default (?:region|output))"
    r"[\w ]*\[[^\]]*\]",
    re.I,
)
_NAME: Final = r"[\w .@-]{1,60}"
"""What may be shown of a line that is wrong: the rest of it may be a key."""

_CODES: Final = {
    OddKind.TWICE_SECTION: "twice-section",
    OddKind.TWICE_SETTING: "twice-setting",
    OddKind.NESTED: "indented",
}


def file_mistakes(file: ParsedFile) -> Iterator[SettingsMistake]:
    """Yield why the AWS tools read nothing of ``file``: the most exact reason alone."""
    if file.unusable is not None:
        yield file.mistake(file.unusable.value, None)
    elif file.undecodable is not None:
        before = file.undecodable.object[: file.undecodable.start]
        yield file.mistake("encoding", before.count(b"\n") + 1)
    elif not file.exists and file.beside:
        yield file.mistake("file-name", None, file.beside[0])
    elif file.text.startswith("{\\rtf"):
        yield file.mistake("rich-text", 1)
    elif _JSON.match(file.text):
        yield file.mistake("json", 1)
    elif file.parsed.odd:
        yield _odd(file, file.parsed.odd[0])


def _odd(file: ParsedFile, odd: OddLine) -> SettingsMistake:
    """Return what the odd line is. Its text is in no mistake: it may be a key."""
    if odd.kind in _CODES:
        name = odd.name if re.fullmatch(_NAME, odd.name) else ""
        return file.mistake(_CODES[odd.kind], odd.line, name)
    for code, pattern in (("csv", _CSV), ("shell", _SHELL), ("dialogue", _DIALOGUE)):
        if pattern.match(odd.text):
            return file.mistake(code, odd.line, instead=_section_to_write(file))
    if odd.text.startswith("["):
        return file.mistake("open-bracket", odd.line)
    if odd.kind is OddKind.BEFORE_HEADER and re.search("[=:]", odd.text):
        return file.mistake("no-section", odd.line, instead=_section_to_write(file))
    if odd.kind is OddKind.BEFORE_HEADER:
        return file.mistake("no-settings-file", odd.line, instead=_section_to_write(file))
    return file.mistake("stray-line", odd.line)


def _section_to_write(file: ParsedFile) -> str:
    has_default = any(section.name == "default" for section in file.sections)
    if not has_default:
        return "[default]"
    return "[profile work]" if file.kind is FileKind.CONFIG else "[work]"
