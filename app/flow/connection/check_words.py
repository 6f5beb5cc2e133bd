"""What a check of a connection test is called, in the window and on the command line alike.

It is a statement that is ticked where the check has passed, and crossed out where it has failed.
"""

from collections.abc import Mapping
from typing import Final

from app.core.i18n import mark, tr
from app.core.wording.value_sentence import ValueSentence
from app.flow.connection.checks import CheckKind, ConnectionCheck
from app.flow.connection.tester import Tester

_CHECKS: Final[Mapping[CheckKind, str]] = {
    CheckKind.NETWORK: mark("AWS answers, and its certificate can be trusted"),
    CheckKind.CLOCK: mark("This computer’s clock is right"),
    CheckKind.CALLER: mark("The sign-in is to the right account"),
    CheckKind.REGION: mark("The region {region} is switched on for the account"),
    CheckKind.ACCOUNT: mark("The account is read, and nothing in it keeps UbiQuity out"),
    CheckKind.VISIT: mark("UbiQuity was here before this test, by the account’s event history"),
    CheckKind.ASSUME: mark("UbiQuity assumes the role with your External ID"),
    CheckKind.ASSUME_WITHOUT: mark("Without the External ID the role refuses"),
    CheckKind.ASSUME_WRONG: mark("With a wrong External ID the role refuses"),
    CheckKind.READ: mark("UbiQuity reads one byte of a file in the bucket {bucket}"),
    CheckKind.OUTSIDE: mark("Outside of {prefix} in the bucket {bucket} UbiQuity is refused"),
    CheckKind.PROBE_WRITE: mark("UbiQuity writes a test file into the bucket {bucket}"),
    CheckKind.PROBE_READ: mark("UbiQuity reads the test file in the bucket {bucket}"),
    CheckKind.PROBE_COPY: mark("UbiQuity copies it into an archive folder of the bucket {bucket}"),
    CheckKind.PROBE_DELETE: mark("UbiQuity deletes both again in the bucket {bucket}"),
}

_LISTS: Final[Mapping[Tester, tuple[str, str]]] = {
    Tester.CUSTOMER: (
        mark("You list the bucket {bucket} ({region})"),
        mark("You list {prefix} in the bucket {bucket} ({region})"),
    ),
    Tester.UBIQUITY: (
        mark("UbiQuity lists the bucket {bucket} ({region})"),
        mark("UbiQuity lists {prefix} in the bucket {bucket} ({region})"),
    ),
}
"""Of a whole bucket, and of a prefix."""


def check_words(check: ConnectionCheck, tester: Tester) -> ValueSentence:
    """Return what ``check`` tries when ``tester`` makes it; the region is no value to mask."""
    entry = check.entry
    if check.kind is CheckKind.CALLER and tester is Tester.UBIQUITY:
        words = tr("The sign-in is UbiQuity’s own")
    elif check.kind is CheckKind.LIST:
        words = tr(_LISTS[tester][bool(entry and entry.prefix)])
    else:
        words = tr(_CHECKS[check.kind])
    if entry is None:
        return ValueSentence(words)
    values = {"bucket": entry.name, "prefix": entry.prefix}
    used = {name: value for name, value in values.items() if f"{{{name}}}" in words}
    return ValueSentence(words.replace("{region}", entry.region), used)
