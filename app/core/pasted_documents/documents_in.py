"""The documents in a text, however they were copied into it: open this module first.

A text is read as it is; where something in it can't be read, what an editor, a mail program or an
API may have done to it is undone, as long as that makes more of it readable. What is passed over
is said with each document, and each thing that can't be used is said with its line.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.core.frozen import frozen, replace
from app.core.pasted.credentials import PastedCredentials, read_credentials
from app.core.pasted_documents.copied_ways import CopiedWay, undone_ways
from app.core.pasted_documents.kinds import DocumentKind, heading_kind
from app.core.pasted_documents.loose_json import Broken, JsonFault, read_json
from app.core.pasted_documents.outputs import Piece, RoleDetails, pieces_of
from app.core.pasted_documents.pasted import (
    PastedDocument,
    PastedDocuments,
    PastedTrouble,
    Trouble,
)

MOST_TEXT: Final = 1_000_000
"""Characters: the details of a large account, which ``aws iam`` prints as one answer."""

_MOST_ATTEMPTS: Final = 500
_READ_AGAIN: Final = 3
"""How often the length of a text is read at most where much of it is broken."""

_ROUNDS: Final = 3
_FOLLOWED: Final = 4
_SHORT: Final = 100_000
"""Characters: of a longer text only the most promising way is followed further."""

_HEADING: Final = 3
"""Lines before a document in which it may be announced: AWS's console writes two."""

_OPEN: Final = re.compile(r"[{]")
_BEGINS: Final = re.compile(r"\{\s*(?:\Z|[{}\[\]\"'“”„‘’&\\/#.…+>|0-9-]|[\w$]+\s*:)")
"""Begins JSON, well or badly written; another bracket is one of a program or of a template."""

_HEAD: Final = re.compile(
    r"[{]\s*[\"'“”‘’]?(?:Version|Id|Statement|Role|RoleName|Policy|PolicyVersion|PolicyDocument"
    r"|AttachedPolicies|PolicyNames|ServerSideEncryptionConfiguration|KeyMetadata)\b"
)
_HEAD_OF_LINE: Final = re.compile(f"^{_HEAD.pattern}", re.M)
"""Begins a document, and not a part of one, which AWS's consoles and tools indent."""

_WIDEST_HEAD: Final = 200
"""Characters, from the bracket to the first name."""

_ROLE_ARN: Final = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]*[\w+=@-]")
_NO_BUCKET_POLICY: Final = re.compile(r"\bNoSuchBucketPolicy\b")
_NO_ROLE: Final = re.compile(
    r"\bNoSuchEntity\b[^\n]{0,80}\bGetRole\b[^\n]{0,80}"
    r"role with name ([\w+=,.@-]{1,64}) cannot be found"
)
"""What the AWS CLI prints where there is none (IAM and S3 API Reference, errors)."""

_YAML: Final = re.compile(
    r"^[ \t-]*(?:Statement|PolicyDocument|AssumeRolePolicyDocument|Effect):", re.M
)
_TERRAFORM: Final = re.compile(
    r"\bjsonencode\s*\(|\baws_iam_(?:policy|role)|^\s*(?:resource|data|module|locals)\b[^\n]*{"
    r"|^\s*statement\s*{",
    re.M,
)
_TABLE: Final = re.compile(r"^[|+-]{3,}[-+|\s]*$", re.M)
_STATEMENT: Final = frozenset({"Effect", "Action", "NotAction"})


def documents_in(text: str) -> PastedDocuments:
    """Return the documents in ``text``, in its order. Never raises.

    A text with credentials of AWS's in it is not looked at: it must not be kept.
    """
    if not text.strip():
        return PastedDocuments()
    if len(text) > MOST_TEXT:
        return PastedDocuments(troubles=(PastedTrouble(Trouble.TOO_LONG),))
    if isinstance(read_credentials(text), PastedCredentials):
        return PastedDocuments(troubles=(PastedTrouble(Trouble.CREDENTIALS),))
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    best = _best(plain)
    documents = tuple(replace(document, ways=best.ways) for document in best.found.documents)
    other = () if documents else _no_documents(best.text, best.found.troubles)
    return PastedDocuments(documents, other or best.found.troubles)


@frozen
class _Undone:
    """A text after some of what was done to it was undone, and what is in it then."""

    text: str
    found: PastedDocuments
    ways: tuple[CopiedWay, ...] = ()

    @property
    def worth(self) -> tuple[int, int, int]:
        """How much could be read."""
        return _worth(self.found)


def _best(plain: str) -> _Undone:
    """Return ``plain`` as most of it can be read, with as little undone as that takes.

    One thing undone may make nothing readable until another is, so several ways are followed.
    """
    best = _Undone(plain, _found_in(plain))
    followed, seen = [best], {plain}
    for _ in range(_ROUNDS):
        undone = [
            (before, (*each.ways, way))
            for each in followed
            for way, before in undone_ways(each.text)
        ]
        news = dict(reversed([entry for entry in undone if entry[0] not in seen]))
        if not news:
            break
        seen.update(news)
        tried = [_Undone(text, _found_in(text), ways) for text, ways in news.items()]
        tried.sort(key=lambda each: each.worth, reverse=True)
        if tried[0].worth > best.worth:
            best = tried[0]
        elif best.found and not best.found.troubles:
            break
        followed = tried[: _FOLLOWED if len(plain) < _SHORT else 1]
    return best


