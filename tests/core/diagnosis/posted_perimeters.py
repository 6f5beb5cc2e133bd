"""Posted policies about where a request comes from, and AWS's data perimeter examples.

The latter are all of the repository aws-samples/data-perimeter-policy-examples that can bear on
the connector's requests, its placeholders filled in; a service or resource control policy stands
for a policy of the role, the bucket, the key or the trust that says the same.
"""

from typing import Any, Final

from tests.core.diagnosis.broken_buckets import bucket_policy
from tests.core.diagnosis.broken_permissions import guarded
from tests.core.diagnosis.posted import (
    ENDPOINT,
    NO_SERVICE,
    NO_SERVICE_NOR_VIA,
    OFFICE,
    OTHER_ORG,
    OWN_ORG,
    PARTNERS,
    VPC,
    WITH_UBIQUITY,
    Posted,
    bucket,
    identity_perimeter,
    in_org,
    key,
    network_perimeter,
    role,
    tagged,
    tags_unread,
    trust,
)
from tests.core.diagnosis.wild_ways import BOTH
from tests.helpers.snapshots import (
    ACCOUNT,
    PUT,
    ROLE_ARN,
    ROLE_ID,
    deny,
    together,
)

ADMIN: Final = f"arn:aws:iam::{ACCOUNT}:role/Admin"
NOT_ENDPOINT: Final = {"StringNotEquals": {"aws:SourceVpce": ENDPOINT}}
EVERYWHERE: Final = ["0.0.0.0/0", "::/0"]
OF_EC2: Final = {
    "Null": {"ec2:SourceInstanceARN": "false"},
    "BoolIfExists": {"aws:ViaAWSService": "false"},
}

NETWORKS: Final = (
    Posted("S3: one endpoint", bucket(NOT_ENDPOINT), "ad uuuu aaa"),
    Posted(
        "one endpoint, and beside it the office: everybody is denied by one of the two",
        bucket_policy(
            deny("s3:*", BOTH, Principal="*", Condition=NOT_ENDPOINT),
            deny("s3:*", BOTH, Principal="*", Condition={"NotIpAddress": {"aws:SourceIp": OFFICE}}),
        ),
        "ad dddd aaa",
    ),
    Posted("S3: one VPC", bucket({"StringNotEquals": {"aws:SourceVpc": VPC}}), "ad uuuu aaa"),
    Posted(
        "one endpoint, but for services",
        bucket(
            {
                "StringNotEqualsIfExists": {"aws:SourceVpce": ENDPOINT},
                "BoolIfExists": NO_SERVICE_NOR_VIA,
            }
        ),
        "ad uuuu aaa",
    ),
    Posted(
        "one endpoint, but for this role",
        bucket({**NOT_ENDPOINT, "ArnNotEquals": {"aws:PrincipalArn": ROLE_ARN}}),
    ),
    Posted(
        "one endpoint, but for another role",
        bucket({**NOT_ENDPOINT, "ArnNotLike": {"aws:PrincipalArn": [ADMIN, f"{ADMIN}-*"]}}),
        "ad uuuu aaa",
    ),
    Posted(
        "one endpoint, but for this role's id",
        bucket({**NOT_ENDPOINT, "StringNotLike": {"aws:userId": [f"{ROLE_ID}:*", ACCOUNT]}}),
    ),
    Posted(
        "one endpoint, but for calls by services, of which there are none here",
        bucket({**NOT_ENDPOINT, "Bool": {"aws:ViaAWSService": "true"}}),
    ),
    Posted(
        "one endpoint and the office",
        bucket({**NOT_ENDPOINT, "NotIpAddress": {"aws:SourceIp": OFFICE}}),
        "ad uuuu aaa",
    ),
    Posted("S3: the office", bucket({"NotIpAddress": {"aws:SourceIp": [OFFICE]}}), "ad uuuu aaa"),
    Posted(
        "everywhere, but an endpoint has no address",
        bucket({"NotIpAddress": {"aws:SourceIp": EVERYWHERE}}),
        "ad uuuu aaa",
    ),
    Posted(
        "everywhere, or nobody knows where",
        bucket({"IpAddressIfExists": {"aws:SourceIp": EVERYWHERE}}),
        "ad dddd aaa",
    ),
    Posted("by an endpoint at all", bucket({"Null": {"aws:SourceVpce": "true"}}), "ad uuuu aaa"),
    Posted(
        "by no way at all",
        bucket(
            {
                "Null": {"aws:SourceVpce": "true", "aws:SourceVpc": "false"},
                "StringNotEquals": {"aws:SourceVpce": ENDPOINT},
            }
        ),
    ),
    Posted(
        "IAM: one VPC by its ARN",
        bucket({"ArnNotEquals": {"aws:SourceVpcArn": f"arn:aws:ec2:us-east-1:*:vpc/{VPC}"}}),
        "ad uuuu aaa",
    ),
    Posted(
        "IAM: endpoints of one account",
        bucket({"StringNotEquals": {"aws:VpceAccount": ACCOUNT}}),
        "ad uuuu aaa",
    ),
    Posted(
        "IAM: endpoints of some units",
        bucket({"ForAllValues:StringNotLike": {"aws:VpceOrgPaths": [f"{OWN_ORG}/r-ab12/*"]}}),
        "ad uuuu aaa",
    ),
    Posted(
        "IAM: the VPC that the machine's credentials are for",
        role({"StringNotEquals": {"aws:SourceVpc": "${aws:Ec2InstanceSourceVpc}"}, **OF_EC2}),
    ),
    Posted(
        "IAM: the machine that they are for",
        role(
            {
                "StringNotEquals": {"aws:Ec2InstanceSourcePrivateIPv4": "${aws:VpcSourceIp}"},
                **OF_EC2,
            }
        ),
    ),
    Posted(
        "EC2: the second version of its metadata service",
        role({"NumericLessThan": {"ec2:RoleDelivery": "2.0"}}),
    ),
    Posted("an old browser", bucket({"StringLike": {"aws:UserAgent": "*MSIE*"}}), "ad uuuu aaa"),
    Posted("services alone", bucket({"Bool": NO_SERVICE}), "ad dddd aaa"),
    Posted(
        "calls by services alone", bucket({"Bool": {"aws:ViaAWSService": "false"}}), "ad dddd aaa"
    ),
    Posted("trust, the office", trust({"NotIpAddress": {"aws:SourceIp": OFFICE}}), "ud aaaa aaa"),
    Posted(
        "trust, the office, but for UbiQuity",
        trust(
            {
                "NotIpAddress": {"aws:SourceIp": OFFICE},
                "StringNotEquals": {"aws:PrincipalAccount": WITH_UBIQUITY},
            }
        ),
    ),
)

