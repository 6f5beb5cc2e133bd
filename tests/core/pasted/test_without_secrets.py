"""What may be a secret is taken out of a text; what tells something stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.pasted.without_secrets import without_secrets

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (f"secret {SECRET}", SECRET),
        (f"key {SECRET} end", SECRET),
        (f"{SECRET}", SECRET),
        ("AKIAIOSFODNN7EXAMPLE was refused", "IOSFODNN7"),
        (f"bearer {JWT}", "dozjgNryP4J3"),
        ("password=hunter2!", "hunter2"),
        ('{"SessionToken": "IQoJb3JpZ2luX2VjEAAa=="}', "IQoJ"),
        ("https://idp.example/saml?SAMLResponse=abc12345", "abc12345"),
        ("https://jo:pass@proxy.example/", "jo:pass"),
        ("sha 5f4dcc3b5aa765d61d8327deb882cf99", "5f4dcc3b"),
        ("API-Key: abc123", "abc123"),
    ],
)
def test_what_may_be_a_secret_goes(text: str, gone: str) -> None:
    cleaned = without_secrets(text)
    assert gone not in cleaned
    assert "…" in cleaned


@pytest.mark.parametrize(
    "text",
    [
        "Error: your session has expired. Run 'vault login' again.",
        "could not find /usr/local/share/aws-vault/settings",
        "AWS SSO login is required for account 123456789012",
        "internationalisation failed",
        "The token is missing",
    ],
)
def test_what_tells_something_stays(text: str) -> None:
    assert without_secrets(text) == text


def test_it_is_one_short_line() -> None:
    assert without_secrets(" a\n\tb ") == "a b"
    assert len(without_secrets("word " * 1000)) == 400


@given(
    st.text(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", min_size=40, max_size=40
    ).filter(lambda s: any(c.isdigit() for c in s)),
    st.text(max_size=20),
)
def test_no_secret_key_gets_through(secret: str, around: str) -> None:
    assert secret not in without_secrets(f"{around} {secret} {around}")


@given(st.text())
def test_nothing_raises(text: str) -> None:
    assert "\n" not in without_secrets(text)
