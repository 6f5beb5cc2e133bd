"""Posted policies of keys: calls that S3 makes for the role, and whom a key is lent to.

IAM User Guide, "Forward access sessions"; AWS KMS Developer Guide, "AWS KMS condition keys"; S3
User Guide, "Using server-side encryption with AWS KMS keys", Encryption context.
"""

from typing import Final

from tests.core.diagnosis.posted import (
    ENDPOINT,
    NO_SERVICE_NOR_VIA,
    OFFICE,
    PARTNERS,
    VPC,
    Posted,
    key,
    key_by_role,
    key_if,
    role,
    trusted_if,
    use_key,
)
from tests.helpers.snapshots import ACCOUNT, BUCKET_ARN, OBJECTS, STRANGER, World, together

S3_HERE: Final = "s3.ap-southeast-2.amazonaws.com"
S3_ARN: Final = "kms:EncryptionContext:aws:s3:arn"
CONTEXT_KEYS: Final = "kms:EncryptionContextKeys"
USES: Final = ("kms:Decrypt", "kms:GenerateDataKey")


def no_bucket_key(world: World) -> None:
    world.bucket["encryption"]["bucket_key"] = False


def dsse(world: World) -> None:
    world.bucket["encryption"]["algorithm"] = "aws:kms:dsse"


