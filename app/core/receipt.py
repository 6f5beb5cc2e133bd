"""The receipt of a run: what was created or changed, where and when, and how to take it back.

It is for people to keep and to pass on, so it holds no document and no External ID: those stay
in the journal.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from app.core.frozen import frozen
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState, StepState
from app.core.undo import inverse
from app.core.wording.receipt import by_hand_words, done_words, standing_words

FORMAT: Final = "ubiquity-s3-setup/receipt"
VERSION: Final = 1

_SHOWN: Final = (
    StepState.STARTED,
    StepState.DONE,
    StepState.UNDOING,
    StepState.UNDONE,
    StepState.KEPT,
)
_TO_TAKE_BACK: Final = (StepState.STARTED, StepState.DONE, StepState.UNDOING)


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
    """What a run came to. ``by_hand`` are the steps that take it back, in their order."""

    run: str
    kind: RunKind
    state: RunState
    account_id: str
    caller_arn: str | None
    started_at: datetime
    lines: tuple[ReceiptLine, ...]
    by_hand: tuple[str, ...]


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
    )


def _by_hand(journal: Journal) -> Iterator[str]:
    for step in reversed(journal.steps):
        if step.state in _TO_TAKE_BACK:
            for change in inverse(step)[step.undone :]:
                yield by_hand_words(change)


def receipt_text(receipt: Receipt) -> str:
    """Return the receipt as plain text for people."""
    return "\n".join([*_head(receipt), "", *_done(receipt), "", *_back(receipt)]).rstrip() + "\n"


def _head(receipt: Receipt) -> Iterator[str]:
    titles = {
        RunKind.APPLY: tr("Receipt: UbiQuity S3 connection set up in AWS"),
        RunKind.REVOKE: tr("Receipt: UbiQuity’s access to AWS taken away"),
    }
    yield titles[receipt.kind]
    yield ""
    yield tr("AWS account: {account}").format(account=receipt.account_id)
    if receipt.caller_arn:
        yield tr("Made with the sign-in: {caller}").format(caller=receipt.caller_arn)
    yield tr("Begun: {time}").format(time=_time(receipt.started_at))
    yield _states()[receipt.state]


def _states() -> dict[RunState, str]:
    return {
        RunState.OPEN: tr("Not finished: some changes were not made."),
        RunState.FINISHED: tr("Finished: all changes were made."),
        RunState.UNDOING: tr("Being taken back, and not yet done with it."),
        RunState.UNDONE: tr("Taken back."),
        RunState.CLOSED: tr("Left as it is."),
    }


def _done(receipt: Receipt) -> Iterator[str]:
    if not receipt.lines:
        yield tr("Nothing was changed.")
        return
    yield tr("What was done")
    for number, line in enumerate(receipt.lines, start=1):
        standing = standing_words(line.state)
        yield f"{number}. {line.words}" + (f" ({standing})" if standing else "")
        yield f"   {line.target}"
        if line.at:
            yield f"   {_time(line.at)}"


def _back(receipt: Receipt) -> Iterator[str]:
    if not receipt.by_hand:
        return
    yield tr("How to take it back")
    yield tr(
        "With this program: open it on the computer where this was done, sign in to account "
        "{account} and choose “Undo these changes”. It puts back what was there before, to the "
        "letter."
    ).format(account=receipt.account_id)
    yield tr(
        "By hand, in the AWS console, in this order. The earlier texts are in this program’s "
        "journal {run}."
    ).format(run=receipt.run)
    for number, words in enumerate(receipt.by_hand, start=1):
        yield f"{number}. {words}"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def receipt_to_json(receipt: Receipt) -> dict[str, object]:
    """Return the receipt as a JSON object."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "run": receipt.run,
        "kind": receipt.kind,
        "state": receipt.state,
        "account_id": receipt.account_id,
        "caller_arn": receipt.caller_arn,
        "started_at": receipt.started_at.isoformat(),
        "lines": [
            {
                "kind": line.kind,
                "words": line.words,
                "target": line.target,
                "at": line.at.isoformat() if line.at else None,
                "state": line.state,
            }
            for line in receipt.lines
        ],
        "by_hand": list(receipt.by_hand),
    }
