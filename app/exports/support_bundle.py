"""The support bundle: what the guide asks for to be sent to support, and what the program knows.

The guide's "Need help?" asks for the account, the bucket and its region, error messages, and
screenshots of the role's configuration. ``README.txt`` has the first of these, ``errors.json`` the
messages with AWS's request IDs, ``role.txt`` what the screenshots would show; with draft and
snapshot support's own program says the same as the customer's. No file holds a credential.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.formats.bundle_json import (
    CALLS_FILE,
    DRAFT_FILE,
    ERRORS_FILE,
    JOURNAL_FILE,
    LOG_FILE,
    PLAN_FILE,
    README_FILE,
    REPORT_FILE,
    ROLE_FILE,
    SNAPSHOT_FILE,
    VERSIONS_FILE,
)
from app.core.formats.calls_json import calls_to_json
from app.core.formats.draft_json import draft_to_json
from app.core.formats.journal_json import journal_to_json
from app.core.formats.plan_json import plan_to_json
from app.core.formats.pseudonyms import Pseudonyms, is_random, pseudonyms
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import snapshot_to_json
from app.core.formats.writing import Json, file_text, moment_text
from app.core.frozen import frozen, replace
from app.core.i18n import tr
from app.core.iam.work import MOST_STEPS, Work
from app.core.observation import Observation, ObservedOutcome
from app.core.phrase import PhraseOf, phrase
from app.core.planning.plan import plan
from app.core.report import Report
from app.core.secret_shapes import as_kept
from app.core.snapshot import NOT_PASTED
from app.core.support_case import SupportCase
from app.core.wording.support.readme import Circumstance, readme_text
from app.core.wording.support.role_text import role_text
from app.exports.pieces.exported_file import ExportedFile

ERRORS_FORMAT: Final = "ubiquity-s3-setup/errors"
VERSIONS_FORMAT: Final = "ubiquity-s3-setup/versions"

_NO_SECRET: Final = frozenset({"sts:externalid", "database_id", "keys", "prefix", "sha256"})
"""Keys, in small letters, of what is no message and is needed to the letter."""


def bundle_files(
    case: SupportCase, seed: bytes | None, work: Work | None = None
) -> tuple[ExportedFile, ...]:
    """Return the files of a bundle in the order in which they are shown, but for its manifest.

    With a random ``seed`` pseudonyms stand in the place of the UbiQuity Account ID and of every
    other External ID, in all files alike; without one they stand as they are.
    """
    parts = _Parts.of(case, work or Work(MOST_STEPS))
    shown = parts.hidden(case, seed) if seed is not None else parts
    return tuple(_files(case, shown, masked=seed is not None))


@frozen
class _Parts:
    """The values of the files; None for what is not there."""

    draft: Draft | None
    report: Report | None
    report_json: Json | None
    errors: Json
    snapshot: Json | None
    plan: Json | None
    journal: Json | None
    calls: Json | None
    problems: tuple[str, ...]

    @staticmethod
    def of(case: SupportCase, work: Work) -> "_Parts":
        draft, snapshot, journal = case.draft, case.snapshot, case.journal
        return _Parts(
            draft=draft,
            report=case.report,
            report_json=None
            if case.report is None
            else _kept(report_to_json(case.report), case.home),
            errors=_errors(case),
            snapshot=None if snapshot is None else _kept(snapshot_to_json(snapshot), case.home),
            plan=_kept(plan_to_json(plan(draft, snapshot, work=work)))
            if draft is not None and snapshot is not None
            else None,
            journal=None if journal is None else _kept(journal_to_json(journal), case.home),
            calls=_kept(calls_to_json(case.calls)) if case.calls else None,
            problems=tuple(as_kept(problem) for problem in case.problems),
        )

    def hidden(self, case: SupportCase, seed: bytes) -> "_Parts":
        """Return the same with pseudonyms in the place of External IDs."""
        own = self.draft.database_id if self.draft else case.typed_id
        typed = {"database_id": case.typed_id}
        whole = [typed, self.snapshot, self.plan, self.journal, self.calls]
        exchange = pseudonyms(own, whole, seed)
        report = None if self.report is None else _hidden_report(self.report, exchange)
        return _Parts(
            draft=None if self.draft is None else _hidden_draft(self.draft, exchange),
            report=report,
            report_json=None if report is None else _hidden_words(report, exchange),
            errors=_hidden(self.errors, exchange) or {},
            snapshot=_hidden(self.snapshot, exchange),
            plan=_hidden(self.plan, exchange),
            journal=_hidden(self.journal, exchange),
            calls=_hidden(self.calls, exchange),
            problems=tuple(map(exchange.in_text, self.problems)),
        )


def _hidden(value: Json | None, exchange: Pseudonyms) -> Json | None:
    hidden = exchange.in_json(value)
    return hidden if isinstance(hidden, dict) else None


def _hidden_draft(draft: Draft, exchange: Pseudonyms) -> Draft:
    def entry(bucket: BucketEntry) -> BucketEntry:
        return replace(
            bucket, name=exchange.in_name(bucket.name), prefix=exchange.in_name(bucket.prefix)
        )

    name = exchange.of(draft.database_id)
    return replace(draft, database_id=name, buckets=tuple(map(entry, draft.buckets)))


def _hidden_report(report: Report, exchange: Pseudonyms) -> Report:
    """Return the report about the pseudonyms: its words are made of these, letter by letter."""

    def params(of: Mapping[str, object]) -> Mapping[str, object]:
        hidden = exchange.in_json(of)
        return hidden if isinstance(hidden, dict) else {}

    def name(of: str | None) -> str | None:
        return None if of is None else exchange.in_name(of)

    findings = tuple(
        replace(f, params=params(f.params), bucket=name(f.bucket)) for f in report.findings
    )
    access = tuple(
        replace(
            a,
            resource=exchange.in_name(a.resource),
            bucket=name(a.bucket),
            prefix=name(a.prefix),
        )
        for a in report.access
    )
    return replace(report, findings=findings, access=access)


def _hidden_words(report: Report, exchange: Pseudonyms) -> Json:
    """Return the file of a report about pseudonyms; its grounds name statements as they are."""
    value = _kept(report_to_json(report))
    for row in _objects(value["access"]):
        row["because"] = exchange.in_text(str(row["because"]))
    return value


def _objects(value: object) -> Iterator[Json]:
    yield from (v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()


def _files(case: SupportCase, parts: _Parts, *, masked: bool) -> Iterator[ExportedFile]:
    circumstance = Circumstance(
        saved_at=case.moment,
        program=case.program,
        system=case.system,
        page=case.page,
        practice=case.practice,
        masked=masked,
        draft=parts.draft,
        report=parts.report,
        problems=parts.problems,
        errors=tuple(_error_lines(parts.errors)),
        phrase=_phrase(case.draft),
    )
    yield ExportedFile(README_FILE, readme_text(circumstance))
    yield ExportedFile(ERRORS_FILE, file_text(parts.errors))
    if parts.snapshot is not None:
        yield ExportedFile(ROLE_FILE, role_text(parts.snapshot))
    values: Mapping[str, Json | None] = {
        DRAFT_FILE: None if parts.draft is None else draft_to_json(parts.draft),
        SNAPSHOT_FILE: parts.snapshot,
        REPORT_FILE: parts.report_json,
        PLAN_FILE: parts.plan,
        JOURNAL_FILE: parts.journal,
        CALLS_FILE: parts.calls,
        VERSIONS_FILE: _versions(case),
    }
    for name, value in values.items():
        if value is not None:
            yield ExportedFile(name, file_text(value))
    if case.log:
        yield ExportedFile(LOG_FILE, "\n".join(map(as_kept, case.log.split("\n"))))


def _phrase(draft: Draft | None) -> tuple[str, ...]:
    """Return three words by which support can tell that an ID is the one that they have.

    They tell 33 bits of it: an ID that somebody made up could be found by trying.
    """
    if draft is None or not is_random(draft.database_id):
        return ()
    return phrase(draft.database_id, PhraseOf.DATABASE)


def _errors(case: SupportCase) -> Json:
    snapshot = case.snapshot
    errors: Json = {
        "format": ERRORS_FORMAT,
        "version": 1,
        "page": case.page,
        "failures": [_failure(failure) for failure in case.failures],
        "tried": [
            _observation(one)
            for one in (snapshot.observations if snapshot else ())
            if one.outcome is not ObservedOutcome.ALLOWED
        ],
        "unread": [
            {"what": entry.what, "code": entry.code, "message": entry.message}
            for entry in (snapshot.unreadable if snapshot else ())
            if entry.code != NOT_PASTED
        ],
        "shown_by_ubiquity": case.pasted_error,
    }
    return _kept(errors, case.home)


def _failure(failure: AwsFailure) -> Json:
    return {
        "action": failure.action,
        "code": failure.code,
        "message": failure.message,
        "http_status": failure.http_status,
        "request_id": failure.request_id,
        "finding": failure.finding,
        "took_effect_unknown": failure.took_effect_unknown,
    }


def _observation(one: Observation) -> Json:
    return {
        "action": one.action,
        "code": one.code,
        "message": one.message,
        "request_id": one.request_id,
        "at": moment_text(one.at),
        "as": str(one.identity),
        "outcome": str(one.outcome),
        "bucket": one.bucket,
    }


def _error_lines(errors: Json) -> Iterator[str]:
    """Yield each error once, as people read it: what was called, what came, the request's ID."""
    lines: dict[str, None] = {}
    for kind in ("failures", "tried", "unread"):
        for entry in _objects(errors[kind]):
            names = ("action" if "action" in entry else "what", "code", "message")
            said = ": ".join(str(entry[name]) for name in names if entry[name])
            request = entry.get("request_id")
            if request:
                said = tr("{said} (request ID {id})").format(said=said, id=request)
            lines[said] = None
    yield from lines
    pasted = errors["shown_by_ubiquity"]
    if isinstance(pasted, str) and pasted:
        yield tr("Shown by UbiQuity: {text}").format(text=pasted)


def _versions(case: SupportCase) -> Json:
    return {
        "format": VERSIONS_FORMAT,
        "version": 1,
        "program": case.program,
        "system": case.system,
        "parts": [{"name": name, "version": version} for name, version in case.parts],
    }


_HOME: Final = "~"
"""Stands for the person's own folder, whose path has their name in it."""


def _kept(value: Json, home: str = "") -> Json:
    """Return a JSON object without what has the shape of a secret, wherever somebody put one.

    ``home`` is the path of the person's own folder.
    """
    kept = _without_secrets(value, "", home)
    return kept if isinstance(kept, dict) else {}


def _without_secrets(value: object, key: str, home: str) -> object:
    if isinstance(value, str):
        needed = key.lower() in _NO_SECRET or value.startswith("arn:")
        text = value if needed else as_kept(value)
        return text.replace(home, _HOME) if len(home) > 1 else text
    if isinstance(value, Mapping):
        return {name: _without_secrets(entry, str(name), home) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_without_secrets(entry, key, home) for entry in value]
    return value