INCLUDE: Final = "data-perimeter-include"
_included = tagged(**{INCLUDE: "true"})
_excepted = tagged(**{INCLUDE: "true", "network-perimeter-exception": "true"})
_NETWORK: Final = network_perimeter(*PARTNERS, include=INCLUDE)
_RCP_NETWORK: Final = network_perimeter(
    *PARTNERS, include="dp:include:network", exclude="dp:exclude:network"
)
_RCP_ORG: Final = {
    "NotIpAddressIfExists": {"aws:SourceIp": OFFICE},
    "StringNotEqualsIfExists": {
        "aws:VpceOrgID": OWN_ORG,
        "aws:PrincipalTag/dp:exclude:network": "true",
        "aws:VpceAccount": PARTNERS,
        "aws:ResourceTag/dp:exclude:network": "true",
    },
    "BoolIfExists": NO_SERVICE_NOR_VIA,
    "StringEquals": {"aws:PrincipalTag/dp:include:network": "true"},
}
_NOT_TAGGED: Final = {"aws:ResourceTag/dp:exclude:identity": "true"}
_REGION: Final = {
    "StringEquals": {"aws:SourceVpc": VPC},
    "StringNotEqualsIfExists": {"aws:RequestedRegion": "us-east-1"},
}


def _org_identities(*accounts: str) -> dict[str, Any]:
    """Return EnforceOrgIdentities, with the resource's own exception."""
    condition = identity_perimeter(*accounts)
    return condition | {
        "StringNotEqualsIfExists": condition["StringNotEqualsIfExists"] | _NOT_TAGGED
    }


