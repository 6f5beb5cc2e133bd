"""AWS settings of a rehearsal: a config and a credentials file in a folder of their own.

Source: AWS SDKs and Tools Reference Guide, "Environment variables list", and botocore's
credential providers.
"""

from collections.abc import Mapping
from typing import Final, Self

from app.files.passing_folder import PassingFolder
from app.practice.scenarios.sign_ins import WithSettings

_SERVICES: Final = ("IAM", "KMS", "S3", "STS")
_UNSET: Final = (
    "AWS_ACCESS_KEY_ID",
    "AWS_CA_BUNDLE",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_DEFAULT_PROFILE",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    *(f"AWS_ENDPOINT_URL_{service}" for service in _SERVICES),
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_ROLE_ARN",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    *("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"),
    *("all_proxy", "http_proxy", "https_proxy", "no_proxy"),
)
"""All that would sign in, or lead elsewhere, by itself."""


class SettingsFolder:
    """A folder with the AWS settings of a rehearsal; it is gone once closed."""

    def __init__(self) -> None:
        self._folder = PassingFolder()
        self.path = self._folder.path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.close()

    def settings(
        self,
        profile: str | None = None,
        *,
        config: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> WithSettings:
        """Return the way to sign in with ``profile`` where ``config`` is the config file's text.

        ``environment`` are further variables to set.
        """
        files = {"AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": "", "BOTO_CONFIG": ""}
        paths = {name: self._write(name.lower(), text) for name, text in files.items()}
        own = {**paths, "AWS_EC2_METADATA_DISABLED": "true", **(environment or {})}
        return WithSettings(profile, {**dict.fromkeys(_UNSET), **own})

    def _write(self, name: str, text: str) -> str:
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        return str(path)
