"""The words for a mistake in the AWS settings of this computer: what it is, and what to write.

They stand apart from the findings' words, which every check loads: few sign-ins need them. Places
are those of ``SettingsMistake``; ``{instead}`` is a whole line to write.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from app.core.conventions import paragraph
from app.core.i18n import mark, tr
from app.core.settings_mistake import SettingsMistake
from app.core.wording.value_sentence import ValueSentence, filled


class MistakeWords(NamedTuple):
    """What is wrong, and how to put it right: a sentence or two each."""

    what: str
    mend: str


_SECTION_LINES: Final = mark(
    "Write {instead} in a line of its own, and below it lines such as “region = ap-southeast-2” "
    "or “aws_access_key_id = …”."
)
_WRITE: Final = mark("Write “{instead}” in that line instead.")
_ADD: Final = mark("Add the line “{instead}”.")
_COPY: Final = mark("Copy the access key and the secret key again, both from the same place.")

MISTAKE_WORDS: Final[Mapping[str, MistakeWords]] = {
    # What keeps a file from being read
    "folder": MistakeWords(
        mark("There is a folder of that name where the AWS tools look for a file."),
        mark("Rename or delete that folder, and write the file with “aws configure”."),
    ),
    "forbidden": MistakeWords(
        mark("You may not read that file: it belongs to somebody else, or its rights are wrong."),
        mark("Give yourself the right to read it. On macOS and Linux: chmod u+r {file}"),
    ),
    "too-large": MistakeWords(
        mark("The file is far larger than any AWS settings are."),
        mark("Check whether another file took its place, and write it again with “aws configure”."),
    ),
    "encoding": MistakeWords(
        mark("The file is not saved as UTF-8, the way in which AWS tools read text."),
        mark("Save it with the encoding UTF-8; most editors ask for it under “Save as”."),
    ),
    "file-name": MistakeWords(
        mark("The file is missing. Beside it is {name}, a name that the AWS tools don’t know."),
        mark("Rename {name} to the name of the file above, without an ending."),
    ),
    "json": MistakeWords(
        mark("The file holds JSON. AWS settings are lines below a name in square brackets."),
        mark(
            "Write “[default]” in the first line, and below it “aws_access_key_id = …” and "
            "“aws_secret_access_key = …”; or paste the JSON here as temporary credentials."
        ),
    ),
    "rich-text": MistakeWords(
        mark("The file was saved as rich text, with fonts and colours in it, not as plain text."),
        mark("Open it in a text editor and save it as plain text (UTF-8)."),
    ),
    "csv": MistakeWords(
        mark("These are the lines of the CSV file that AWS lets you download with a new key."),
        mark(
            "Write {instead} in the first line, and below it “aws_access_key_id = …” and "
            "“aws_secret_access_key = …”; or paste the CSV file here as credentials."
        ),
    ),
    "no-section": MistakeWords(
        mark("A setting is there before any name in square brackets, so it belongs to none."),
        mark("Write {instead} in a line of its own above it."),
    ),
    "no-settings-file": MistakeWords(
        mark("That line is neither a name in square brackets nor a setting."), _SECTION_LINES
    ),
    "stray-line": MistakeWords(
        mark("That line is neither a name in square brackets nor a setting with “=”."),
        mark("Add what is missing in it, put # before it, or remove it."),
    ),
    "open-bracket": MistakeWords(
        mark("The name in that line has no closing square bracket."),
        mark("Write a ] at its end."),
    ),
    "twice-section": MistakeWords(
        mark("The name [{name}] is in the file twice."),
        mark("Put the lines of both below one of the two, and remove the other."),
    ),
    "twice-setting": MistakeWords(
        mark("The same setting is there twice below one name."),
        mark("Keep the one that is right, and remove the other line."),
    ),
    # How a profile's name is written
    "no-prefix": MistakeWords(
        mark(
            "In this file the name of a profile begins with the word “profile”. Without it the AWS "
            "tools don’t see {name}."
        ),
        mark("Write {instead} in that line instead."),
    ),
    "prefix-in-credentials": MistakeWords(
        mark(
            "The word “profile” belongs before a name in the file config only, and "
            "not in the file credentials."
        ),
        mark("Write {instead} in that line instead."),
    ),
    "name-with-space": MistakeWords(
        mark("A profile’s name with spaces or an apostrophe has to be in quotation marks."),
        mark("Write {instead} in that line instead."),
    ),
    "default-capitals": MistakeWords(
        mark("The default profile is written in small letters, without another word."),
        mark("Write {instead} in that line instead."),
    ),
    "spaces-in-brackets": MistakeWords(
        mark("There are spaces inside the square brackets, which count as part of the name."),
        mark("Write {instead} in that line instead."),
    ),
    "crowded": MistakeWords(
        mark("There is more in the line after the name in square brackets, and nothing reads it."),
        mark("Leave only {instead} in that line, and write the rest in the next."),
    ),
    # One setting
    "shell": MistakeWords(
        mark("That is a command for a terminal. In this file it has no meaning."),
        mark("Write “{instead}” there, below the profile’s name in square brackets."),
    ),
    "dialogue": MistakeWords(
        mark("That is a question from “aws configure” with its answer, and not a setting."),
        mark("Write “{instead}” there, below the profile’s name in square brackets."),
    ),
    "misnamed-setting": MistakeWords(
        mark("The AWS tools know no setting called {name}, and ignore it."), _WRITE
    ),
    "indented": MistakeWords(
        mark("That line is indented, so it counts as part of the setting above it."),
        mark("Remove the spaces or tabs at its start."),
    ),
    "empty-setting": MistakeWords(
        mark("There is nothing after {name}."), mark("Write its value after “{name} =”.")
    ),
    "quoted": MistakeWords(
        mark("The value of {name} is in quotation marks, which count as part of it."), _WRITE
    ),
    "inline-comment": MistakeWords(
        mark(
            "There is a comment after the value of {name}, and it counts as part of "
            "the value. Only a whole line that begins with # is a comment."
        ),
        _WRITE,
    ),
    "section-in-line": MistakeWords(
        mark("The next name in square brackets begins in the line of {name}, after its value."),
        mark("Start a new line before {instead}."),
    ),
    "two-in-line": MistakeWords(
        mark("Two settings are in one line, so the second counts as part of {name}."),
        mark("Start a new line before {instead}."),
    ),
    "placeholder": MistakeWords(
        mark("{name} still holds the words of an example."), mark("Write your own value there.")
    ),
    "invisible": MistakeWords(
        mark("There are characters in {name} that can’t be seen, from a web page or a mail."),
        mark("Delete that line, and type “{instead}” again."),
    ),
    # A key
    "half-key": MistakeWords(
        mark("A key has two parts, and {name} is missing in the file with the other one."), _ADD
    ),
    "swapped-keys": MistakeWords(
        mark("The access key ID is in the place of the secret key."),
        mark(
            "Swap the two: the one that begins with AKIA or ASIA is "
            "aws_access_key_id, the long one aws_secret_access_key."
        ),
    ),
    "small-letters": MistakeWords(
        mark("An access key ID has capital letters and digits only."), _COPY
    ),
    "percent": MistakeWords(
        mark(
            "The secret key ends in %, which a terminal prints when a file ends "
            "without a line break."
        ),
        mark("Remove the % at its end."),
    ),
    "no-token": MistakeWords(
        mark(
            "A key that begins with ASIA is temporary, and needs a third line, the session token."
        ),
        mark("Copy all three lines again. The third is “{instead}”."),
    ),
    "old-token": MistakeWords(
        mark("A key that begins with AKIA has no session token: {name} was left from another key."),
        mark("Remove that line."),
    ),
    "two-tokens": MistakeWords(
        mark("There are two different session tokens, and the one with the older name counts."),
        mark("Remove the line with {name}."),
    ),
    "token-elsewhere": MistakeWords(
        mark("The session token is in a different file from the key, so it is not used with it."),
        mark("Move that line to the key’s own lines, in {instead}."),
    ),
    # A role
    "role-no-source": MistakeWords(
        mark("A role needs another sign-in that assumes it, and none is named beside role_arn."),
        mark(
            "Add “{instead}”, with the name of the profile that signs in, or “credential_source = "
            "Environment” where the keys are in the environment."
        ),
    ),
    "source-no-role": MistakeWords(
        mark("source_profile says who assumes a role, but there is no role_arn beside it."),
        mark("Add the line “{instead}” with the ARN of the role, or sign in with that profile."),
    ),
    "both-sources": MistakeWords(
        mark("source_profile and credential_source exclude each other."),
        mark("Remove one of the two lines."),
    ),
    "credential-source": MistakeWords(
        mark("AWS knows only Environment, Ec2InstanceMetadata and EcsContainer there."), _WRITE
    ),
    "source-empty": MistakeWords(
        mark("It takes its keys from the place that credential_source names, and there are none."),
        mark(
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where it says Environment, or write "
            "“source_profile = …” with a profile that signs in instead."
        ),
    ),
    "source-itself": MistakeWords(
        mark("The profile names itself as the one that signs in, and holds no key."),
        mark("Name another profile there, one that can sign in."),
    ),
    "source-circle": MistakeWords(
        mark("The profiles lead to each other in a circle, so nobody signs in."),
        mark("Name a profile there that signs in by itself."),
    ),
    "source-gone": MistakeWords(
        mark("It signs in with the profile {name}, which is not there."),
        mark("Correct the name in that line, or write the missing profile."),
    ),
    "role-arn": MistakeWords(
        mark("That is not the ARN of a role."), mark("It looks like “{instead}”.")
    ),
    # IAM Identity Center
    "session-gone": MistakeWords(
        mark("It signs in with the session {name}, which is not in the file config."),
        mark(
            "Write {instead} in the file config, and below it sso_start_url and sso_region; “aws "
            "configure sso” does it for you."
        ),
    ),
    "session-section": MistakeWords(
        mark("The session is written under [{name}], where the AWS tools don’t find it."),
        mark("Write {instead} in that line instead."),
    ),
    "session-lacks": MistakeWords(
        mark("Something is missing below [{name}] that says where the access portal is."), _ADD
    ),
    "session-differs": MistakeWords(
        mark("{name} is not the same here as in the session that the profile names."),
        mark("Remove that line: the one in the session counts."),
    ),
    "portal-lacks": MistakeWords(
        mark(
            "The profile is missing {name}, and can’t sign in through the access portal without it."
        ),
        mark("Add the line “{instead}” with your own value, or run “aws configure sso”."),
    ),
    "account-shape": MistakeWords(
        mark("An account ID has 12 digits, without dashes, and with any zeros at its start."),
        mark("Write the 12 digits of the account after “sso_account_id =”."),
    ),
    # A region
    "zone": MistakeWords(
        mark("That is an availability zone: a region has no letter at its end."),
        _WRITE,
    ),
    "region-shape": MistakeWords(
        mark("That is not the code of an AWS region."),
        mark("Write the code of your region there, such as “{instead}”."),
    ),
    # Where only the place is known
    "variable": MistakeWords(
        mark("The environment variable {name} holds a value that can’t be used."),
        mark("Correct what {name} is set to, or remove it from the environment."),
    ),
    "no-program": MistakeWords(
        mark("The program that should sign in was not found."),
        mark(
            "Install it, or write its whole path after “credential_process =”, in "
            "quotation marks if there are spaces in it."
        ),
    ),
    "no-file": MistakeWords(
        mark("A file that {name} names was not found."),
        mark("Correct its path in that line."),
    ),
}
"""By the code of the mistake."""


class MistakeSentences(NamedTuple):
    """The words of one mistake, its values apart: names, paths and lines are the person's own."""

    what: ValueSentence
    mend: ValueSentence


def mistake_words(params: Mapping[str, object]) -> MistakeSentences | None:
    """Return the words of the mistake that a finding's values tell of; None where it is unknown."""
    words = MISTAKE_WORDS.get(str(params.get("mistake", "")))
    if words is None:
        return None
    values = {name: str(params.get(name) or "") for name in ("name", "file", "instead")}
    return MistakeSentences(filled(tr(words.what), **values), filled(tr(words.mend), **values))


def about_mistake(mistake: SettingsMistake) -> ValueSentence:
    """Return where a mistake is, what it is and what to write, for the list of profiles."""
    words = mistake_words(mistake.params)
    place = tr("Line {line} of {file}:").replace("{line}", str(mistake.line))
    sentences = [ValueSentence(place if mistake.line else "{file}:", {"file": mistake.file})]
    if words is not None:
        sentences += words
    values = {name: value for one in sentences for name, value in one.values.items()}
    return ValueSentence(paragraph(*(one.template for one in sentences)), values)
