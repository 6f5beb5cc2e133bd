"""botocore's reading of the config and credentials files, for what Windows' editors save as well.

botocore reads both through ``configloader.raw_config_parse``, at five places that take no other.
So that function is replaced, once for the process: a file that begins with a byte-order mark or is
in UTF-16 is read here, every other one by botocore itself, to the letter.
"""

import configparser
import os
from collections.abc import Callable, Mapping
from typing import Any, Final

from botocore import configloader
from botocore.exceptions import ConfigParseError

from app.core.pasted.decoding import decoded, is_plain
from app.files.reading import SMALL, FileProblem, read_bytes

Parsed = dict[str, dict[str, Any]]

_BOTOCORES: Final[Callable[..., Parsed]] = configloader.raw_config_parse


def read_marked_files() -> None:
    """Let every session of botocore read such files; calling it again changes nothing."""
    vars(configloader)["raw_config_parse"] = _raw_config_parse


def expanded(path: str) -> str:
    """Return a path of the settings as botocore understands it: with variables, and ``~``."""
    return os.path.expanduser(os.path.expandvars(path))  # noqa: PTH111 - in botocore's order


def _raw_config_parse(config_filename: str | None, parse_subsections: bool = True) -> Parsed:
    content = None if config_filename is None else read_bytes(expanded(config_filename), SMALL)
    if content is None or isinstance(content, FileProblem) or is_plain(content):
        return _BOTOCORES(config_filename, parse_subsections)
    path = expanded(str(config_filename))
    text = decoded(content)
    if isinstance(text, UnicodeDecodeError):
        raise ConfigParseError(path=path, error=text) from None
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text.replace("\r\n", "\n").replace("\r", "\n"), source=path)
    except configparser.Error as error:
        raise ConfigParseError(path=path, error=error) from None
    return {
        section: {
            name: _value(parser.get(section, name), path) if parse_subsections else value
            for name, value in _settings(parser, section).items()
        }
        for section in parser.sections()
    }


def _settings(parser: configparser.RawConfigParser, section: str) -> Mapping[str, str]:
    return {name: parser.get(section, name) for name in parser.options(section)}


def _value(value: str, path: str) -> str | dict[str, str]:
    """Return ``value``, or the settings in it where it is empty with indented lines below."""
    if not value.startswith("\n"):
        return value
    pairs = [line.strip().partition("=") for line in value.splitlines() if line.strip()]
    if not all(equals for _, equals, _ in pairs):
        raise ConfigParseError(path=path, error=ValueError("a line under an empty setting"))
    return {name.strip(): setting.strip() for name, _, setting in pairs}