_RESOURCES: Final = guarded(
    {
        "Effect": "Deny",
        "Action": "*",
        "NotResource": [
            "arn:aws:iam::aws:policy/*",
            "arn:aws:s3:::elasticbeanstalk-samples-ap-southeast-2/*",
            "arn:aws:s3:::aws-neptune-notebook",
        ],
        "Condition": {
            "StringNotEqualsIfExists": {
                "aws:ResourceOrgID": OWN_ORG,
                "ec2:Owner": "amazon",
                "aws:PrincipalTag/dp:exclude:resource": "true",
            }
        },
    }
)
_OLD_RESOURCES: Final = guarded(
    {
        "Effect": "Deny",
        "NotAction": ["iam:GetPolicy", "s3:GetObject", "s3:PutObject", "ssm:Get*"],
        "Resource": "*",
        "Condition": {"StringNotEqualsIfExists": {"aws:ResourceOrgID": OWN_ORG}},
    },
    deny(
        ["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"],
        Condition={
            "StringNotEqualsIfExists": {"aws:ResourceOrgID": OWN_ORG},
            "ForAllValues:StringNotEquals": {
                "aws:CalledVia": ["dataexchange.amazonaws.com", "servicecatalog.amazonaws.com"]
            },
        },
    ),
)

PERIMETERS: Final = (
    Posted(
        "s3_bucket_policy, identities, organisation unknown",
        bucket(identity_perimeter(*PARTNERS)),
        "ad uuuu aaa",
    ),
    Posted(
        "s3_bucket_policy, identities, the own organisation",
        in_org(bucket(identity_perimeter(*PARTNERS))),
    ),
    Posted(
        "s3_bucket_policy, identities, another organisation",
        in_org(bucket(identity_perimeter(*PARTNERS)), OTHER_ORG),
        "ad dddd aaa",
    ),
    Posted(
        "s3_bucket_policy, identities, the account is listed",
        bucket(identity_perimeter(*PARTNERS, ACCOUNT)),
    ),
    Posted("s3_bucket_policy, network, the role is not included", bucket(_NETWORK)),
    Posted(
        "s3_bucket_policy, network, included", together(bucket(_NETWORK), _included), "ad uuuu aaa"
    ),
    Posted(
        "s3_bucket_policy, network, included and excepted", together(bucket(_NETWORK), _excepted)
    ),
    Posted(
        "s3_bucket_policy, network, tags unread",
        together(bucket(_NETWORK), tags_unread),
        "ad uuuu aaa",
    ),
    Posted(
        "kms_key_policy, identities, organisation unknown", key(identity_perimeter()), "ad aaaa uuu"
    ),
    Posted("kms_key_policy, identities, the own organisation", in_org(key(identity_perimeter()))),
    Posted(
        "kms_key_policy, identities, another organisation",
        in_org(key(identity_perimeter()), OTHER_ORG),
        "ad aaaa ddd",
    ),
    Posted("kms_key_policy, network, not included", key(_NETWORK)),
    Posted(
        "kms_key_policy, network, included: S3's calls are let through",
        together(key(_NETWORK), _included),
        "ad aaaa aua",
    ),
    Posted(
        "iam_role_trust_policy, identities", trust(identity_perimeter(*PARTNERS)), "ud aaaa aaa"
    ),
    Posted(
        "iam_role_trust_policy, identities, UbiQuity listed",
        trust(identity_perimeter(*WITH_UBIQUITY)),
    ),
    Posted("iam_role_trust_policy, network", trust(network_perimeter(*PARTNERS)), "ud aaaa aaa"),
    Posted(
        "iam_role_trust_policy, network, UbiQuity listed", trust(network_perimeter(*WITH_UBIQUITY))
    ),
    Posted(
        "identity_perimeter_rcp, on a bucket, the own organisation",
        in_org(bucket(_org_identities(*PARTNERS))),
    ),
    Posted(
        "identity_perimeter_rcp, on a bucket, another: its tags may except it",
        in_org(bucket(_org_identities(*PARTNERS)), OTHER_ORG),
        "ad uuuu aaa",
    ),
    Posted(
        "identity_perimeter_rcp, on a key, another organisation",
        in_org(key(_org_identities()), OTHER_ORG),
        "ad aaaa uuu",
    ),
    Posted("identity_perimeter_rcp, on the role", trust(_org_identities(*PARTNERS)), "ud aaaa aaa"),
    Posted(
        "identity_perimeter_rcp, on the role, excepted by its tag",
        together(trust(_org_identities(*PARTNERS)), tagged(**{"dp:exclude:identity": "true"})),
    ),
    Posted(
        "identity_perimeter_rcp, on the role, UbiQuity listed",
        trust(_org_identities(*WITH_UBIQUITY)),
    ),
    Posted(
        "identity_perimeter_rcp, providers",
        trust({"Null": {"token.actions.githubusercontent.com:sub": "false"}}),
    ),
    Posted(
        "identity_perimeter_rcp, confused deputy",
        bucket(
            {
                "StringNotEqualsIfExists": {
                    "aws:SourceOrgID": OWN_ORG,
                    "aws:SourceAccount": PARTNERS,
                },
                "Null": {"aws:SourceAccount": "false"},
                "Bool": {"aws:PrincipalIsAWSService": "true"},
            }
        ),
    ),
    Posted("network_perimeter_rcp, on a bucket", bucket(_RCP_NETWORK)),
    Posted(
        "network_perimeter_rcp, on the role: UbiQuity's tags may include it",
        trust(_RCP_NETWORK),
        "ud aaaa aaa",
    ),
    Posted("network_perimeter_sourcevpc_rcp, regions", trust(_REGION), "ud aaaa aaa"),
    Posted("network_perimeter_vpceorgid_rcp, on a bucket", bucket(_RCP_ORG)),
    Posted(
        "network_perimeter_vpceorgid_rcp, on a bucket, included",
        together(bucket(_RCP_ORG), tagged(**{"dp:include:network": "true"})),
        "ad uuuu aaa",
    ),
    Posted(
        "network_perimeter_vpceorgid_rcp, on a key, included",
        together(key(_RCP_ORG), tagged(**{"dp:include:network": "true"})),
        "ad aaaa aua",
    ),
    Posted("resource_perimeter_scp, organisation unknown", _RESOURCES, "ad uuuu uuu"),
    Posted("resource_perimeter_scp, the own organisation", in_org(_RESOURCES)),
    Posted(
        "resource_perimeter_scp, another organisation", in_org(_RESOURCES, OTHER_ORG), "ad dddd ddd"
    ),
    Posted("resource_perimeter_policy, organisation unknown", _OLD_RESOURCES, "ad uuuu uuu"),
    Posted("resource_perimeter_policy, the own organisation", in_org(_OLD_RESOURCES)),
    Posted(
        "network_perimeter_policy (service control)",
        role(network_perimeter(include="dp:include:network")),
    ),
    Posted(
        "network_perimeter_policy (service control), included",
        together(role(network_perimeter(include=INCLUDE)), _included),
        "ad uuuu aua",
    ),
    Posted(
        "network_perimeter_sourcevpc_scp, a VPC of another region: S3's calls have none",
        role(_REGION),
        "ad uuuu aua",
    ),
    Posted(
        "network_perimeter_sourcevpc_scp, this region",
        role({**_REGION, "StringNotEqualsIfExists": {"aws:RequestedRegion": "ap-southeast-2"}}),
    ),
    Posted(
        "network_perimeter_vpceorgid_scp, included",
        together(
            role(_RCP_ORG, "s3:*", "kms:*", "lambda:*"), tagged(**{"dp:include:network": "true"})
        ),
        "ad uuuu aua",
    ),
    Posted(
        "network_perimeter_ec2_scp",
        role({**OF_EC2, "NotIpAddressIfExists": {"aws:SourceIp": OFFICE}}),
    ),
    Posted(
        "network_perimeter_lambda_scp",
        role(
            {
                "Null": {"lambda:SourceFunctionArn": "false"},
                "NotIpAddressIfExists": {"aws:SourceIp": OFFICE},
            }
        ),
    ),
    Posted(
        "network_perimeter_glue_scp",
        role(
            {
                "StringEquals": {"glue:CredentialIssuingService": "glue.amazonaws.com"},
                "NotIpAddressIfExists": {"aws:SourceIp": OFFICE},
            }
        ),
    ),
    Posted(
        "network_perimeter_iam_users_scp",
        role(
            {
                "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/*"},
                "NotIpAddressIfExists": {"aws:SourceIp": OFFICE},
            }
        ),
    ),
    Posted(
        "data_perimeter_governance_scp, tags",
        role(
            {
                "StringNotEqualsIfExists": {"aws:PrincipalTag/team": "admin"},
                "ForAnyValue:StringLike": {"aws:TagKeys": ["dp:*", "team"]},
            }
        ),
    ),
    Posted(
        "data_perimeter_governance_rcp, session tags",
        trust(
            {
                "Null": {"saml:aud": "true"},
                "ForAnyValue:StringLike": {"aws:TagKeys": ["dp:*", "team"]},
            }
        ),
    ),
    Posted(
        "restrict_presignedURL_scp",
        role(
            {"StringNotEqualsIfExists": {"aws:PrincipalTag/dp:exclude:network": "true"}},
            "ecr:GetDownloadUrlForLayer",
            "lambda:GetFunction",
        ),
    ),
    Posted(
        "s3_deny_sse-c",
        bucket({"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "false"}}, PUT),
    ),
)
