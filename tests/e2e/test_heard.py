"""The real program in its own process, read and worked by role and name alone, and heard.

From Welcome to Finish on the practice AWS, then check, explain, revoke and undo. Each step lists
what has to be heard before the next is taken.
"""

from typing import TYPE_CHECKING, Final

import pytest

from app.core.guide import UBIQUITY_ACCOUNT
from app.practice.account import DATABASE_ID

if TYPE_CHECKING:
    from tests.helpers.screen_reader import ScreenReader

ERROR: Final = (
    f"User: arn:aws:sts::{UBIQUITY_ACCOUNT}:assumed-role/connector/s is not authorized to "
    "perform: sts:AssumeRole on resource: "
    "arn:aws:iam::111122223333:role/ubiquity-connectors-s3-access-role"
)
PASTE: Final = "Paste the whole message from UbiQuity, AWS CloudTrail or AWS:"
KEEP: Final = "Keep everything as it is"

Steps = tuple[tuple[str, str, tuple[str, ...]], ...]
"""What is pressed, by role and name, and what is heard of it, in that order."""

SIGN_IN: Final[Steps] = (
    ("button", "Next", ("How to do it",)),
    ("radio button", "Create it for me", ()),
    ("button", "Next", ("Sign in to AWS",)),
    ("button", "Open AWS’s sign-in page", ("Signed in as practice-admin in 1111 2222",)),
    ("button", "Next", ("Your details",)),
)
CREATE: Final[Steps] = (
    ("button", "Next", ("Review and create", "Only these 4 changes will be made")),
    (
        "button",
        "Create in the practice AWS",
        (
            "The changes are being made.",
            "Create the policy ubiquity-s3-access-policy for practice-encrypted: Done",
            "Create the role ubiquity-connectors-s3-access-role with its trust policy: Done",
            "Attach the policy ubiquity-s3-access-policy to the role",
            "Add one statement to the policy of the KMS key",
            "All changes were made.",
        ),
    ),
    ("button", "Next", ("Step 4: Add the connector in UbiQuity",)),
    ("check box", "I have added the connector", ()),
    ("button", "Next", ("Test the connection", "Ready. Now press “Test Connection”")),
    (
        "button",
        "Let the practice UbiQuity press it",
        ("Connection successful. Found 3 files in bucket.",),
    ),
    ("button", "Next", ("Finish",)),
)
_OPENED_AT_MOST: Final = 6

CHECK: Final[Steps] = (
    ("list item", "Welcome: Done", ()),
    ("button", "Check an existing set-up", ("Check the set-up", "UbiQuity can use the bucket.")),
    ("button", "Check again", ("UbiQuity can use the bucket.",)),
)
EXPLAIN: Final[Steps] = (
    ("list item", "Welcome: Done", ()),
    ("button", "I got an error in UbiQuity", ("I got an error in UbiQuity",)),
)
REVOKE: Final[Steps] = (
    ("list item", "Welcome: Done", ()),
    ("button", "Revoke access", ("Revoke access",)),
    ("radio button", "Change the trust policy", ()),
    ("button", "Next", ("Review and revoke", "change will be made")),
    ("button", "Revoke access", ("Revoke now?",)),
)
REVOKED: Final[Steps] = (
    (
        "button",
        "Revoke access",
        ("no longer lets it in: Done", "The change was made.", "AWS now refuses UbiQuity"),
    ),
    ("button", "Undo these changes", ("Undo these changes", "Undo now?")),
)
UNDONE: Final[Steps] = (
    (
        "button",
        "Undo these changes",
        ("are being taken back.", "Taken back", "Everything is taken back"),
    ),
)


def test_from_welcome_to_finish_and_back_by_names_alone(reader: "ScreenReader") -> None:
    title = reader.wait_for("heading", "Connect UbiQuity to your Amazon S3 bucket")
    assert reader.level_of(title) == "1"
    _open_what_is_folded(reader)
    _go(reader, SIGN_IN)
    _paste_what_has_to_be_cleaned(reader)
    reader.type_into("Bucket name", "practice-encrypted")
    reader.wait_to_hear("Region ap-southeast-2, from AWS.")
    _go(reader, CREATE)
    _go(reader, CHECK)
    _go(reader, EXPLAIN)
    reader.type_into(PASTE, ERROR)
    reader.wait_to_hear("The External ID may not match")
    _go(reader, REVOKE)
    _asked_before_the_focus_is_on_an_answer(reader, "Revoke now?")
    _go(reader, REVOKED)
    _asked_before_the_focus_is_on_an_answer(reader, "Undo now?")
    _go(reader, UNDONE)


def _go(reader: "ScreenReader", steps: Steps) -> None:
    """Take ``steps``, and hear of each what it says, in that order."""
    for role, name, sentences in steps:
        if role == "button":
            reader.focus(reader.wait_for(role, name, "enabled"))
        heard = len(reader.announced)
        reader.press(role, name)
        for sentence in sentences:
            heard = reader.wait_to_hear(sentence, after=heard)


def _open_what_is_folded(reader: "ScreenReader") -> None:
    """Open the first that can be opened, and hear that it is open.

    Qt says nothing before the desktop has told it that somebody listens: till then it is closed
    and opened again.
    """
    folded = next(thing for thing in reader.read() if "collapsed" in thing.states)
    for _ in range(_OPENED_AT_MOST):
        reader.press(folded.role, folded.name)
        reader.wait_for(folded.role, folded.name, "expandable", "expanded")
        if reader.hears("Expanded"):
            return
        reader.press(folded.role, folded.name)
        reader.wait_for(folded.role, folded.name, "expandable", "collapsed")
    pytest.fail("It is not said that it is open.")


def _paste_what_has_to_be_cleaned(reader: "ScreenReader") -> None:
    name, heard = "UbiQuity Account ID", len(reader.announced)
    reader.focus(reader.wait_for("text", name))
    reader.type_into(name, f" {DATABASE_ID} ")
    reader.wait_to_hear("Two spaces were removed.", after=heard)


def _asked_before_the_focus_is_on_an_answer(reader: "ScreenReader", question: str) -> None:
    """See that the safe answer has the focus, tells the question, and came after it."""
    answer = reader.wait_for("button", KEEP, "focused")
    assert question in answer.description
    asked = max(
        at
        for at, event in enumerate(reader.heard)
        if event.kind == "announcement" and question in event.words
    )
    focused = max(
        at
        for at, event in enumerate(reader.heard)
        if (event.kind, event.on, event.source) == ("state-changed:focused", 1, answer.reference)
    )
    assert asked < focused
