"""``revoke`` against the practice AWS: taken away, proved, and put back."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from app.core.change import ChangeKind
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.documents.ubiquity_trust import revoked_statement
from app.core.draft import Draft
from app.core.guide import ROLE_NAME, policy_arn, role_arn
from app.practice.account import ACCOUNT_ID, DATABASE_ID, Keys
from app.practice.people import Person
from app.practice.scenarios.stage import RehearsalStage, allow, deny, document
from app.practice.server import PracticeAws
from tests.commands.called import assert_wrong_input, call
from tests.commands.practice_account import (
    account_of,
    administrator,
    draft_for,
    sign_in,
    written,
)
from tests.commands.terminal import answering
from tests.commands.test_apply import killed_at
from tests.helpers.sound_setup import sound_setup

Bytes = pytest.CaptureFixture[bytes]
OTHER_ID = "aBcDeFgHiJkLmNoPqRsTuV"


@pytest.fixture
def empty(aws: PracticeAws) -> dict[str, object]:
    """Return the account before anything was set up."""
    return account_of(aws)


@pytest.fixture
def draft(aws: PracticeAws, empty: object, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """Set everything up; the administrator is signed in."""
    del empty
    sign_in(monkeypatch, aws.admin)
    draft = draft_for(aws)
    sound_setup(aws, draft)
    return draft


def is_let_in(aws: PracticeAws, database_id: str = DATABASE_ID) -> bool:
    """Try as UbiQuity itself."""
    sts = Person(aws.endpoint_url, aws.ubiquity).sts
    try:
        sts.assume_role(
            RoleArn=role_arn(ACCOUNT_ID), RoleSessionName="test", ExternalId=database_id
        )
    except sts.exceptions.ClientError:
        return False
    return True


NOT_LOOKED_AT = [
    "access points of the buckets, which have policies of their own",
    "S3 Access Grants",
    "access control lists (ACLs) of the buckets and their files",
    "buckets and KMS keys that neither the details nor the policies of the role name",
]
UBIQUITY_ROOT = "arn:aws:iam::049579744830:root"


def _place(draft: Draft) -> tuple[str, str]:
    return draft.buckets[0].name, draft.buckets[0].region


def lets_in(bucket: str, *names: str) -> dict[str, object]:
    """Return a statement of a bucket policy that lets ``names`` in."""
    arn = f"arn:aws:s3:::{bucket}"
    return allow("s3:*", on=[arn, f"{arn}/*"], Principal={"AWS": list(names)})


def test_what_lets_the_account_in_past_the_role_goes_too(
    aws: PracticeAws, draft: Draft, tmp_path: Path, capsysbinary: Bytes
) -> None:
    admin, (bucket, region) = administrator(aws), _place(draft)
    key = next(entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn)
    mine = lets_in(bucket, UBIQUITY_ROOT)
    admin.s3(region).put_bucket_policy(Bucket=bucket, Policy=json.dumps(document(mine)))
    before = json.loads(admin.kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
    opened = [*before["Statement"], allow("kms:Decrypt", Principal={"AWS": UBIQUITY_ROOT})]
    text = json.dumps({**before, "Statement": opened})
    admin.kms.put_key_policy(KeyId=key, PolicyName="default", Policy=text)
    admin.kms.create_grant(KeyId=key, GranteePrincipal=UBIQUITY_ROOT, Operations=["Decrypt"])
    called = call(capsysbinary, "revoke", "--draft", written(draft, tmp_path), "--yes", "--json")
    kinds = [line["kind"] for line in called.json["lines"]]
    assert called.status == 0, called.err
    assert {"put-bucket-policy", "revoke-grant", "put-key-policy", "delete-role"} <= set(kinds)
    assert called.json["proof"]["direct_access"] == called.json["proof"]["left"] == []
    assert admin.kms.list_grants(KeyId=key)["Grants"] == []
    after = admin.kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    assert "049579744830" not in after
    with pytest.raises(ClientError, match="NoSuchBucketPolicy"):
        admin.s3(region).get_bucket_policy(Bucket=bucket)


def test_what_lets_others_in_as_well_is_left_and_no_success(
    aws: PracticeAws, draft: Draft, tmp_path: Path, capsysbinary: Bytes
) -> None:
    admin, (bucket, region) = administrator(aws), _place(draft)
    mixed = lets_in(bucket, UBIQUITY_ROOT, f"arn:aws:iam::{ACCOUNT_ID}:root")
    admin.s3(region).put_bucket_policy(Bucket=bucket, Policy=json.dumps(document(mixed)))
    more = ("revoke", "--draft", written(draft, tmp_path), "--yes")
    called = call(capsysbinary, *more, "--json")
    proof, arn = called.json["proof"], f"arn:aws:s3:::{bucket}"
    assert (called.status, proof["assume_role"]) == (1, "denied")
    (way,) = proof["direct_access"]
    assert way == {"where": arn, "statement": mixed}
    (left,) = proof["left"]
    assert left["what"] == arn
    assert "looks after the bucket" in left["why"]
    told = call(capsysbinary, *more)
    assert told.status == 1
    assert f"a statement in the policy of {arn}, for {UBIQUITY_ROOT}" in told.text
    assert "S3 Access Grants" in told.text
    # Its owner writes it anew, and nothing is left.
    admin.s3(region).delete_bucket_policy(Bucket=bucket)
    assert call(capsysbinary, *more).status == 0


def test_a_sign_in_that_may_not_change_a_bucket_policy_is_no_success(
    aws: PracticeAws,
    draft: Draft,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    admin, (bucket, region) = administrator(aws), _place(draft)
    mine = lets_in(bucket, UBIQUITY_ROOT)
    admin.s3(region).put_bucket_policy(Bucket=bucket, Policy=json.dumps(document(mine)))
    limits = deny("s3:DeleteBucketPolicy", "s3:PutBucketPolicy")
    sign_in(monkeypatch, RehearsalStage(aws).colleague("jo", allow("*"), limits))
    more = ("revoke", "--draft", written(draft, tmp_path), "--yes")
    refused = call(capsysbinary, *more, "--json")
    assert refused.status == 1
    assert "s3:DeleteBucketPolicy" in refused.err
    sign_in(monkeypatch, aws.admin)
    assert call(capsysbinary, *more).status == 0


def two_databases(aws: PracticeAws) -> dict[str, object]:
    """Let another database in as well; return the trust policy."""
    trust = trust_policy(DATABASE_ID)
    condition = {"StringEquals": {"sts:ExternalId": [DATABASE_ID, OTHER_ID]}}
    trust["Statement"][0]["Condition"] = condition  # type: ignore[index]
    administrator(aws).iam.update_assume_role_policy(
        RoleName=ROLE_NAME, PolicyDocument=json.dumps(trust)
    )
    return trust


@pytest.mark.parametrize("with_draft", [True, False])
def test_the_role_is_deleted_and_that_is_proved(
    aws: PracticeAws,
    empty: dict[str, object],
    draft: Draft,
    with_draft: bool,
    tmp_path: Path,
    capsysbinary: Bytes,
) -> None:
    assert is_let_in(aws)
    more = ("--draft", written(draft, tmp_path)) if with_draft else ()
    called = call(capsysbinary, "revoke", *more, "--yes", "--json")
    assert called.status == 0, called.err
    assert called.json["format"] == "ubiquity-s3-setup/receipt"
    assert called.json["proof"] == {
        "assume_role": "denied",
        "because": "There is no such role.",
        "evidence": "observed",
        "direct_access": [],
        "left": [],
        "not_looked_at": NOT_LOOKED_AT,
        "sessions_until": None,
    }
    assert ("1 UbiQuity database loses access." in called.err) is not with_draft
    assert account_of(aws) == empty
    assert not is_let_in(aws)
    again = call(capsysbinary, "revoke", *more, "--yes", "--json")
    assert (again.status, again.json["proof"]["assume_role"]) == (0, "denied")
    assert "There is nothing to take away." in again.err


def test_a_deleted_role_is_not_put_back_by_undo_but_set_up_again(
    aws: PracticeAws, draft: Draft, tmp_path: Path, capsysbinary: Bytes
) -> None:
    path = written(draft, tmp_path)
    assert call(capsysbinary, "revoke", "--yes").status == 0
    # No undo of the command line lets UbiQuity in again: that is for the wizard.
    undone = call(capsysbinary, "apply", "--undo", "--yes")
    assert (undone.status, is_let_in(aws)) == (0, False)
    assert "There is no set-up to undo" in undone.err
    assert "The revocation begun on" in undone.err
    assert call(capsysbinary, "apply", "--draft", path, "--yes").status == 0
    assert is_let_in(aws)
    checked = call(capsysbinary, "check", "--draft", path, "--json")
    assert checked.json["verdict"] == "ready"


def test_the_trust_policy_is_changed_and_set_up_again(
    aws: PracticeAws, draft: Draft, tmp_path: Path, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    called = call(capsysbinary, "revoke", "--how", "change-trust", "--yes")
    assert called.status == 0, called.err
    assert "AWS now refuses UbiQuity" in called.text
    assert "--end-sessions  End open sessions" in called.text
    assert "may go on for 1 hour, as long as the role allows" in called.text
    assert "A session that was opened before may go on until" in called.text
    assert "The wizard also offers these choices" not in called.text
    trust = account_of(aws)["roles"][role_arn(ACCOUNT_ID)]["trust"]
    assert trust["Statement"] == [revoked_statement()]
    assert not is_let_in(aws)
    path = written(draft, tmp_path)
    assert call(capsysbinary, "apply", "--draft", path, "--yes").status == 0
    assert account_of(aws) == before
    assert is_let_in(aws)


def test_open_sessions_are_ended_where_that_is_asked_for(
    aws: PracticeAws, draft: Draft, capsysbinary: Bytes
) -> None:
    s3, entry = _session(aws).s3(draft.buckets[0].region), draft.buckets[0]
    left = call(capsysbinary, "revoke", "--how", "change-trust", "--yes", "--json")
    assert left.status == 0, left.err
    until = datetime.fromisoformat(left.json["proof"]["sessions_until"])
    assert timedelta(minutes=55) < until - datetime.now(UTC) <= timedelta(hours=1)
    assert s3.list_objects_v2(Bucket=entry.name, Prefix=entry.prefix)["KeyCount"] > 0
    ended = call(
        capsysbinary, "revoke", "--how", "change-trust", "--end-sessions", "--yes", "--json"
    )
    assert ended.status == 0, ended.err
    assert [line["kind"] for line in ended.json["lines"]] == ["put-role-policy"]
    assert ended.json["proof"]["sessions_until"] is None
    with pytest.raises(ClientError, match="explicit deny"):
        s3.list_objects_v2(Bucket=entry.name, Prefix=entry.prefix)
    again = call(capsysbinary, "revoke", "--how", "change-trust", "--end-sessions", "--yes")
    assert (again.status, "nothing to take away" in again.text) == (0, True)
    assert call(capsysbinary, "revoke", "--yes").status == 0


def test_a_role_allows_longer_sessions(aws: PracticeAws, draft: Draft, capsysbinary: Bytes) -> None:
    del draft
    administrator(aws).iam.update_role(RoleName=ROLE_NAME, MaxSessionDuration=4 * 3600)
    called = call(capsysbinary, "revoke", "--how", "change-trust", "--yes", "--json")
    until = datetime.fromisoformat(called.json["proof"]["sessions_until"])
    assert timedelta(hours=3, minutes=55) < until - datetime.now(UTC) <= timedelta(hours=4)


def test_killed_between_the_trust_policy_and_the_sessions(
    aws: PracticeAws,
    draft: Draft,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    del draft
    command = ("revoke", "--how", "change-trust", "--end-sessions")
    killed_at(ChangeKind.UPDATE_TRUST_POLICY, monkeypatch, capsysbinary, *command, "--yes")
    assert account_of(aws)["roles"][role_arn(ACCOUNT_ID)]["inline"] == {}
    called = call(capsysbinary, *command, "--yes", "--json")
    assert called.status == 0, called.err
    states = {line["kind"]: line["state"] for line in called.json["lines"]}
    assert states == {"update-trust-policy": "done", "put-role-policy": "done"}
    assert called.json["proof"]["sessions_until"] is None


def _session(aws: PracticeAws) -> Person:
    """Open a session as UbiQuity, before its access ends."""
    keys = Person(aws.endpoint_url, aws.ubiquity).sts.assume_role(
        RoleArn=role_arn(ACCOUNT_ID), RoleSessionName="test", ExternalId=DATABASE_ID
    )["Credentials"]
    return Person(
        aws.endpoint_url,
        Keys(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]),
    )


@pytest.mark.parametrize("how", ["delete-role", "change-trust"])
def test_one_of_two_databases(
    aws: PracticeAws, draft: Draft, how: str, tmp_path: Path, capsysbinary: Bytes
) -> None:
    two_databases(aws)
    path = written(draft, tmp_path)
    called = call(capsysbinary, "revoke", "--draft", path, "--how", how, "--yes")
    assert called.status == 0, called.err
    assert OTHER_ID in called.text
    assert (is_let_in(aws), is_let_in(aws, OTHER_ID)) == (False, True)
    # Without a draft every database is meant, and their number is said.
    everyone = call(capsysbinary, "revoke", "--yes", "--json")
    assert (everyone.status, everyone.json["proof"]["assume_role"]) == (0, "denied")
    assert not is_let_in(aws, OTHER_ID)


def test_how_many_lose_access(
    aws: PracticeAws, draft: Draft, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    del draft
    two_databases(aws)
    before = account_of(aws)
    answering(monkeypatch, "no")
    called = call(capsysbinary, "revoke")
    assert called.status == 1
    assert "2 UbiQuity databases lose access." in called.text
    assert "Take this away? [yes/no]" in called.err
    assert account_of(aws) == before
    answering(monkeypatch, "yes")
    assert call(capsysbinary, "revoke").status == 0


def test_a_role_that_others_use_stays(
    aws: PracticeAws, draft: Draft, tmp_path: Path, capsysbinary: Bytes
) -> None:
    RehearsalStage(aws).inline("extra", {"Version": "2012-10-17", "Statement": [allow("sqs:*")]})
    before = account_of(aws)
    called = call(capsysbinary, "revoke", "--yes")
    assert called.status == 0, called.err
    assert "extra" in called.text
    role = account_of(aws)["roles"][role_arn(ACCOUNT_ID)]
    assert list(role["inline"]) == ["extra"]
    assert (role["attached"], account_of(aws)["policies"]) == ([], {})
    assert not is_let_in(aws)
    path = written(draft, tmp_path)
    assert call(capsysbinary, "apply", "--draft", path, "--yes").status == 0
    after = account_of(aws)
    assert (after["roles"], after["policies"]) == (before["roles"], before["policies"])
    assert is_let_in(aws)


def test_every_version_of_the_policy_goes(
    aws: PracticeAws, empty: dict[str, object], draft: Draft, capsysbinary: Bytes
) -> None:
    for wider in (False, True, False):
        administrator(aws).iam.create_policy_version(
            PolicyArn=policy_arn(ACCOUNT_ID),
            PolicyDocument=json.dumps(permissions_policy(draft.buckets)),
            SetAsDefault=wider,
        )
    called = call(capsysbinary, "revoke", "--yes")
    assert called.status == 0, called.err
    assert called.text.count('"version": ') == 3
    assert account_of(aws) == empty


@pytest.mark.parametrize("kind", [ChangeKind.PUT_KEY_POLICY, ChangeKind.DELETE_ROLE])
def test_killed_in_the_middle(
    aws: PracticeAws,
    empty: dict[str, object],
    draft: Draft,
    kind: ChangeKind,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    del draft
    killed_at(kind, monkeypatch, capsysbinary, "revoke", "--yes")
    called = call(capsysbinary, "revoke", "--yes", "--json")
    assert (called.status, called.json["proof"]["assume_role"]) == (0, "denied")
    assert f"A revocation in account {ACCOUNT_ID}" in called.err
    assert account_of(aws) == empty


def test_a_refusal_is_mended_and_the_access_ended(
    aws: PracticeAws,
    empty: dict[str, object],
    draft: Draft,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    del draft
    reading = allow("iam:Get*", "iam:List*", "s3:*", "kms:*", "iam:DetachRolePolicy")
    sign_in(monkeypatch, RehearsalStage(aws).colleague("jo", reading))
    refused = call(capsysbinary, "revoke", "--yes", "--json")
    assert (refused.status, refused.json["proof"]["assume_role"]) == (1, "allowed")
    assert "iam:DeleteRole" in refused.err
    assert is_let_in(aws)
    sign_in(monkeypatch, aws.admin)
    assert call(capsysbinary, "revoke", "--yes").status == 0
    assert account_of(aws) == empty


def test_what_could_not_be_read_is_no_success(
    aws: PracticeAws, draft: Draft, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    del draft
    sign_in(monkeypatch, RehearsalStage(aws).colleague("jo", allow("s3:*")))
    called = call(capsysbinary, "revoke", "--yes", "--json")
    assert (called.status, called.json["proof"]["assume_role"]) == (1, "unknown")
    assert "Nothing can be taken away at present." in called.err
    assert is_let_in(aws)
    sign_in(monkeypatch, aws.admin)
    assert call(capsysbinary, "revoke", "--yes").status == 0


def test_the_input_or_the_sign_in_is_wrong(
    aws: PracticeAws,
    draft: Draft,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    nowhere = str(tmp_path / "nowhere.json")
    assert_wrong_input(call(capsysbinary, "revoke", "--yes", "--draft", nowhere), nowhere)
    assert_wrong_input(call(capsysbinary, "revoke", "--how", "magic"), "delete-role")
    assert_wrong_input(call(capsysbinary, "revoke"), "--yes")
    assert_wrong_input(call(capsysbinary, "revoke", "--yes", "--profile", "nobody"), "nobody")
    sign_in(monkeypatch, aws.partner)
    path = written(draft, tmp_path)
    wrong = call(capsysbinary, "revoke", "--yes", "--draft", path)
    assert_wrong_input(wrong, "another AWS account", ACCOUNT_ID)
    assert is_let_in(aws)
    sign_in(monkeypatch, aws.admin)
    assert call(capsysbinary, "revoke", "--yes", "--draft", path).status == 0