FORWARDED: Final = (
    Posted(
        "terraform, s3 key: lent to callers of the account through S3",
        key_if({"StringEquals": {"kms:ViaService": S3_HERE, "kms:CallerAccount": ACCOUNT}}, "*"),
    ),
    Posted(
        "terraform, a restore's check: S3 of any region",
        key_if({"StringLike": {"kms:ViaService": ["s3.*.amazonaws.com"]}}),
    ),
    Posted(
        "a landing zone: the services of another region",
        key_if({"StringEquals": {"kms:ViaService": ["s3.eu-central-1.amazonaws.com", "lambda"]}}),
        "ad aaaa ddd",
    ),
    Posted(
        "a region as variable",
        key_if({"StringLike": {"kms:ViaService": "s3.${aws:RequestedRegion}.amazonaws.com"}}),
    ),
    Posted(
        "KMS: whatever does not come through S3 is denied",
        key({"StringNotEquals": {"kms:ViaService": S3_HERE}}),
    ),
    Posted(
        "KMS: whatever does not come through EC2 or RDS is denied",
        key({"StringNotEquals": {"kms:ViaService": ["ec2.us-west-2.amazonaws.com", "rds"]}}),
        "ad aaaa ddd",
    ),
    Posted("by services alone", key_if({"Bool": {"aws:ViaAWSService": "true"}}), "ad aaaa ada"),
    Posted(
        "by services alone, or where nobody knows",
        key_if({"BoolIfExists": {"aws:ViaAWSService": "true"}}),
        "ad aaaa ada",
    ),
    Posted("never directly", key({"BoolIfExists": {"aws:ViaAWSService": "false"}}), "ad aaaa ada"),
    Posted(
        "the role never uses a key directly",
        role({"Bool": {"aws:ViaAWSService": "false"}}, "kms:*"),
        "ad aaaa ada",
    ),
    Posted(
        "CloudFormation's guide: never for a service",
        role({"Bool": {"aws:ViaAWSService": "true"}}, *USES),
        "ad aaaa dad",
    ),
    Posted("Null: always there", key({"Null": {"aws:ViaAWSService": "true"}})),
    Posted(
        "a key that asks for an endpoint breaks what S3 does for its callers",
        key({"StringNotEquals": {"aws:SourceVpce": ENDPOINT}}),
        "ad aaaa dud",
    ),
    Posted(
        "the same by its VPC",
        key({"StringNotEqualsIfExists": {"aws:SourceVpc": VPC}}),
        "ad aaaa dud",
    ),
    Posted(
        "the same, but for services",
        key({"StringNotEquals": {"aws:SourceVpce": ENDPOINT}, "BoolIfExists": NO_SERVICE_NOR_VIA}),
        "ad aaaa aua",
    ),
    Posted(
        "the account that owns the endpoint",
        key({"StringNotEquals": {"aws:VpceAccount": ACCOUNT}}),
        "ad aaaa dud",
    ),
    Posted(
        "IAM, aws:VpceOrgID: its resource control policy",
        key(
            {
                "BoolIfExists": NO_SERVICE_NOR_VIA,
                "StringNotEqualsIfExists": {
                    "aws:VpceOrgID": "o-abcdef0123",
                    "aws:PrincipalTag/network-perimeter-exception": "true",
                },
            }
        ),
        "ad aaaa aua",
    ),
    Posted(
        "an address is passed on", key({"NotIpAddress": {"aws:SourceIp": OFFICE}}), "ad aaaa uuu"
    ),
    Posted(
        "an address, but for services",
        key(
            {
                "NotIpAddress": {"aws:SourceIp": OFFICE},
                "Bool": {"aws:ViaAWSService": "false"},
            }
        ),
        "ad aaaa aua",
    ),
    Posted(
        "IAM, aws:CalledVia: DynamoDB",
        key_if({"ForAnyValue:StringEquals": {"aws:CalledVia": ["dynamodb.amazonaws.com"]}}),
        "ad aaaa ddd",
    ),
    Posted(
        "IAM, aws:CalledViaFirst and aws:CalledViaLast",
        key_if(
            {
                "StringEquals": {
                    "aws:CalledViaFirst": "cloudformation.amazonaws.com",
                    "aws:CalledViaLast": "dynamodb.amazonaws.com",
                }
            }
        ),
        "ad aaaa ddd",
    ),
    Posted(
        "called via S3 as the last",
        key_if({"StringEquals": {"aws:CalledViaLast": "s3.amazonaws.com"}}),
        "ad aaaa udu",
    ),
    Posted(
        "all that is not called via S3 is denied",
        key({"ForAllValues:StringNotEquals": {"aws:CalledVia": ["s3.amazonaws.com"]}}),
        "ad aaaa udu",
    ),
    Posted(
        "all that is not called via CloudFormation is denied",
        key({"ForAllValues:StringNotEquals": {"aws:CalledVia": ["cloudformation.amazonaws.com"]}}),
        "ad aaaa ddd",
    ),
    Posted(
        "a backup's bucket: the role's own policy, through S3",
        key_by_role(use_key({"StringEquals": {"kms:ViaService": S3_HERE}}, *USES)),
        "ad aaaa ada",
    ),
    Posted(
        "the same through S3 of another region",
        key_by_role(use_key({"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}})),
        "ad aaaa ddd",
    ),
)

CONTEXTS: Final = (
    Posted("a context is asked for", key({"Null": {S3_ARN: "true"}}, *USES)),
    Posted(
        "EBS: its volume's id alone",
        key_if({"ForAllValues:StringEquals": {CONTEXT_KEYS: ["aws:ebs:id"]}}),
        "ad aaaa dad",
    ),
    Posted(
        "S3's ARN among the names",
        key_if({"ForAnyValue:StringEquals": {CONTEXT_KEYS: "aws:s3:arn"}}),
        "ad aaaa ada",
    ),
    Posted(
        "S3's ARN and nothing else, which is for the writer of a file to say",
        key_if({"ForAllValues:StringEquals": {CONTEXT_KEYS: ["aws:s3:arn"]}}),
        "ad aaaa uau",
    ),
    Posted(
        "an image builder's",
        key_if({"ForAnyValue:StringEquals": {CONTEXT_KEYS: ["aws:imagebuilder:arn"]}}),
        "ad aaaa udu",
    ),
    Posted(
        "without a bucket key it is the object's",
        together(no_bucket_key, key_if({"StringEquals": {S3_ARN: BUCKET_ARN}})),
        "ad aaaa ddd",
    ),
    Posted(
        "without a bucket key, any object's",
        together(no_bucket_key, key_if({"StringLike": {S3_ARN: OBJECTS}})),
        "ad aaaa ada",
    ),
    Posted(
        "two layers, any object's",
        together(dsse, key_if({"StringLike": {S3_ARN: f"{BUCKET_ARN}/imports/*"}})),
        "ad aaaa ada",
    ),
    Posted(
        "two layers, another folder's",
        together(dsse, key_if({"StringLike": {S3_ARN: f"{BUCKET_ARN}/exports/*"}})),
        "ad aaaa ddd",
    ),
    Posted(
        "two layers, bucket and objects",
        together(dsse, key_if({"StringLike": {S3_ARN: [BUCKET_ARN, OBJECTS]}})),
        "ad aaaa ada",
    ),
    Posted(
        "all that begins as the bucket does",
        key_if({"StringLike": {S3_ARN: f"{BUCKET_ARN}*"}}),
        "ad aaaa ada",
    ),
)

LENT: Final = (
    Posted("KMS: the account's own", key({"StringNotEquals": {"kms:CallerAccount": ACCOUNT}})),
    Posted(
        "KMS: another account's",
        key_if({"StringEquals": {"kms:CallerAccount": STRANGER}}, "*"),
        "ad aaaa ddd",
    ),
    Posted(
        "a service's: aws:SourceAccount is there for service principals alone",
        key_if({"StringEquals": {"aws:SourceAccount": ACCOUNT}}, "*"),
        "ad aaaa ddd",
    ),
    Posted(
        "a service's: by the resource that it works for",
        key_if({"ArnLike": {"aws:SourceArn": f"arn:aws:cloudtrail:*:{ACCOUNT}:trail/*"}}, "*"),
        "ad aaaa ddd",
    ),
    Posted(
        "denied but to one source",
        key({"StringNotEquals": {"aws:SourceAccount": ACCOUNT}}),
        "ad aaaa ddd",
    ),
    Posted(
        "denied but to one source, where there is one",
        key(
            {
                "StringNotEqualsIfExists": {"aws:SourceAccount": ACCOUNT},
                "Null": {"aws:SourceAccount": "false"},
                "Bool": {"aws:PrincipalIsAWSService": "true"},
            }
        ),
    ),
    Posted(
        "grants of services", key_if({"Bool": {"kms:GrantIsForAWSResource": "true"}}), "ad aaaa ddd"
    ),
    Posted(
        "an enclave", key_if({"Null": {"kms:RecipientAttestation:PCR0": "false"}}), "ad aaaa ddd"
    ),
    Posted(
        "Control Tower, CT.KMS.PV.1",
        role(
            {"BoolIfExists": {"kms:GrantIsForAWSResource": "false", **NO_SERVICE_NOR_VIA}},
            "kms:CreateGrant",
        ),
    ),
    Posted(
        "IAM, confused deputy: a role for a service alone",
        trusted_if({"StringEquals": {"aws:SourceAccount": ACCOUNT}}),
        "dd aaaa aaa",
    ),
    Posted(
        "the same by its source's ARN",
        trusted_if({"ArnLike": {"aws:SourceArn": f"arn:aws:glue:*:{ACCOUNT}:job/*"}}),
        "dd aaaa aaa",
    ),
    Posted(
        "the same, where there is one",
        trusted_if({"StringEqualsIfExists": {"aws:SourceAccount": PARTNERS}}),
    ),
    Posted(
        "a multi-Region key alone",
        key_if({"Bool": {"kms:MultiRegion": "true"}}),
        "ad aaaa ddd",
    ),
    Posted("no multi-Region key", key({"Bool": {"kms:MultiRegion": "true"}})),
    Posted(
        "a primary key alone",
        key_if({"StringEquals": {"kms:MultiRegionKeyType": "PRIMARY"}}),
        "ad aaaa ddd",
    ),
    Posted("no replica", key({"StringEquals": {"kms:MultiRegionKeyType": "REPLICA"}})),
    Posted(
        "where a key's material comes from",
        key({"StringEquals": {"kms:KeyOrigin": "EXTERNAL"}}),
        "ad aaaa uuu",
    ),
    Posted(
        "by an alias",
        key_if({"StringEquals": {"kms:RequestAlias": "alias/imports"}}),
        "ad aaaa uuu",
    ),
    Posted(
        "by an alias of the key",
        key_if({"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/imports"}}),
        "ad aaaa uuu",
    ),
)
