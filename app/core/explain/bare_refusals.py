"""Answers that only say no: "Access Denied", "Forbidden", and what HEAD gives in a number.

Such an answer is bare only where it is AWS's and says no more. One that goes on to say why, or
is about another call, is not: its cause is what it says.
"""

import re
from typing import Final

from app.core.explain.explanation import Explanation, each
from app.core.explain.origin import is_of_aws
from app.core.explain.pasted import ErrorText
from app.core.explain.refused import CANNOT_ASSUME, OPERATIONS_FAIL, causes_of_refused_call
from app.core.explain.refused_call import RefusedCall, refused_calls
from app.core.explain.refused_caller import caller_named
from app.core.explain.services import ELSEWHERE

_REFUSED: Final = (
    "accessdenied",
    "notauthorizedtoperformassumerole",
    "notauthorizedtoassume",
    "403forbidden",
    "errorcodeforbidden",
    "http403",
)

_OF_POLICY: Final = _REFUSED[:3]
"""A no in AWS's words; the others are a status of HTTP."""

_BAD_REQUEST: Final = ("bucket.region-mismatch", "files.sse-c", "signin.expired")
"""A HEAD that was signed for another region, lacks the key of SSE-C, or has a token that ended."""

_HEAD: Final = {
    ("HeadBucket", "400"): ("bucket.region-mismatch", "signin.expired"),
    ("HeadObject", "400"): _BAD_REQUEST,
    ("HeadBucket", "404"): ("bucket.missing",),
    ("HeadObject", "404"): (),
}
"""HEAD has no text: the status is all there is (Amazon S3 API Reference, HeadBucket)."""

_BARE_400: Final = re.compile(
    r"\bs3responseerror: 400 bad request|\bbad request \((?:aws )?service: (?:amazon )?s3[,;]|"
    r"bad ?request: (?:bad request|null)?\W{0,3}status code: 400, request id: [^,]{1,80}, host id",
    re.IGNORECASE,
)
"""The same in the dialects of Java, Go and boto 2, which don't tell the call."""

_WHOLE_TEXT: Final = {
    "301": ("bucket.region-mismatch",),
    "movedpermanently": ("bucket.region-mismatch",),
    "301movedpermanently": ("bucket.region-mismatch",),
    "404notfound": ("bucket.missing",),
    "forbidden": OPERATIONS_FAIL,
    "403": OPERATIONS_FAIL,
    "403forbidden": OPERATIONS_FAIL,
}
"""A status that is all that was pasted."""

_REASON: Final = (
    r"\W{0,3} (?:because|since|due to|by\b|as (?:the|it|you)|for (?:the )?(?:user|account|login|"
    r"principal|client|group|tenant|['\"]?[\w.-]{1,60}['\"]?@))"
)
_GOES_ON: Final = re.compile(rf"(?:access[ _]?denied|forbidden){_REASON}", re.IGNORECASE)
"""A no that goes on to say why, or to whom."""

_NO: Final = (
    rf"(?:(?:access ?denied|forbidden|not authori[sz]ed)(?!{_REASON})|unknown\w*|null|none|"
    r"no response body|error making request with error code|status ?code|request ?id|[-(<{}]|http)"
)
_SAID: Final = re.compile(
    r"(?:calling the \w{1,60} operation(?: \([^)]{1,60}\))?:|api error \w{1,60}:|<message>|"
    r"during \w{1,60} operation:|(?<!nio\.file\.)\baccess_?denied(?:exception)?(?: \(client\))?:|"
    r"\b(?:amazon)?(?:s3|sts|kms)exception:|"
    r"\baccess_?denied(?:exception)?\W{1,6}(?:error ?)?message\W{1,4}(?:some\()?)"
    rf"\W{{0,3}}(?P<no>{_NO}|$)?",
    re.IGNORECASE,
)
"""AWS's message in the dialects that give it behind the code, and whether it is a mere no."""

_JAVAS_REST: Final = re.compile(r"\((?:aws )?service: ", re.IGNORECASE)
_NO_BEFORE: Final = re.compile(rf"{_NO}\W{{0,4}}$", re.IGNORECASE)
_LONGEST_NO: Final = 60
"""In Java's dialect the message stands before the rest."""