def _worth(found: PastedDocuments) -> tuple[int, int, int]:
    """Return how much could be read, for comparison."""
    troubles = [trouble.trouble for trouble in found.troubles]
    troubled = sum(trouble is not Trouble.OTHER_JSON for trouble in troubles)
    return len(found.documents), -troubled, -troubles.count(Trouble.UNEXPECTED)


def _found_in(text: str) -> PastedDocuments:
    documents: list[PastedDocument] = []
    troubles: list[PastedTrouble] = []
    outside: list[tuple[str, int]] = []
    at, reached, work = 0, 0, 0
    for _ in range(_MOST_ATTEMPTS):
        opening = _OPEN.search(text, at)
        before = text[at : opening.start() if opening else len(text)]
        outside.append((before, text.count("\n", 0, at) + 1))
        if opening is None:
            break
        start = opening.start()
        read = read_json(text, start)
        if isinstance(read, Broken):
            if start >= reached and _BEGINS.match(text, start):
                troubles.append(_why_broken(text, start, read))
            work, reached = work + read.end - start, max(reached, read.end)
            # What is whole inside of what is not, or after it, is read; but not again and again.
            at = _next_head(text, start + 1 if work < _READ_AGAIN * len(text) else reached)
            continue
        line = text.count("\n", 0, start) + 1
        announced = heading_kind(_last_lines(before))
        pieces = list(pieces_of(read.value))
        documents += [PastedDocument(p, line, announced, read.forgiven) for p in pieces]
        if not pieces:
            troubles.append(PastedTrouble(_what_else(read.value), line))
        at = read.end
    else:
        troubles.append(PastedTrouble(Trouble.TOO_LONG))
    named = (d.piece.role for d in documents if d.piece.role is not None)
    known = {role.arn for role in named}
    for before, line in outside:
        documents += _roles_named(before, line, known)
        documents += _none_there(before, line)
    documents.sort(key=lambda document: document.line)
    return PastedDocuments(tuple(documents), tuple(dict.fromkeys(troubles)))


def _last_lines(text: str) -> str:
    return "\n".join([line for line in text[-2000:].split("\n") if line.strip()][-_HEADING:])


_BROKEN: Final = {reason: Trouble(reason.value) for reason in JsonFault}


def _why_broken(text: str, start: int, read: Broken) -> PastedTrouble:
    """Return why the document at ``start`` can't be read.

    Where the next one begins before it has an end, it is that end which is missing.
    """
    inner = _HEAD_OF_LINE.search(text, start + 1, read.end + _WIDEST_HEAD)
    if inner is None or inner.start() > read.end:
        return PastedTrouble(_BROKEN[read.reason], read.line, read.near)
    last = len(text[: inner.start()].rstrip())
    return PastedTrouble(Trouble.CUT_SHORT, text.count("\n", 0, last) + 1)


def _next_head(text: str, at: int) -> int:
    """Return where the next document begins after one that can't be read."""
    head = _HEAD.search(text, at)
    return head.start() if head else len(text)


def _roles_named(text: str, first: int, known: set[str]) -> Iterator[PastedDocument]:
    """Yield the roles whose ARNs stand outside of the documents; ``text`` begins in a line."""
    for found in _ROLE_ARN.finditer(text):
        arn = found[0]
        if arn not in known:
            known.add(arn)
            details = RoleDetails(arn, arn.rpartition("/")[2])
            line = first + text.count("\n", 0, found.start())
            yield PastedDocument(
                Piece(DocumentKind.ROLE, role=details, arn=arn, name=details.name), line
            )


def _none_there(text: str, first: int) -> Iterator[PastedDocument]:
    """Yield what AWS says there is none of."""
    for shape, kind in ((_NO_BUCKET_POLICY, DocumentKind.BUCKET), (_NO_ROLE, DocumentKind.ROLE)):
        for found in shape.finditer(text):
            name = found[1] if kind is DocumentKind.ROLE else ""
            line = first + text.count("\n", 0, found.start())
            yield PastedDocument(Piece(kind, is_none=True, name=name), line)


def _what_else(value: object) -> Trouble:
    if isinstance(value, dict):
        if _STATEMENT & value.keys():
            return Trouble.STATEMENT_ALONE
        if "Resources" in value or "AWSTemplateFormatVersion" in value:
            return Trouble.TEMPLATE
    return Trouble.OTHER_JSON


def _no_documents(text: str, troubles: tuple[PastedTrouble, ...]) -> tuple[PastedTrouble, ...]:
    """Return what a text without documents is; nothing where its ``troubles`` tell more."""
    shapes = (
        (_TERRAFORM, Trouble.TERRAFORM),
        (_YAML, Trouble.YAML),
        (_TABLE, Trouble.TABLE),
    )
    known = next((trouble for shape, trouble in shapes if shape.search(text)), None)
    if known is None and troubles:
        return ()
    return (PastedTrouble(known or Trouble.TEXT),)
