"""The words of findings about the key of an encrypted bucket (SSE-KMS)."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message
from app.core.wording.finding_words.bucket import PAST_THE_ROLE, TAKE_OUT
from app.core.wording.finding_words.lines import (
    FIND_DENY,
    FIND_QUOTED,
    LEAVE_OUT_THE_ROLE,
    MISTAKES,
    NAMED,
    TURNS_ON,
    Line,
    Params,
    Sentence,
    Wording,
    equals,
    has,
    knows,
    lacks,
)

OPEN_KEY: Final = (
    mark(
        "In the AWS console, open Key Management Service (KMS) > Customer managed keys > {key_id} "
        "> Key policy."
    ),
    lacks(
        "key",
        mark(
            "In the AWS console, open Key Management Service (KMS) > Customer managed keys, choose "
            "the bucket’s key, and open Key policy."
        ),
    ),
    mark("If there is a button Switch to policy view, choose it. Then choose Edit."),
)
ADD_STATEMENT: Final = (
    has(
        "paste",
        mark(
            "Add the statement that is shown with this finding ({kms_sid}) to the list under "
            "“Statement”. If one of that name is there, replace it. Keep everything else."
        ),
    ),
    lacks(
        "paste",
        mark(
            "Add the key statement that this program shows ({kms_sid}) to the list under "
            "“Statement”. If one of that name is there, replace it. Keep everything else."
        ),
    ),
)
SAVE_KEY: Final = mark("Choose Save changes.")
GRANT_FIX: Final = (*OPEN_KEY, *ADD_STATEMENT, SAVE_KEY)


def _account(arn: object) -> str:
    return str(arn).split(":")[4] if str(arn).count(":") >= 5 else ""


def _key_is_anothers(params: Params) -> bool:
    key, role = _account(params.get("key")), _account(params.get("role"))
    return bool(key) and bool(role) and key != role


ALSO_IN_ROLE: Final = Line(
    mark(
        "The key is in another account, so the role needs the same actions on {key} in a policy "
        "of its own as well: IAM > Roles > {role_name} > Permissions > Add permissions > Create "
        "inline policy."
    ),
    _key_is_anothers,
)


def _is_statement(params: Params) -> bool:
    return params.get("grant") is None


def _of_statement(sentence: Sentence) -> Line:
    """Say it of a statement of the key policy only, not of a grant."""
    if isinstance(sentence, Line):
        when = sentence.when
        return Line(sentence.message, lambda params: _is_statement(params) and when(params))
    return Line(sentence, _is_statement)


_IN_THE_POLICY: Final[tuple[Sentence, ...]] = (*OPEN_KEY, *TAKE_OUT, SAVE_KEY)
_OPEN_CLOUDSHELL: Final = mark(
    "In the AWS console, choose the region of the key, open CloudShell and run the next commands "
    "there: the console does not show grants."
)

_DELETING: Final = ("PendingDeletion", "PendingReplicaDeletion")
_SOON: Final = ("Creating", "Updating")


def _in(states: tuple[str | None, ...], message: Message) -> Line:
    """Say ``message`` where the key is in one of ``states``; None stands for one not told."""
    return Line(message, lambda params: params.get("state") in states)


KEY_WORDS: Final[dict[str, Wording]] = {
    "kms.decrypt-denied": Wording(
        title=(
            has("key", mark("The role is not allowed to read encrypted files")),
            mark("The role may lack the right to read encrypted files"),
        ),
        detail=(
            lacks("of_files", mark("The bucket encrypts with the key {key}.")),
            has("of_files", mark("Some of the files are encrypted with the key {key}.")),
            lacks("of_files", mark("Reading a file needs kms:Decrypt on the bucket’s key.")),
            has("of_files", mark("Reading such a file needs kms:Decrypt on that key.")),
            has("key", mark("Nothing grants it to the role.")),
        ),
        fix=(*GRANT_FIX, ALSO_IN_ROLE),
    ),
    "kms.describe-denied": Wording(
        title=(mark("The role is not allowed to look up the key"),),
        detail=(
            mark("The bucket encrypts with the key {key}."),
            mark("UbiQuity also needs kms:DescribeKey, and it is not granted."),
        ),
        fix=(*GRANT_FIX, ALSO_IN_ROLE),
    ),
    "kms.write-denied": Wording(
        title=(mark("Processed files cannot be moved in this encrypted bucket"),),
        detail=(
            mark("The bucket encrypts with the key {key}."),
            mark(
                "UbiQuity can read, but to write a file to the archive or error folder the role "
                "needs kms:GenerateDataKey."
            ),
            mark("The key statement that UbiQuity publishes does not grant it."),
        ),
        fix=(
            *OPEN_KEY,
            mark(
                "In the statement {kms_sid}, add “kms:GenerateDataKey” to the list under “Action”. "
                "If there is no such statement, add the one that this program shows first."
            ),
            SAVE_KEY,
            ALSO_IN_ROLE,
            mark("This goes beyond what UbiQuity publishes, so your key administrator decides."),
        ),
    ),
    "kms.principal-orphaned": Wording(
        title=(mark("The key policy names a role that was deleted"),),
        detail=(
            mark("Only its id {found} is left, in the policy of the key {key}."),
            mark("A new role has a new id, even under the same name, so the grant is lost."),
        ),
        fix=(
            *OPEN_KEY,
            mark("Put {role} in place of {found}."),
            lacks("role", mark("Put the ARN of the role {role_name} in place of that id.")),
            SAVE_KEY,
        ),
    ),
    "kms.key-differs": Wording(
        title=(
            has("found", mark("The bucket uses a different key from the one in your details")),
            mark("The key in your details may not be the bucket’s"),
        ),
        detail=(
            mark("The bucket encrypts with {found}."),
            mark("Your details say {expected}."),
            Line(
                mark("Your details name no key."),
                lambda params: bool(params.get("found")) and not params.get("expected"),
            ),
            mark("The key that the bucket uses is the one that matters."),
        ),
        fix=(
            mark("Put {found} as the KMS key into your details here."),
            lacks(
                "found",
                mark(
                    "In the AWS console, open S3 > General purpose buckets, choose the bucket, and "
                    "read the key under Properties > Default encryption."
                ),
            ),
            mark("Then check again: the key’s policy is checked for that key."),
        ),
    ),
    "kms.key-disabled": Wording(
        title=(
            has("of_files", mark("The key of some files cannot be used as it is")),
            _in(("PendingImport",), mark("The bucket’s key has no key material (pending import)")),
            _in(("Unavailable",), mark("AWS cannot reach the store that holds the bucket’s key")),
            _in(_DELETING, mark("The bucket’s key is going to be deleted")),
            _in(_SOON, mark("The bucket’s key is not ready yet")),
            has("state", mark("The bucket’s key is switched off")),
            mark("The bucket’s key may be switched off"),
        ),
        detail=(
            mark("The key {key} is in the state {state}."),
            mark("Until that changes, no file that was encrypted with it can be read or written."),
        ),
        fix=(
            mark(
                "In the AWS console, open Key Management Service (KMS) > Customer managed keys > "
                "{key_id}."
            ),
            lacks(
                "key",
                mark(
                    "In the AWS console, open Key Management Service (KMS) > Customer managed "
                    "keys and choose the bucket’s key."
                ),
            ),
            _in(
                (None, *_DELETING),
                mark(
                    "If it is pending deletion, choose Key actions > Cancel key deletion. Do it "
                    "soon: a deleted key cannot be brought back, nor can its files."
                ),
            ),
            _in(
                (None, "PendingImport"),
                mark(
                    "If it is pending import, choose Key material > Import key material, and "
                    "import the same material as before. No other material can read the "
                    "files."
                ),
            ),
            _in(
                ("Unavailable",),
                mark(
                    "Open Custom key stores there, choose the store of this key, and choose "
                    "Connect. If it stays disconnected, ask the person who runs the store."
                ),
            ),
            _in(_SOON, mark("Wait some minutes: AWS is still making or changing the key.")),
            _in(
                (None, "Disabled", *_DELETING),
                mark("Choose Key actions > Enable."),
            ),
        ),
    ),
    "kms.direct-grant": Wording(
        title=(
            knows("grant", mark("A grant lets UbiQuity use the key without the role")),
            has("anybody", mark("The key policy lets anybody in")),
            has("certain", mark("The key policy lets UbiQuity in without the role")),
            mark("The key policy may let UbiQuity in without the role"),
        ),
        detail=(
            knows("grant", mark("The grant is on the key {key}.")),
            _of_statement(mark("The statement is in the policy of the key {key}.")),
            *PAST_THE_ROLE,
            has("anybody", mark("“*” means everybody in AWS, including UbiQuity.")),
        ),
        fix=(
            *(_of_statement(sentence) for sentence in _IN_THE_POLICY),
            knows("grant", _OPEN_CLOUDSHELL),
            equals(
                "grant",
                "",
                mark(
                    "Run “aws kms list-grants --key-id {key}” and note the GrantId of the grant "
                    "for {who}."
                ),
            ),
            equals(
                "grant",
                "",
                mark(
                    "Run “aws kms revoke-grant --key-id {key} --grant-id GRANTID” with that id in "
                    "place of GRANTID."
                ),
            ),
            mark("Run “aws kms revoke-grant --key-id {key} --grant-id {grant}”."),
        ),
    ),
    "kms.other-account": Wording(
        title=(
            has("of_files", mark("The key of some files is in another AWS account")),
            mark("The bucket’s key is in another AWS account"),
        ),
        detail=(
            mark("The key {key} is in the account {account}."),
            mark("So the key’s policy and the role’s own policies must both allow its use."),
        ),
        fix=(
            mark(
                "Ask the person who looks after the account {account} to do the next steps there:"
            ),
            *GRANT_FIX,
            mark(
                "In the account of the role, open IAM > Roles > {role_name} > Permissions > Add "
                "permissions > Create inline policy, and allow kms:Decrypt and kms:DescribeKey "
                "on {key}."
            ),
        ),
    ),
    "kms.explicit-deny": Wording(
        title=(
            has("actions", mark("A Deny in the key policy stops the role")),
            mark("A Deny in the key policy may stop the role"),
        ),
        detail=(
            mark("The statement is in the policy of the key {key}."),
            mark("The rule refuses {actions}, so UbiQuity cannot {deeds}."),
            NAMED,
            TURNS_ON,
            *MISTAKES,
            mark("A Deny overrides every statement that allows."),
        ),
        fix=(
            *OPEN_KEY,
            FIND_QUOTED,
            FIND_DENY,
            *LEAVE_OUT_THE_ROLE,
            lacks(
                "paste",
                mark("Delete it, or change it so that it leaves out the role {role_name}."),
            ),
            SAVE_KEY,
        ),
    ),
    "kms.deny-may-apply": Wording(
        title=(mark("A Deny in the key policy may stop the role"),),
        detail=(
            mark("The statement is in the policy of the key {key}."),
            has("condition", mark("The rule refuses {actions} under a condition.")),
            lacks("condition", mark("The rule refuses {actions} in some cases.")),
            NAMED,
            TURNS_ON,
            *MISTAKES,
            mark("This program cannot tell whether it applies to UbiQuity."),
        ),
        fix=(
            *OPEN_KEY,
            FIND_QUOTED,
            FIND_DENY,
            *LEAVE_OUT_THE_ROLE,
            lacks(
                "paste",
                mark(
                    "If it is not needed, delete it. If it is, change it so that it leaves "
                    "out the role {role_name}, or ask {support_email} whether it applies to "
                    "UbiQuity."
                ),
            ),
            SAVE_KEY,
        ),
    ),
}
