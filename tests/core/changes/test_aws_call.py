"""The requests of a change, against AWS's own models of its services and its command line."""

import json
import shlex

import pytest
from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import ServiceModel

from app.aws.changes import _METHODS
from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import AwsCall
from app.core.changes.aws_cli import call_text
from app.core.changes.kinds import rules_of
from app.core.changes.requests import calls_of
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, ROLE_NAME
from tests.aws.doubles import ACCOUNT, REGION
from tests.aws.setups import EXTRA, PERMISSIONS, TRUST
from tests.aws.test_present import ONE_AFTER_THE_OTHER

KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
PUT_KEY = Change(ChangeKind.PUT_KEY_POLICY, KEY, EXTRA, PERMISSIONS, reversible=True)
BUCKET = "arn:aws:s3:::acme-imports"
PLACE = {"region": REGION, "owner": ACCOUNT}
PUT_BUCKET = Change(
    ChangeKind.PUT_BUCKET_POLICY, BUCKET, EXTRA, PERMISSIONS, reversible=True, settings=PLACE
)
GRANT = {"id": "a-grant", "grantee": "arn:aws:iam::049579744830:root", "operations": ["Decrypt"]}
EVERY_KIND = (
    *ONE_AFTER_THE_OTHER,
    PUT_KEY,
    PUT_BUCKET,
    replace(PUT_BUCKET, after=None),
    Change(ChangeKind.REVOKE_GRANT, KEY, GRANT, None, reversible=False),
)
CALLS = [call for change in EVERY_KIND for call in calls_of(change)]
MODELS = {
    name: ServiceModel(Loader().load_service_model(name, "service-2"), name)
    for name in ("iam", "kms", "s3")
}


def test_every_kind_is_there() -> None:
    assert {change.kind for change in EVERY_KIND} == set(ChangeKind)
    assert {call.operation for call in CALLS} == set(_METHODS)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.operation)
def test_aws_knows_the_operation_and_its_parameters(call: AwsCall) -> None:
    operation = MODELS[call.service].operation_model(call.operation)
    assert operation.input_shape is not None
    assert set(call.parameters) <= set(operation.input_shape.members)
    assert set(operation.input_shape.required_members) <= set(call.parameters)
    assert xform_name(call.operation) == _METHODS[call.operation]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.operation)
def test_the_command_line_is_the_awss_own(call: AwsCall) -> None:
    words = shlex.split(call_text(call))
    region = ["--region", call.region] if call.region else []
    assert words[: 3 + len(region)] == [
        "aws",
        call.service,
        xform_name(call.operation, "-"),
        *region,
    ]
    for name, value in call.parameters.items():
        place = words.index(f"--{xform_name(name, '-')}")
        if value is not True:
            given = words[place + 1]
            expected = value[0] if isinstance(value, list) and isinstance(value[0], str) else value
            assert given == expected or json.loads(given) == expected


def test_one_request_each_but_for_tags_both_put_and_removed() -> None:
    two = [change.kind for change in EVERY_KIND if len(calls_of(change)) != 1]
    assert two == [ChangeKind.TAG_ROLE]


@pytest.mark.parametrize("change", EVERY_KIND, ids=lambda change: change.kind)
def test_the_permission_is_that_of_a_request(change: Change) -> None:
    actions = {f"{call.service}:{call.operation}" for call in calls_of(change)}
    others = {"iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "s3:DeleteBucketPolicy"}
    assert rules_of(change).action in actions or actions <= others


def test_the_role_is_made_under_its_path() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:role/team/data/{ROLE_NAME}"
    (call,) = calls_of(Change(ChangeKind.CREATE_ROLE, arn, None, TRUST, reversible=True))
    assert (call.parameters["Path"], call.parameters["RoleName"]) == ("/team/data/", ROLE_NAME)


def test_our_tag_can_be_left_out_and_others_not() -> None:
    tagged = replace(ONE_AFTER_THE_OTHER[1], settings={"tags": {"team": "data"}})
    (call,) = calls_of(tagged, tagged=False)
    assert call.parameters["Tags"] == [{"Key": "team", "Value": "data"}]
    (plain,) = calls_of(ONE_AFTER_THE_OTHER[0], tagged=False)
    assert "Tags" not in plain.parameters
    assert plain.parameters["PolicyName"] == POLICY_NAME


@pytest.mark.parametrize("text", ["it's", "--dashes", 'a "b" $c `d`', "Übergabe", "a b\nc", ""])
def test_whatever_a_text_holds_bash_reads_it_back(text: str) -> None:
    words = shlex.split(call_text(AwsCall("iam", "CreateRole", {"Description": text})))
    assert words[3:] in (["--description", text], [f"--description={text}"])