_CODE: Final = re.compile(
    r"error occurred \((\w{1,60})\)|api error (\w{1,60})|error code: ([\w ]{1,60}?) ?[;,)\]]|"
    r"<code>(\w{1,60})</code>|status \d{3}, ?error (\w{1,60})",
    re.IGNORECASE,
)
_REFUSING: Final = re.compile(r"access ?denied|forbidden|^40\d|^null|^unknown", re.IGNORECASE)
"""AWS's codes where an SDK gives them, and those that say no and nothing else."""

_PLAIN: Final = (
    "403 a access accessdenied accessdeniedexception account amazon an and arn assume "
    "assumerole assuming authorised authorized aws be bucket can cannot client code connect "
    "connecting connection connector connectors could couldn't denied did error errors "
    "exception failed failure fatal forbidden from got i id in info into is it message my not "
    "of on operation or our perform receive received request response returned role s3 said "
    "says status sts test the this to trying ubiquity ubiquity's unable unknown warning was we "
    "when while with your"
)
_PLAIN_WORDS: Final = frozenset(_PLAIN.split())
"""What people write around the guide's heading; it names no other product."""

_WORD: Final = re.compile(r"[^\W\d_][\w']*|\b403\b")
_PASSED_OVER: Final = re.compile(
    r"\bbucket:? ['\"]?[a-z0-9.-]{3,63}['\"]?|\d[\dTZ:.,+-]*|\[[\w .-]{1,30}\]", re.IGNORECASE
)
"""A bucket's name, and what a log puts before a line."""


def bare_refusals(pasted: ErrorText) -> tuple[Explanation, ...]:
    """Return the usual causes of a refusal that doesn't tell its own."""
    calls = refused_calls(pasted)
    if all(call.service == ELSEWHERE for call in calls):
        return ()
    if pasted.status == "301":
        return each("bucket.region-mismatch", bucket=pasted.bucket)
    causes = _HEAD.get((pasted.operation, pasted.status), _WHOLE_TEXT.get(pasted.letters))
    if causes is not None:
        return each(*causes, bucket=pasted.bucket)
    if _BARE_400.search(pasted.text):
        return each(*_BAD_REQUEST, bucket=pasted.bucket)
    if is_refusal(pasted) and not says_why(pasted) and is_of_aws_or_the_guide(pasted, calls[0]):
        return tuple(cause for call in calls for cause in _refused(pasted, call))
    if pasted.operation == "GetRoleCredentials" and pasted.says("forbiddenexception"):
        return each("signin.not-allowed")
    return ()


def is_refusal(pasted: ErrorText) -> bool:
    """Tell whether the text says no, whoever says it."""
    return pasted.status == "403" or any(map(pasted.says, _REFUSED))


def says_why(pasted: ErrorText) -> bool:
    """Tell whether a refusal says more than no, so that its cause is what it says."""
    text = pasted.text
    codes = [next(filter(None, match.groups()), "") for match in _CODE.finditer(text)]
    if codes and not any(map(_REFUSING.search, codes)):
        return True
    said = [match["no"] is not None for match in _SAID.finditer(text)]
    said.extend(
        bool(_NO_BEFORE.search(text[max(0, rest.start() - _LONGEST_NO) : rest.start()]))
        for rest in _JAVAS_REST.finditer(text)
    )
    return not any(said) if said else bool(_GOES_ON.search(text))


def is_of_aws_or_the_guide(pasted: ErrorText, call: RefusedCall) -> bool:
    """Tell whether a refusal is AWS's, or the guide's heading for one; ``call`` is the text's."""
    return is_of_aws(pasted, call) or _is_the_guides_heading(pasted)


def _is_the_guides_heading(pasted: ErrorText) -> bool:
    """Tell whether the text is a mere "Access denied", with nothing that names a product."""
    words = _WORD.findall(_PASSED_OVER.sub(" ", pasted.text.lower()))
    says_no = any(map(pasted.says, _OF_POLICY))
    return says_no and _PLAIN_WORDS.issuperset(words)


def _refused(pasted: ErrorText, call: RefusedCall) -> tuple[Explanation, ...]:
    is_of_s3 = pasted.says("bucket") and not call.operation
    if not call.service and (is_of_s3 or not any(map(pasted.says, _OF_POLICY))):
        return each(*OPERATIONS_FAIL)  # A mere "Forbidden" is S3's: STS and IAM say more.
    if call.service == ELSEWHERE:
        return ()
    if not call.service:
        return each(*CANNOT_ASSUME, *OPERATIONS_FAIL)
    return causes_of_refused_call(call, pasted.bucket, caller_named(pasted.principal))
