"""The receipt of a run: what was created or changed, where and when, and how to take it back.

It is for people to keep and to pass on, so it holds no document and no External ID: those stay
in the journal.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from app.core.changes.mending import is_mending
from app.core.changes.undo import inverse, left_by_undo
from app.core.frozen import frozen
from app.core.i18n import mark, tr
from app.core.journal import Journal, RunKind, RunState, StepState
from app.core.wording.change_words import by_hand_words, done_words, remaining_words
from app.core.wording.characters import escaped
from app.core.wording.other_endpoint import other_endpoint_sentence

UNDO_COMMAND: Final = "ubiquity-s3-setup apply --undo"
"""What takes the last set-up back on the command line (formats.md)."""

_SHOWN: Final = (
    StepState.STARTED,
    StepState.DONE,
    StepState.UNDOING,
    StepState.UNDONE,
    StepState.KEPT,
)
_TO_TAKE_BACK: Final = (StepState.STARTED, StepState.DONE, StepState.UNDOING)

STATE_WORDS: Final[Mapping[RunState, str]] = {
    RunState.OPEN: mark(
        "Not finished: some changes were not made. At its next start this program offers to "
        "go on, or to undo what was done."
    ),
    RunState.FINISHED: mark("Finished."),
    RunState.UNDOING: mark(
        "Being taken back, but not finished. At its next start this program offers to go on."
    ),
    RunState.UNDONE: mark("Taken back."),
    RunState.CLOSED: mark("Ended by you before it was finished."),
}
REVOKED_TITLE: Final = mark("Receipt: taking away UbiQuity’s access to AWS")
PRACTICE_WORDS: Final = mark("PRACTICE: this was the practice AWS, and nothing real was changed.")

_STANDING: Final[Mapping[StepState, str]] = {
    StepState.STARTED: mark("it is not certain whether AWS did this"),
    StepState.UNDOING: mark("begun to be taken back"),
    StepState.UNDONE: mark("taken back"),
    StepState.KEPT: mark("left as it is"),
}


@frozen
class ReceiptLine:
    """One thing that was done: its words, its ARN, when, and how it stands by now."""

    kind: str
    words: str
    target: str
    at: datetime | None
    state: StepState


@frozen
class Receipt:
    """What a run came to.

    ``by_hand`` are the steps that take it back, in their order; ``remaining`` tells what is
    different all the same once it is taken back, by hand or not. ``mending`` tells that a set-up
    was there before.
    """

    run: str
    kind: RunKind
    state: RunState
    account_id: str
    caller_arn: str | None
    started_at: datetime
    lines: tuple[ReceiptLine, ...]
    by_hand: tuple[str, ...]
    remaining: tuple[str, ...] = ()
    endpoint: str | None = None
    mending: bool = False


def receipt_of(journal: Journal) -> Receipt:
    """Return the receipt of a run, ended or not; what was not done is not on it."""
    return Receipt(
        run=journal.id,
        kind=journal.kind,
        state=journal.state,
        account_id=journal.account_id,
        caller_arn=journal.caller_arn,
        started_at=journal.started_at,
        lines=tuple(
            ReceiptLine(
                step.change.kind, done_words(step.change), step.change.target, step.at, step.state
            )
            for step in journal.steps
            if step.state in _SHOWN
        ),
        by_hand=tuple(_by_hand(journal)),
        remaining=tuple(filter(None, map(remaining_words, left_by_undo(journal)))),
        endpoint=journal.endpoint,
        mending=is_mending(step.change for step in journal.steps),
    )


def _by_hand(journal: Journal) -> Iterator[str]:
    for step in reversed(journal.steps):
        if step.state in _TO_TAKE_BACK:
            for change in inverse(step)[step.undone :]:
                yield by_hand_words(change)


def receipt_text(receipt: Receipt, *, practice: bool = False) -> str:
    """Return the receipt as plain text for people; ``practice`` where nothing of it is real.

    A name of others that can't be seen, or has lines, is shown escaped.
    """
    lines = receipt_lines(receipt, practice=practice)
    return "\n".join(map(escaped, lines)) + "\n"


def receipt_lines(receipt: Receipt, *, practice: bool = False) -> list[str]:
    """Return the lines of the receipt, names of others in them as they are."""
    back = list(_back_in_practice(receipt) if practice else _back(receipt))
    return [*_head(receipt), "", *_done(receipt), *(["", *back] if back else [])]


def _back_in_practice(receipt: Receipt) -> Iterator[str]:
    yield tr(PRACTICE_WORDS)
    if receipt.by_hand:
        yield _button(receipt)
        yield tr("It disappears when you close the program.")


def _button(receipt: Receipt) -> str:
    """Return which button of the window takes back what is left to take back."""
    if receipt.state is RunState.UNDOING:
        return tr("“Go on taking back” takes back the rest.")
    return tr("“Undo these changes” takes it back.")


def _head(receipt: Receipt) -> Iterator[str]:
    if receipt.kind is RunKind.REVOKE:
        yield tr(REVOKED_TITLE)
    elif receipt.mending:
        yield tr("Receipt: mending the UbiQuity S3 connection in AWS")
    else:
        yield tr("Receipt: setting up the UbiQuity S3 connection in AWS")
    yield ""
    if receipt.endpoint:
        yield other_endpoint_sentence(receipt.endpoint)
    yield tr("AWS account: {account}").format(account=receipt.account_id)
    if receipt.caller_arn:
        yield tr("Made with the sign-in: {caller}").format(caller=receipt.caller_arn)
    yield tr("Begun: {time}").format(time=_time(receipt.started_at))
    yield tr(STATE_WORDS[receipt.state])


def _done(receipt: Receipt) -> Iterator[str]:
    if not receipt.lines:
        yield tr("Nothing was changed.")
        return
    yield tr("Everything that this program did (times are in UTC)")
    for number, line in enumerate(receipt.lines, start=1):
        standing = _standing(line.state)
        yield f"{number}. {line.words}" + (f" ({standing})" if standing else "")
        yield f"   {line.target}"
        if line.at:
            yield f"   {_time(line.at)}"


def _standing(state: StepState) -> str:
    """Return how a step stands, where that is not simply done; else an empty text."""
    return tr(_STANDING[state]) if state in _STANDING else ""


def _back(receipt: Receipt) -> Iterator[str]:
    if receipt.by_hand:
        yield tr("How to take it back")
        if receipt.kind is RunKind.REVOKE:
            yield tr("Once this is taken back, UbiQuity has the same access as before.")
        yield from _with_this_program(receipt)
        yield from _by_hand_lines(receipt)
    if receipt.remaining:
        if receipt.by_hand:
            yield ""
            yield tr("What stays different once it is taken back")
        else:
            yield tr("What stays different")
        yield from (f"- {words}" for words in receipt.remaining)


def _with_this_program(receipt: Receipt) -> Iterator[str]:
    yield tr(
        "With this program, on the computer where it was done and signed in to account {account}. "
        "It puts back what was there before, deletes only what it created itself, and stops "
        "where somebody has changed something since."
    ).format(account=receipt.account_id)
    if receipt.state is RunState.UNDOING:
        yield "- " + tr("In the window, now or at its next start: “Go on taking back”.")
    else:
        yield "- " + tr("In the window, right after it was done: “Undo these changes”.")
        yield "- " + tr("In the window, later: “Revoke access”, “Undo what this program did last”.")
    if receipt.kind is RunKind.APPLY:  # the command takes no revocation back
        yield "- " + tr("On the command line: {command}").format(command=UNDO_COMMAND)


def _by_hand_lines(receipt: Receipt) -> Iterator[str]:
    yield ""
    yield tr(
        "Or by hand in the AWS console, in this order. The earlier texts are in the file {file} "
        "among this program’s journals on the same computer."
    ).format(file=f"{receipt.run}.json")
    for number, words in enumerate(receipt.by_hand, start=1):
        yield f"{number}. {words}"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
