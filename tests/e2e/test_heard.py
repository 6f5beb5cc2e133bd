"""The real program in its own process, read and worked by role and name alone, and heard.

Each step lists what has to be heard before the next is taken.
"""

from typing import TYPE_CHECKING, Final

from app.practice.account import DATABASE_ID

if TYPE_CHECKING:
    from tests.helpers.screen_reader import ScreenReader

Steps = tuple[tuple[str, str, tuple[str, ...]], ...]
"""What is pressed, by role and name, and what is heard of it, in that order."""

SIGN_IN: Final[Steps] = (
    ("button", "Next", ("How to do it",)),
    ("radio button", "Create it for me", ()),
    ("button", "Next", ("Sign in to AWS",)),
    ("button", "Sign in with AWS in your browser", ("Signed in as practice-admin in 1111 2222",)),
    ("button", "Next", ("Your details",)),
)
CREATE: Final[Steps] = (
    ("button", "Fill in: A bucket under a KMS key", ("Filled in: A bucket under a KMS key",)),
    ("button", "Next", ("Review and create", "These 4 changes will be made")),
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
)


def test_the_set_up_by_names_alone(reader: "ScreenReader") -> None:
    reader.wait_for("heading", "Connect UbiQuity to your Amazon S3 bucket")
    _go(reader, SIGN_IN)
    _paste_what_has_to_be_cleaned(reader)
    _go(reader, CREATE)


def _go(reader: "ScreenReader", steps: Steps) -> None:
    """Take ``steps``, and hear of each what it says, in that order."""
    for role, name, sentences in steps:
        heard = len(reader.announced)
        reader.press(role, name)
        for sentence in sentences:
            heard = reader.wait_to_hear(sentence, after=heard)


def _paste_what_has_to_be_cleaned(reader: "ScreenReader") -> None:
    name, heard = "UbiQuity Account ID", len(reader.announced)
    reader.focus(reader.wait_for("text", name))
    reader.type_into(name, f" {DATABASE_ID} ")
    reader.wait_to_hear("Two spaces were removed.", after=heard)
