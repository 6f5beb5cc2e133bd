"""Our statements in a permissions policy, and what is left of the policy without them.

Ours is what the guide's Step 3 writes, for the buckets of the draft: whose a statement is can't be
told from anything else, since a Sid is lost in the console's visual editor. Everything else is
somebody's. Sources: the guide's Step 3, "Restricting access to a specific folder" and "Granting
access to multiple buckets".
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from app.core.diagnosis.s3_patterns import S3Pattern, s3_patterns
from app.core.documents.additions import TAGGING_ACTIONS, TAGGING_SID
from app.core.documents.statements import RawStatement, allows, statements_in, with_statements
from app.core.frozen import frozen
from app.core.guide import LIST_ACTION, OBJECT_ACTIONS
from app.core.iam.json_text import as_list, one_or_list, strings

_LIST: Final = frozenset({LIST_ACTION.lower()})
_OBJECTS: Final = frozenset(action.lower() for action in OBJECT_ACTIONS)
_TAGGING: Final = frozenset(action.lower() for action in TAGGING_ACTIONS)
_GUIDES_SIDS: Final = ("ListBucket", "ObjectOperations", TAGGING_SID)
"""How the Sids of our statements begin; a number may follow, or the ``s`` of several buckets."""


@frozen
class Rest:
    """A permissions policy without our statements; those of others are to the letter.

    ``document`` is None where nothing is left of it. ``has_ours`` tells that something was taken
    out, ``others`` names each statement that is left: its Sid, or else what it is about.
    """

    document: Mapping[str, object] | None
    has_ours: bool
    others: tuple[str, ...]


def without_ours(
    document: Mapping[str, object], buckets: Collection[str], *, shared: bool = True
) -> Rest:
    """Return what is left of a permissions policy without our statements for ``buckets``.

    Of a statement that is about other buckets as well only ours are taken out. Where the policy
    is not ``shared``, nobody but UbiQuity ever could use it: then whatever allows S3 actions on
    ``buckets`` alone is ours too, as people leave the guide's statements.
    """
    statements = statements_in(document)
    left = [rest for s in statements if (rest := _left_of(s, buckets, shared=shared)) is not None]
    return Rest(
        with_statements(document, left) if left else None,
        has_ours=left != statements,
        others=tuple(dict.fromkeys(_name(statement) for statement in left)),
    )


def connector_buckets(documents: Iterable[object]) -> tuple[str, ...]:
    """Return the buckets on which ``documents`` grant all that a connector needs, each once.

    Both the listing and the three actions on objects, as the guide writes them.
    """
    listed: dict[str, None] = {}
    used: dict[str, None] = {}
    for document in documents:
        for statement in statements_in(document):
            if isinstance(statement, Mapping) and _has_shape(statement):
                names = listed if _actions(statement) == _LIST else used
                names.update(dict.fromkeys(p.bucket for p in _patterns(statement)))
    return tuple(name for name in used if name in listed)


def _left_of(statement: object, buckets: Collection[str], *, shared: bool) -> object | None:
    """Return the statement without ``buckets``: as it is, or None where nothing is left."""
    if not isinstance(statement, Mapping):
        return statement
    if not shared and _is_about(statement, buckets):
        return None
    if not _has_shape(statement):
        return statement
    foreign = [p.text for p in _patterns(statement) if not _is_ours(p, buckets)]
    if len(foreign) == len(as_list(statement["Resource"])):
        return statement
    return {**statement, "Resource": one_or_list(foreign)} if foreign else None


def _has_shape(statement: RawStatement) -> bool:
    """Tell whether the guide writes such a statement, whatever buckets it is about."""
    actions = _actions(statement)
    return (
        allows(statement, ("Action", "Resource", "Condition"))
        and _has_guides_actions(statement, actions)
        and _has_guides_condition(statement, actions)
        and all(_is_plain(pattern) for pattern in _patterns(statement))
        and bool(_patterns(statement))
    )


def _actions(statement: RawStatement) -> frozenset[str]:
    return frozenset(action.lower() for action in strings(statement.get("Action")) or ())


def _has_guides_actions(statement: RawStatement, actions: frozenset[str]) -> bool:
    """Tell whether the actions are the guide's; under one of our Sids some of them are enough."""
    if actions in (_LIST, _OBJECTS):
        return True
    ours = str(statement.get("Sid", "")).startswith(_GUIDES_SIDS)
    return ours and bool(actions) and any(actions <= each for each in (_OBJECTS, _TAGGING))


def _has_guides_condition(statement: RawStatement, actions: frozenset[str]) -> bool:
    """Tell whether there is no condition, or the guide's on the folders that are listed."""
    if "Condition" not in statement:
        return True
    condition = statement["Condition"]
    tests = condition.get("StringLike") if isinstance(condition, Mapping) else None
    is_guides = isinstance(condition, Mapping) and list(condition) == ["StringLike"]
    folders = isinstance(tests, Mapping) and list(tests) == ["s3:prefix"]
    return actions == _LIST and is_guides and folders


def _patterns(statement: RawStatement) -> tuple[S3Pattern, ...]:
    return s3_patterns(strings(statement.get("Resource")) or ())


def _is_plain(pattern: S3Pattern) -> bool:
    """Tell whether a resource is in one bucket, whose name is written out."""
    return pattern.bucket != pattern.text and not set(pattern.bucket) & set("*?$")


def _is_ours(pattern: S3Pattern, buckets: Collection[str]) -> bool:
    return pattern.bucket in buckets or pattern.is_placeholder


def _is_about(statement: RawStatement, buckets: Collection[str]) -> bool:
    """Tell whether a statement allows actions of S3 on ``buckets`` and nothing else."""
    actions, patterns = _actions(statement), _patterns(statement)
    return (
        statement.get("Effect") == "Allow"
        and bool(actions)
        and all(action.startswith("s3:") for action in actions)
        and bool(patterns)
        and all(_is_plain(pattern) and _is_ours(pattern, buckets) for pattern in patterns)
    )


def _name(statement: object) -> str:
    if not isinstance(statement, Mapping):
        return "?"
    return next(_names(statement), "?")


def _names(statement: RawStatement) -> Iterator[str]:
    sid = statement.get("Sid")
    if isinstance(sid, str) and sid:
        yield sid
    for element in ("Resource", "NotResource", "Action", "NotAction"):
        yield from strings(statement.get(element)) or ()
