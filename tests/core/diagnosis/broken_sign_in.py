"""Ways in which the asking itself fails, seen in observations; and changes that AWS refuses."""

from typing import Final

from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import ROLE_ARN, STRANGER, Break, World

CALLER: Final = "sts:GetCallerIdentity"


def failed(code: str, message: str = "", action: str = CALLER, **more: object) -> Break:
    return lambda world: world.observe(
        "customer", action, "failed", code=code, message=message, **more
    )


def denied(action: str, message: str = "") -> Break:
    return lambda world: world.observe(
        "customer", action, "denied", code="AccessDenied", message=message
    )


def signed_in(arn: str, account: str) -> Break:
    return lambda world: world.snapshot.update(caller={"arn": arn, "account": account})


def answered_by(endpoint: str) -> Break:
    return lambda world: world.snapshot.update(endpoint=endpoint)


NOT_CREATE: Final = (
    "User: arn:aws:iam::123456789012:user/jo is not authorized to perform: iam:CreateRole on "
    "resource: x because no identity-based policy allows the iam:CreateRole action"
)
ENDPOINT: Final = "https://sts.ap-southeast-2.amazonaws.com/"
EXPIRED_CLOCK: Final = (
    "Signature expired: 20231123T010203Z is now earlier than 20231123T011703Z "
    "(20231123T013203Z - 15 min.)"
)

ENVIRONMENT: Final = (
    Row(
        "env.offline",
        "no route",
        failed("EndpointConnectionError", f'Could not connect to the endpoint URL: "{ENDPOINT}"'),
    ),
    Row("env.offline", "no connection", failed("ConnectionError", action="s3:ListBucket")),
    Row(
        "env.offline",
        "by its text",
        failed("", f'Could not connect to the endpoint URL: "{ENDPOINT}"'),
    ),
    Row(
        "env.proxy",
        "unreachable",
        failed("ProxyConnectionError", 'Failed to connect to proxy URL: "http://proxy.acme:3128"'),
    ),
    Row("env.proxy", "asks for a password", failed("407")),
    Row("env.proxy", "its own page", failed("ResponseParserError", "no XML")),
    Row(
        "env.tls-intercepted",
        "certificate",
        failed("SSLError", f"SSL validation failed for {ENDPOINT} x"),
    ),
    Row("env.tls-intercepted", "of S3", failed("SSLError", action="s3:ListBucket")),
    Row("env.tls-intercepted", "of IAM", failed("SSLError", action="iam:GetRole")),
    Row("env.clock-skew", "S3", failed("RequestTimeTooSkewed", action="s3:ListBucket")),
    Row("env.clock-skew", "STS", failed("SignatureDoesNotMatch", EXPIRED_CLOCK)),
    Row(
        "env.clock-skew", "KMS", failed("InvalidSignatureException", "Signature not yet current: x")
    ),
    Row(
        "env.timeout",
        "connecting",
        failed("ConnectTimeoutError", f'Connect timeout on endpoint URL: "{ENDPOINT}"'),
    ),
    Row("env.timeout", "reading", failed("ReadTimeoutError")),
    Row("env.timeout", "closed", failed("ConnectionClosedError")),
    Row("env.throttled", "IAM", failed("Throttling", "Rate exceeded", "iam:GetRole")),
    Row("env.throttled", "S3", failed("SlowDown", action="s3:ListBucket")),
    Row("env.throttled", "KMS", failed("ThrottlingException", action="kms:DescribeKey")),
    Row("env.aws-fault", "IAM", failed("ServiceFailure", action="iam:GetRole")),
    Row("env.aws-fault", "S3", failed("InternalError", action="s3:ListBucket")),
    Row("env.aws-fault", "HEAD", failed("503", action="s3:ListBucket")),
)

