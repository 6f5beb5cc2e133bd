"""The bucket entries of a permissions policy that has the guide's shape, read back out of it.

Only what is certain to be read right is: a document that says anything else is left to the
letter. Sources: the guide's Step 3, "Restricting access to a specific folder" and "Granting
access to multiple buckets".
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from app.core.diagnosis.s3_patterns import S3Pattern, s3_patterns
from app.core.documents.additions import TAGGING_ACTIONS
from app.core.documents.policies import POLICY_VERSION
from app.core.documents.statements import RawStatement, allows, statements_in
from app.core.draft import BucketEntry
from app.core.frozen import frozen
from app.core.guide import LIST_ACTION, OBJECT_ACTIONS
from app.core.iam.json_text import strings
from app.core.iam.variables import parse_template

_LIST: Final = {LIST_ACTION.lower()}
_OBJECTS: Final = {action.lower() for action in OBJECT_ACTIONS}
_TAGGING: Final = {action.lower() for action in TAGGING_ACTIONS}
_ELEMENTS: Final = ("Action", "Resource", "Condition")
_WHOLE: Final = ""


class _OtherwiseError(Exception):
    """The document says something that no entry says."""


@frozen
class GrantedFolders:
    """What a policy of the guide's shape grants: folders by bucket, ``""`` for the whole of it.

    ``others`` are its statements about tags, which are an addition and stay as they are.
    """

    listed: Mapping[str, tuple[str, ...]]
    objects: Mapping[str, tuple[str, ...]]
    others: tuple[RawStatement, ...]

    def entries(self) -> Iterator[BucketEntry]:
        """Yield an entry for each folder, or bucket, that is both listed and read."""
        for bucket, folders in self.objects.items():
            both = [folder for folder in folders if folder in self.listed.get(bucket, ())]
            if _WHOLE in both:
                yield BucketEntry(bucket, "")
                continue
            for folder in both:
                yield BucketEntry(bucket, "", folder, restrict_to_prefix=True)

    def covers(self, other: "GrantedFolders") -> bool:
        """Tell whether all that ``other`` grants is granted here as well."""
        return _covers(self.listed, other.listed) and _covers(self.objects, other.objects)


def _covers(wide: Mapping[str, tuple[str, ...]], narrow: Mapping[str, tuple[str, ...]]) -> bool:
    return all(
        any(folder.startswith(outer) for outer in wide.get(bucket, ()))
        for bucket, folders in narrow.items()
        for folder in folders
    )


def granted_folders(document: object, buckets: Collection[str] = ()) -> GrantedFolders | None:
    """Return what a document of the guide's shape grants, None where it has another shape.

    What grants nothing (objects without ``/*``, a listing of objects) is dropped, and so are
    the guide's placeholders, but for ``buckets``.
    """
    if not isinstance(document, Mapping) or document.get("Version") != POLICY_VERSION:
        return None
    reading = _Reading(buckets)
    try:
        for statement in statements_in(document):
            reading.read(statement)
    except _OtherwiseError:
        return None
    return GrantedFolders(_once(reading.listed), _once(reading.objects), tuple(reading.others))


def _once(folders_by_bucket: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {bucket: tuple(dict.fromkeys(folders)) for bucket, folders in folders_by_bucket.items()}


class _Reading:
    """The folders while the statements are read."""

    def __init__(self, buckets: Collection[str]) -> None:
        self._buckets = buckets
        self.listed: dict[str, list[str]] = {}
        self.objects: dict[str, list[str]] = {}
        self.others: list[RawStatement] = []

    def read(self, statement: object) -> None:
        """Add what a statement grants; raises _OtherwiseError for one that the guide has not."""
        if not isinstance(statement, Mapping) or not allows(statement, _ELEMENTS):
            raise _OtherwiseError
        actions = {action.lower() for action in strings(statement.get("Action")) or ()}
        if actions and actions <= _TAGGING:
            self.others.append(statement)
        elif actions == _LIST:
            folders = _folders(statement.get("Condition"))
            for pattern in self._patterns(statement):
                if pattern.key is None:
                    self.listed.setdefault(pattern.bucket, []).extend(folders)
        elif actions == _OBJECTS and "Condition" not in statement:
            for pattern in self._patterns(statement):
                if pattern.key is not None:
                    self.objects.setdefault(pattern.bucket, []).append(_folder(pattern.key))
        else:
            raise _OtherwiseError

    def _patterns(self, statement: RawStatement) -> Iterator[S3Pattern]:
        texts = strings(statement.get("Resource"))
        if texts is None:
            raise _OtherwiseError
        for pattern in s3_patterns(texts):
            if pattern.bucket == pattern.text or set(pattern.bucket) & set("*?$"):
                raise _OtherwiseError
            if pattern.bucket in self._buckets or not pattern.is_placeholder:
                yield pattern


def _folders(condition: object) -> Iterable[str]:
    """Return the folders that a listing is limited to, as the guide writes that."""
    if condition is None:
        return [_WHOLE]
    tests = condition.get("StringLike") if isinstance(condition, Mapping) else None
    if not isinstance(condition, Mapping) or len(condition) != 1 or not isinstance(tests, Mapping):
        raise _OtherwiseError
    patterns = strings(tests.get("s3:prefix"))
    if len(tests) != 1 or not patterns:
        raise _OtherwiseError
    # A listing under the condition "*" is refused without a prefix: it is not the whole.
    folders = [_folder(pattern) for pattern in patterns]
    if _WHOLE in folders:
        raise _OtherwiseError
    return folders


def _folder(pattern: str) -> str:
    """Return the folder of ``folder/*``, in which nothing else is a wildcard or a variable."""
    template = parse_template(pattern, variables=True)
    if template.plain is None or not pattern.endswith("*"):
        raise _OtherwiseError
    wild = sum(text.count("*") + text.count("?") for text in template.texts)
    if wild != 1 or template.texts[-1:] != template.pieces[-1:]:
        raise _OtherwiseError
    return template.plain.removesuffix("*")
