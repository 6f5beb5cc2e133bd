"""A text as it was before a terminal, a log or a mail program framed and broke it.

``unwrapped`` takes off what stands before and behind each line (Terraform's box, Markdown's
quotes, a log's time, level and logger, colours), and joins the lines. Where a break fell into the
middle of a word, an ARN or an address, nothing is put between its halves.
"""

import re
from itertools import pairwise, takewhile
from typing import Final

_COLOURS: Final = re.compile(
    r"(?:\x1b|\u241b|\\x1b|\\033|\\e|\^\[|#033)(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\))"
    r"|\[\d{1,3}(?:;\d{1,3}){0,4}m"
)
"""What a terminal is told by (ECMA-48), also where the log made its first letter visible."""

_BREAKING_TAG: Final = re.compile(
    r"</?(?:br|p|div|pre|tr|td|th|table|tbody|li|ul|ol|blockquote|html|body|head|hr|h[1-6]|meta|"
    r"code|tt|o:p)(?:\s[^<>]{0,500})?/?>"
)
_PASSING_TAG: Final = re.compile(
    r"</?(?:span|b|i|em|strong|font|a|u|wbr|mark)(?:\s[^<>]{0,500})?/?>"
)

_BAR: Final = "│┃║▌▎▏▐╎┆┊"
_RULE: Final = re.compile(rf"[\s{_BAR}╷╵╭╰╮╯├└┌┐┘┬┴┼─━═|+=_*#~'-]*|(?:```|'''|~~~)\w*")
"""A line that is nothing but a frame."""

_TIME: Final = (
    r"[\[(]?(?:\d{2,4}[-/.]\d\d[-/.]\d{2,4}[T ,_]{1,2})?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
    r"(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?[\])]?"
)
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_LEVEL: Final = (
    r"[\[(<]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE|stderr|stdout)"
    r"[\])>]?"
)
_STARTS: Final = re.compile(
    rf"[ \t]*(?:[{_BAR}>|] ?"
    rf"|(?:{_TIME}|{_MONTH} {{1,2}}\d{{1,2}} {_TIME} [\w.-]{{1,80}} [\w./-]{{1,80}}(?:\[\d+\])?:)"
    r"(?:[ \t]?[:,-](?=\s))?(?: |$)"
    rf"|{_LEVEL}(?:(?<=[\])>])|[ \t]*[:|-])(?: |$)"
    r"|[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ [\w.]{1,80}:\d+\] ?"
    r"|[\w.-]{1,60} +\| ?|\[(?:pod|container)/[^\]\s]{1,200}\] ?"
    r"|(?:time=\"[^\"]{1,40}\"|ts=\S{1,40}|level=\w{1,10}) ?(?:msg=\"?)?"
    r"|##\[\w{1,10}\]|::error[^:]{0,200}::|[#*+•-] )"
)
"""What stands before a line: a quote's bar, a time, a level, the name of a container."""

_STARTS_AFTER_A_TIME: Final = re.compile(
    rf"[ \t]*(?:{_LEVEL}|\[[^\[\]\s]{{1,80}}\]|\{{[\w./-]{{1,80}}:\d{{1,6}}\}}|-)(?: - |[: ] ?|$)"
)
"""A level, a thread, a logger or a file, only behind a time: alone it may be "[Errno 8]"."""

_QUOTED: Final = re.compile(r"[ \t]*\"([^\"]*(?:\"[^\":,][^\"]*)*)\",?[ \t]*")
"""A line that is a text of a list, in JSON or a program's source."""

_SENTENCES: Final = """
    user is not authorized to perform on resource the this because no identity based policy
    policies allows allow action actions with an explicit deny in a permissions boundary service
    control role trust session vpc endpoint transitively through associated ciphertext does exist
    region explicitly denies access denied error occurred when calling operation request status code
    response api message host id arn https statuscode requestid extended proxy null operation
    resources based
    alias found invalid key called name already exists was wrong expecting disabled pending deletion
    import quota for versions have up can be cannot managed url profile config could file parse
    validation failed requested sso login expired connect timeout unable locate credentials
    amazon s3 sts kms iam at from file caused by more forbidden doesn match

    assumerole tagsession getcalleridentity getobject putobject headobject headbucket listobjects
    listobjectsv2 listbucket deleteobject deleteobjects copyobject createmultipartupload uploadpart
    getbucketlocation listbuckets createbucket getobjecttagging putobjecttagging decrypt describekey
    generatedatakey encrypt getkeypolicy putkeypolicy getrole createrole updateassumerolepolicy
    createpolicy attachrolepolicy getbucketpolicy getrolepolicy

    accessdenied accessdeniedexception invalidclienttokenid expiredtoken signaturedoesnotmatch
    nosuchbucket nosuchentity invalidaccesskeyid permanentredirect unauthorizedoperation
"""
_WORDS: Final = frozenset(_SENTENCES.split())
"""The words that AWS's sentences are read by: halves of these belong together."""