SIGN_IN: Final = (
    Row("signin.none", "nothing", failed("NoCredentialsError", "Unable to locate credentials")),
    Row("signin.none", "no token", failed("NoAuthTokenError")),
    Row("signin.none", "by its text", failed("", "Unable to locate credentials")),
    Row(
        "signin.profile-missing",
        "named",
        failed("ProfileNotFound", "The config profile (work) could not be found"),
    ),
    Row(
        "signin.profile-missing",
        "by its text",
        failed("", "The config profile (a b) could not be found"),
    ),
    Row("signin.profile-missing", "without words", failed("ProfileNotFound")),
    Row(
        "signin.expired",
        "token",
        failed("ExpiredToken", "The security token included in the request is expired"),
    ),
    Row("signin.expired", "Identity Center", failed("UnauthorizedSSOTokenError")),
    Row("signin.expired", "aws login", failed("LoginRefreshRequired")),
    Row("signin.invalid", "key", failed("InvalidClientTokenId")),
    Row(
        "signin.invalid",
        "secret",
        failed("SignatureDoesNotMatch", "The request signature we calculated"),
    ),
    Row("signin.invalid", "S3", failed("InvalidAccessKeyId", action="s3:ListBucket")),
    Row(
        "signin.config-broken",
        "line",
        failed(
            "ConfigParseError",
            "Unable to parse config file: /x [stray-line, line 12 of /x]",
        ),
    ),
    Row(
        "signin.config-broken",
        "half a key",
        failed(
            "PartialCredentialsError",
            "Partial credentials found in env, missing: aws_secret_access_key",
        ),
    ),
    Row("signin.config-broken", "loop", failed("InfiniteLoopConfigError")),
    Row(
        "signin.region-disabled",
        "STS",
        failed(
            "RegionDisabledException",
            "STS is not activated in the requested region: ap-southeast-6",
        ),
    ),
    Row("signin.region-disabled", "without words", failed("RegionDisabledException")),
    Row(
        "signin.region-disabled",
        "by its text",
        failed("", "STS is not activated in the requested region ap-east-1"),
    ),
    Row("signin.wrong-account", "another", signed_in(f"arn:aws:iam::{STRANGER}:user/jo", STRANGER)),
    Row("signin.wrong-account", "its root", signed_in(f"arn:aws:iam::{STRANGER}:root", STRANGER)),
    Row(
        "signin.wrong-account",
        "a role",
        signed_in(f"arn:aws:sts::{STRANGER}:assumed-role/A/jo", STRANGER),
    ),
    Row(
        "signin.wrong-partition",
        "China",
        signed_in(f"arn:aws-cn:iam::{STRANGER}:user/jo", STRANGER),
    ),
    Row(
        "signin.wrong-partition",
        "GovCloud",
        signed_in(f"arn:aws-us-gov:iam::{STRANGER}:user/jo", STRANGER),
    ),
    Row(
        "signin.wrong-partition",
        "Europe",
        signed_in(f"arn:aws-eusc:iam::{STRANGER}:user/jo", STRANGER),
    ),
    Row("signin.other-endpoint", "an emulator", answered_by("http://localhost:4566")),
    Row("signin.other-endpoint", "a gateway", answered_by("https://aws.example.com")),
    Row("signin.other-endpoint", "two", answered_by("http://[::1]:1, http://127.0.0.1:2")),
    Row("signin.not-allowed", "reading", denied("iam:GetRole")),
    Row(
        "signin.not-allowed",
        "changing",
        denied(
            "iam:CreateRole",
            NOT_CREATE,
        ),
    ),
    Row("signin.not-allowed", "aws login", failed("LoginInsufficientPermissions")),
)

CHANGES: Final = (
    Row(
        "change.conflict",
        "role",
        failed(
            "EntityAlreadyExists",
            "Role with name x already exists.",
            "iam:CreateRole",
            resource=ROLE_ARN,
        ),
    ),
    Row("change.conflict", "policy", failed("EntityAlreadyExists", action="iam:CreatePolicy")),
    Row(
        "change.conflict",
        "at once",
        failed("ConcurrentModification", action="iam:UpdateAssumeRolePolicy"),
    ),
    Row(
        "change.limit",
        "versions",
        failed(
            "LimitExceeded",
            "A managed policy can have up to 5 versions. Before you",
            "iam:CreatePolicyVersion",
        ),
    ),
    Row(
        "change.limit",
        "attached",
        failed(
            "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10", "iam:AttachRolePolicy"
        ),
    ),
    Row("change.limit", "without words", failed("LimitExceeded", action="iam:CreateRole")),
    Row(
        "change.refused",
        "no JSON",
        failed("MalformedPolicyDocument", "This policy contains invalid Json", "iam:CreatePolicy"),
    ),
    Row(
        "change.refused",
        "bucket",
        failed("MalformedPolicy", "Invalid principal in policy", "s3:PutBucketPolicy"),
    ),
    Row(
        "change.refused",
        "key",
        failed(
            "MalformedPolicyDocumentException",
            "Policy contains a statement with one or more invalid principals.",
            "kms:PutKeyPolicy",
        ),
    ),
)


def spreading(*made: tuple[str, str]) -> Break:
    """Let UbiQuity be refused soon after something was made."""

    def break_it(world: World) -> None:
        for action, at in made:
            world.observe("customer", action, "allowed", at=at)
        message = f"User: x is not authorized to perform: sts:AssumeRole on resource: {ROLE_ARN}"
        for at in ("2026-11-23T01:02:09Z", "2026-11-23T01:02:12Z"):
            world.observe(
                "ubiquity",
                "sts:AssumeRole",
                "denied",
                at=at,
                external_id="right",
                code="AccessDenied",
                message=message,
            )

    return break_it


def policy_just_made(world: World) -> None:
    version = {"id": "v1", "created_at": "2026-11-23T01:01:00Z", "default": True}
    world.snapshot["customer_policy"]["versions"] = [version]
    spreading()(world)


LIVE: Final = (
    Row("connect.propagating", "at once", spreading()),
    Row("connect.propagating", "just made", spreading(("iam:CreateRole", "2026-11-23T01:02:05Z"))),
    Row("connect.propagating", "a new policy", policy_just_made),
)
