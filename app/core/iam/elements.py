"""The Action, Resource and Principal elements of a statement, and their ``Not…`` forms.

Source: AWS "IAM JSON policy elements": Action, NotAction, Resource, NotResource, Principal. What
is checked is what IAM, S3 and KMS are known to refuse; an odd text that they store just matches
nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, Self

from app.core.iam.beginnings import NO_MARKS, Beginnings
from app.core.iam.context import Text
from app.core.iam.document_faults import DocumentFault, FaultCode
from app.core.iam.json_text import strings
from app.core.iam.patterns import Glob
from app.core.iam.principals import Principals, parse_principals
from app.core.iam.variables import Template, fixed_pattern, parse_template
from app.core.iam.work import Work

PolicyKind = Literal["identity", "resource", "trust", "boundary"]
"""Where a policy stands: on an identity, a bucket or key, a role's trust, or as a boundary."""


class Actions(NamedTuple):
    """An Action or, with ``negated``, a NotAction element; patterns in lower case."""

    patterns: tuple[Glob, ...]
    negated: bool


class Resources(NamedTuple):
    """A Resource or, with ``negated``, a NotResource element.

    ``patterns`` are the texts whose patterns are the same for every request, the others stay
    templates.
    """

    patterns: tuple[Glob | Template, ...]
    negated: bool
    beginnings: Beginnings

    @classmethod
    def of(cls, templates: Iterable[Template], *, negated: bool) -> Self:
        """Return the element with the texts ``templates``."""
        patterns = tuple(fixed_pattern(template) or template for template in templates)
        # A template is filled in before anything can be said of what it matches.
        marks = [p.marks if isinstance(p, Glob) else NO_MARKS for p in patterns]
        return cls(patterns, negated, Beginnings.of(marks))

    def that_may_fit(self, text: Text) -> Iterator[Glob | Template]:
        """Yield, in their order, the patterns whose marks do not rule out ``text``."""
        return (self.patterns[place] for place in self.beginnings.fitting(text))


class ElementReader:
    """One statement while it is read; ``faults`` are what AWS would refuse of it so far."""

    def __init__(
        self, raw: Mapping[object, object], index: int, variables: bool, work: Work
    ) -> None:
        self.raw = raw
        self.index = index
        self.variables = variables
        self.work = work
        self.faults: list[DocumentFault] = []

    def refuse(
        self, code: FaultCode, element: str, value: str = "", *, unreadable: bool = True
    ) -> None:
        """Note that AWS would refuse ``element``."""
        self.faults.append(DocumentFault(code, self.index, element, value, unreadable))

    def element(self, name: str, *, required: bool) -> tuple[object, bool] | None:
        """Return the element, or its ``Not…`` form and True; None where it can't be read."""
        forms = [form for form in (name, f"Not{name}") if form in self.raw]
        if len(forms) == 2:
            self.refuse("element-twice", name)
        elif forms:
            return self.raw[forms[0]], forms[0] != name
        elif required:
            self.refuse("element-missing", name)
        return None

    def texts(self, name: str, value: object, is_good: Callable[[str], bool]) -> tuple[str, ...]:
        """Return the element's texts, all as AWS wants them, or none."""
        texts = strings(value) or ()
        bad = [text for text in texts if not is_good(text)]
        if texts and not bad:
            return texts
        self.refuse("value-malformed", name, bad[0] if bad else "")
        return ()


def read_actions(reader: ElementReader) -> Actions | None:
    """Return the actions, or None where AWS would refuse them."""
    element = reader.element("Action", required=True)
    texts = reader.texts("Action", element[0], _is_action) if element else ()
    if not element or not texts:
        return None
    globs = (Glob.of(text.lower()) for text in reader.work.reading(texts))
    return Actions(tuple(globs), element[1])


def read_resources(reader: ElementReader, kind: PolicyKind) -> Resources | None:
    """Return the resources, or None where AWS would refuse them or, for trust, where none are."""
    element = reader.element("Resource", required=kind != "trust")
    if element and kind == "trust":
        reader.refuse("element-not-allowed", "Resource")
        return None
    texts = reader.texts("Resource", element[0], _is_resource) if element else ()
    if not element or not texts:
        return None
    full = (_full_arn(text, kind) for text in reader.work.reading(texts))
    parsed = (parse_template(text, variables=reader.variables) for text in full)
    return Resources.of(parsed, negated=element[1])


def read_principals(reader: ElementReader, kind: PolicyKind) -> Principals | None:
    """Return the principals, or None where AWS would refuse them or, for identities, are none."""
    is_identity = kind in ("identity", "boundary")
    element = reader.element("Principal", required=not is_identity)
    if element is None:
        return None
    if is_identity:
        reader.refuse("element-not-allowed", "Principal")
        return None
    parsed = parse_principals(element[0], negated=element[1])
    if isinstance(parsed, Principals):
        return parsed
    reader.refuse("value-malformed", "Principal", parsed)
    return None


def _is_action(text: str) -> bool:
    """IAM: actions "must be prefaced by a vendor" and "can contain only one colon"."""
    vendor, _, name = text.partition(":")
    return text == "*" or bool(vendor and name and ":" not in name)


def _is_resource(text: str) -> bool:
    """IAM: a resource "must be in ARN format" or ``*``."""
    return text == "*" or text.startswith("arn:")


def _full_arn(text: str, kind: PolicyKind) -> str:
    """Return ``text`` with the parts that a short ARN leaves out.

    In identity policies those are anything; in a resource's policy only where it has a ``*``,
    which "can expand to match beyond the colon boundaries" (AWS "IAM JSON policy elements:
    Resource"). Otherwise it matches nothing.
    """
    lacking_parts = 5 - text.count(":")
    if text == "*" or lacking_parts <= 0 or (kind == "resource" and "*" not in text):
        return text
    return text + ":*" * lacking_parts
