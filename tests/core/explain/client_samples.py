"""What botocore says before any service answered, each with the codes that it leads to."""

from typing import Final

CLIENT: Final[dict[str, tuple[str, ...]]] = {
    "Unable to locate credentials": ("signin.none",),
    "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY": (
        "signin.config-broken",
        "signin.none",
    ),
    "The config profile (work) could not be found": ("signin.profile-missing",),
    "Unable to parse config file: /home/jo/.aws/config": ("signin.config-broken",),
    "Error when retrieving credentials from custom-process: exit 1": ("signin.invalid",),
    "Error when retrieving credentials from sso: run aws sso login": ("signin.expired",),
    "Error loading SSO Token: Token for work does not exist": ("signin.expired", "signin.none"),
    "The SSO session associated with this profile has expired or is otherwise invalid. To refresh "
    "this SSO session run aws sso login with the corresponding profile.": ("signin.expired",),
    "Error when retrieving token from sso: Token has expired and refresh failed": (
        "signin.expired",
    ),
    "Error loading login session token: not found": ("signin.expired", "signin.none"),
    "Your session has expired or credentials have changed. Please reauthenticate using "
    "'aws login'.": ("signin.expired",),
    "You are missing permission for the 'signin:CreateOAuth2Token' action.": (
        "signin.not-allowed",
    ),
    "Error loading or redeeming a login authorization code: bad": ("signin.expired",),
    "Infinite loop in credential configuration detected. Attempting to load from profile a which "
    "has already been visited.": ("signin.config-broken",),
    "Cannot refresh credentials: MFA token required.": ("signin.expired",),
    "You must specify a region.": ("signin.config-broken",),
    "Provided region_name 'sydney' doesn't match a supported format.": (
        "bucket.region-mismatch",
        "signin.config-broken",
    ),
    'Could not connect to the endpoint URL: "https://sts.ap-southeast-2.amazonaws.com/"': (
        "env.offline",
    ),
    'Connect timeout on endpoint URL: "https://iam.amazonaws.com/"': ("env.timeout",),
    'Read timeout on endpoint URL: "https://iam.amazonaws.com/"': ("env.timeout",),
    "Connection was closed before we received a valid response from endpoint URL: "
    '"https://iam.amazonaws.com/".': ("env.timeout",),
    'Failed to connect to proxy URL: "http://jo:secret@proxy.example.com:3128"': ("env.proxy",),
    "SSL validation failed for https://iam.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED]": (
        "env.tls-intercepted",
    ),
    "error: TOKEN_EXPIRED": ("signin.expired",),
    "error: AUTHCODE_EXPIRED": ("signin.expired",),
    "error: USER_CREDENTIALS_CHANGED": ("signin.expired",),
    "error: INSUFFICIENT_PERMISSIONS": ("signin.not-allowed",),
}
