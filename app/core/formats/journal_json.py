"""The journal's file (``ubiquity-s3-setup/journal``, version 1): written, and read back checked.

It holds what was there before each change, to the letter, and the draft; so it stays on the
computer, readable by its owner alone.
"""

import re
from collections.abc import Mapping
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.choices import Choice, Choices, RevokeWay
from app.core.draft import Draft
from app.core.formats.draft_json import draft_of, draft_to_json
from app.core.formats.reading import FormatError, InputProblem, JsonObject, read_file
from app.core.formats.versions import Migrations, migrated
from app.core.formats.writing import Json, file_text
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState, Step, StepState

FORMAT: Final = "ubiquity-s3-setup/journal"
VERSION: Final = 1
STEPS: Final[Migrations] = {}
"""What leads from each older version to the next."""

_ID: Final = re.compile(r"[0-9A-Za-z-]{1,80}", re.ASCII)
"""The id names a file, so it holds nothing that a path could be made of."""


def journal_to_json(journal: Journal) -> Json:
    """Return the journal as the JSON object of its file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": journal.id,
        "number": journal.number,
        "kind": journal.kind,
        "account_id": journal.account_id,
        "started_at": journal.started_at.isoformat(),
        "state": journal.state,
        "caller_arn": journal.caller_arn,
        "endpoint": journal.endpoint,
        "draft": draft_to_json(journal.draft) if journal.draft else None,
        "choices": _choices_to_json(journal.choices),
        "how": journal.how,
        "steps": [_step_to_json(step) for step in journal.steps],
    }


def dump_journal(journal: Journal) -> str:
    """Return the text of the journal's file."""
    return file_text(journal_to_json(journal))


def _choices_to_json(choices: Choices) -> Json:
    return {
        "chosen": sorted(choices.chosen),
        "permissions_boundary": choices.permissions_boundary,
        "tags": dict(choices.tags),
        "description": choices.description,
    }


def _step_to_json(step: Step) -> Json:
    change = step.change
    return {
        "kind": change.kind,
        "target": change.target,
        "before": change.before,
        "after": change.after,
        "reversible": change.reversible,
        "settings": dict(change.settings),
        "addition": change.addition,
        "state": step.state,
        "at": step.at.isoformat() if step.at else None,
        "made": dict(step.made),
        "undone": step.undone,
        "aws_at": step.aws_at.isoformat() if step.aws_at else None,
    }


def read_journal(text: str, source: str) -> Journal | InputProblem:
    """Read a journal's file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _journal)


def _journal(top: JsonObject) -> Journal:
    top = migrated(top, FORMAT, VERSION, STEPS)
    how = top.optional_choice("how", tuple(RevokeWay))
    return Journal(
        id=_id(top),
        kind=RunKind(top.choice("kind", tuple(RunKind))),
        account_id=top.text("account_id"),
        started_at=top.moment("started_at"),
        steps=tuple(_step(place) for place in top.items("steps", required=True)),
        state=RunState(top.choice("state", tuple(RunState))),
        caller_arn=top.optional_text("caller_arn"),
        endpoint=top.optional_text("endpoint"),
        draft=_draft(top.optional_place("draft")),
        choices=_choices_of(top.optional_place("choices")),
        how=RevokeWay(how) if how else None,
        number=top.count("number") or None,
    )


def _id(top: JsonObject) -> str:
    id_ = top.text("id")
    if not _ID.fullmatch(id_):
        sentence = tr("“{place}” should be letters, digits and hyphens.")
        raise FormatError(sentence.format(place=top.at("id")))
    return id_


def _draft(place: JsonObject | None) -> Draft | None:
    return draft_of(place).draft if place else None


def _choices_of(place: JsonObject | None) -> Choices:
    if place is None:
        return Choices()
    choosable = {str(choice) for choice in Choice}
    return Choices(
        chosen=frozenset(Choice(name) for name in place.texts("chosen") if name in choosable),
        permissions_boundary=place.optional_text("permissions_boundary"),
        tags=_texts(place.optional_place("tags")),
        description=place.optional_text("description"),
    )


def _step(place: JsonObject) -> Step:
    settings = place.optional_place("settings")
    change = Change(
        kind=ChangeKind(place.choice("kind", tuple(ChangeKind))),
        target=_target(place),
        before=place.json("before"),
        after=place.json("after"),
        reversible=place.truth("reversible"),
        settings=settings.fields if settings else {},
        addition=place.optional_truth("addition"),
    )
    return Step(
        change=change,
        state=StepState(place.choice("state", tuple(StepState))),
        at=place.moment("at") if place.json("at") is not None else None,
        made=_texts(place.optional_place("made")),
        undone=place.count("undone"),
        aws_at=place.moment("aws_at") if place.json("aws_at") is not None else None,
    )


def _target(place: JsonObject) -> str:
    target = place.text("target")
    if target.count(":") < _COLONS:
        raise FormatError(tr("“{place}” should be an ARN.").format(place=place.at("target")))
    return target


_COLONS: Final = 5
"""Of an ARN at least (``arn:partition:service:region:account:resource``)."""


def _texts(place: JsonObject | None) -> Mapping[str, str]:
    return {key: place.text(key) for key in place.fields} if place else {}