_ADDRESS: Final = re.compile(r"\W*(?:arn:|https?://)")
_ACTION: Final = re.compile(r"\W?(?:s3|sts|kms|iam):\w+$")
_REST_OF_ADDRESS: Final = re.compile(r"^[\w.]*[:/.=@-]\w")
_HOST: Final = "amazonaws.com"
_AROUND: Final = ".,:;!?()[]{}<>'\""
_LONGEST_WORD: Final = 40
_LONGEST_NAME: Final = 200
_PAIR: Final = 2
_WIDE: Final = 60
"""Two lines alone say little of a width: a shorter first one is taken for a line of its own."""


def unwrapped(text: str) -> str:
    """Return ``text`` on a single line, without frames, its lines joined as they were broken."""
    lines = bare_lines(text)
    return "".join(_with_seams(lines))


def closed_up(text: str) -> str:
    """Return ``text`` with nothing at all between its lines, to find a word broken in two."""
    return "".join(line.strip() for line in bare_lines(text))


def bare_lines(text: str) -> list[str]:
    """Return the lines of ``text`` that say something, each without its frame."""
    plain = _PASSING_TAG.sub("", _BREAKING_TAG.sub("\n", _COLOURS.sub("", text)))
    framed = [line.expandtabs(4) for line in plain.splitlines() if not _RULE.fullmatch(line)]
    return _dedented([_bare(line) for line in framed])


def _bare(line: str) -> str:
    """Return ``line`` without what a frame or a log put around it."""
    trimmed = line.rstrip()
    if trimmed.endswith(" |" if line.lstrip().startswith("|") else tuple(_BAR)):
        line = trimmed[:-1].rstrip()
    if quoted := _QUOTED.fullmatch(line):
        line = quoted[1]
    is_logged = False
    while start := _STARTS.match(line) or (_STARTS_AFTER_A_TIME.match(line) if is_logged else None):
        is_logged = is_logged or any(char.isalnum() for char in start[0])
        line = line[start.end() :]
    return line


def _dedented(lines: list[str]) -> list[str]:
    """Return ``lines`` without the indent that all behind the first one share."""
    kept = [line for line in lines if line.strip()]
    indents = [len(line) - len(line.lstrip(" ")) for line in kept[1:]]
    shared = min(indents, default=0)
    return kept[:1] + [line[shared:] for line in kept[1:]]


def _with_seams(lines: list[str]) -> list[str]:
    """Return ``lines`` with what belongs between each and the next."""
    parts = lines[:1]
    for place, (above, line) in enumerate(pairwise(lines)):
        parts += ["" if _is_broken_word(above, line, lines, place) else " ", line]
    return parts


def _is_broken_word(above: str, line: str, lines: list[str], place: int) -> bool:
    """Tell whether the break between ``above`` and ``line`` fell into the middle of something."""
    if not above or not line or above[-1].isspace() or line[0].isspace():
        return False
    if re.fullmatch(r"\w[-/_]", above[-2:]) or re.match(r"[-/:_]\w|[:,.;)](?: |$)", line):
        return not line[0].isupper()
    start = _first_word(line[:_LONGEST_WORD])
    end = _first_word(above[: -_LONGEST_WORD - 1 : -1])[::-1]
    are_words = (end in _WORDS, start in _WORDS)
    if _is_within(_HOST, above, line):
        return True
    if end and start and end + start in _WORDS and not all(are_words):
        return True
    left = above[-_LONGEST_NAME:].rpartition(" ")[2].lstrip(_AROUND)
    right = line[:_LONGEST_NAME].partition(" ")[0].rstrip(_AROUND)
    if _ADDRESS.match(left) and _REST_OF_ADDRESS.search(right):
        return True
    if _ACTION.match(left) and start and not any(are_words):
        return True
    if any(are_words) or not _is_in_a_name(left, right):
        return False
    return _is_full(lines, place) and not line[0].isupper()


def _is_within(word: str, above: str, line: str) -> bool:
    """Tell whether the break fell into the middle of ``word``."""
    left, right = above[1 - len(word) :].lower(), line[: len(word) - 1].lower()
    return word in left + right


def _is_in_a_name(end: str, start: str) -> bool:
    """Tell whether what is broken looks like an ARN, an address or an id, not like prose."""
    return end[-1:] not in _AROUND and any(c in ":/._@=-" or c.isdecimal() for c in end + start)


def _is_full(lines: list[str], place: int) -> bool:
    """Tell whether the line at ``place`` ends where it had to: its neighbours are as long."""
    width = len(lines[place])
    if len(lines) == _PAIR:
        return width >= _WIDE
    before = lines[place - 1] if place else ""
    behind = lines[place + 1] if place + 2 < len(lines) else ""
    return any(len(line) in (width - 1, width) for line in (before, behind))


def _first_word(text: str) -> str:
    return "".join(takewhile(str.isalnum, text.lower()))
