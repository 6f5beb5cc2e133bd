"""Credentials out of whatever was pasted: every form, any white space, and nothing that raises."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.pasted.credentials import (
    PastedCredentials,
    PasteProblem,
    key_hint,
    read_credentials,
)

KEY: Final = "ASIAEXAMPLE1234567890"
SECRET: Final = "wJalr/abc+def="
TOKEN: Final = "IQoJb3JpZ2luX2VjEAAa=="
UNTIL: Final = datetime(2030, 1, 1, tzinfo=UTC)

FORMS: Final[dict[str, Callable[[str, str, str], str]]] = {
    "portal, macOS and Linux": lambda k, s, t: (
        f'export AWS_ACCESS_KEY_ID="{k}"\nexport AWS_SECRET_ACCESS_KEY="{s}"\n'
        f'export AWS_SESSION_TOKEN="{t}"'
    ),
    "portal, Windows": lambda k, s, t: (
        f"SET AWS_ACCESS_KEY_ID={k}\nSET AWS_SECRET_ACCESS_KEY={s}\nSET AWS_SESSION_TOKEN={t}"
    ),
    "portal, PowerShell": lambda k, s, t: (
        f'$Env:AWS_ACCESS_KEY_ID="{k}"\n$Env:AWS_SECRET_ACCESS_KEY="{s}"\n'
        f'$Env:AWS_SESSION_TOKEN="{t}"'
    ),
    "portal, profile": lambda k, s, t: (
        f"[111122223333_Admin]\naws_access_key_id={k}\naws_secret_access_key={s}\n"
        f"aws_session_token={t}"
    ),
    "profile with spaces": lambda k, s, t: (
        f"[default]\naws_session_token = {t}\naws_secret_access_key = {s}\naws_access_key_id = {k}"
    ),
    "no export": lambda k, s, t: (
        f"AWS_ACCESS_KEY_ID={k}\nAWS_SECRET_ACCESS_KEY={s}\nAWS_SESSION_TOKEN={t}"
    ),
    "fish": lambda k, s, t: (
        f"set -gx AWS_ACCESS_KEY_ID {k}\nset -gx AWS_SECRET_ACCESS_KEY {s}\n"
        f"set -gx AWS_SESSION_TOKEN {t}"
    ),
    "process": lambda k, s, t: json.dumps(
        {"Version": 1, "AccessKeyId": k, "SecretAccessKey": s, "SessionToken": t}
    ),
    "sts": lambda k, s, t: json.dumps(
        {"Credentials": {"AccessKeyId": k, "SecretAccessKey": s, "SessionToken": t}}, indent=2
    ),
    "json that escapes": lambda k, s, t: (
        json.dumps({"SessionToken": t, "SecretAccessKey": s, "AccessKeyId": k})
        .replace("/", "\\/")
        .replace("+", "\\u002B")
    ),
    "one line": lambda k, s, t: (
        f"export AWS_ACCESS_KEY_ID={k} AWS_SECRET_ACCESS_KEY={s} AWS_SESSION_TOKEN={t}"
    ),
    "chain": lambda k, s, t: (
        f"export AWS_ACCESS_KEY_ID={k} && export AWS_SECRET_ACCESS_KEY={s}"
        f" && export AWS_SESSION_TOKEN={t}"
    ),
    "setx": lambda k, s, t: (
        f'setx AWS_ACCESS_KEY_ID "{k}"\nsetx AWS_SECRET_ACCESS_KEY "{s}"\n'
        f'setx AWS_SESSION_TOKEN "{t}"'
    ),
    "yaml": lambda k, s, t: (
        f"Credentials:\n  AccessKeyId: {k}\n  SecretAccessKey: {s}\n  SessionToken: {t}\n"
    ),
    "table": lambda k, s, t: (
        f"|  AccessKeyId     |  {k}  |\n|  SecretAccessKey |  {s}  |\n|  SessionToken |  {t}  |"
    ),
    "portal, single values": lambda k, s, t: (
        f"AWS access key ID\n{k}\nAWS secret access key\n{s}\nAWS session token\n{t}\n"
    ),
    "inline comments": lambda k, s, t: (
        f"aws_access_key_id={k} # mine\naws_secret_access_key={s} ; yours\naws_session_token={t}"
    ),
    "an old one commented out": lambda k, s, t: (
        f"# aws_access_key_id=ASIAOLDOLDOLDOLDOLD1\n; aws_session_token=OLD\n"
        f"aws_access_key_id={k}\naws_secret_access_key={s}\naws_session_token={t}"
    ),
    "a root's prompt": lambda k, s, t: (
        f"# export AWS_ACCESS_KEY_ID={k}\n# export AWS_SECRET_ACCESS_KEY={s}\n"
        f"# export AWS_SESSION_TOKEN={t}"
    ),
    "curly quotation marks": lambda k, s, t: (
        f"export AWS_ACCESS_KEY_ID=“{k}”\nexport AWS_SECRET_ACCESS_KEY=‘{s}’\n"
        f"export AWS_SESSION_TOKEN=«{t}»"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form(form: str) -> None:
    credentials = read_credentials(FORMS[form](KEY, SECRET, TOKEN))
    assert isinstance(credentials, PastedCredentials), credentials
    assert (
        credentials.access_key_id,
        credentials.secret_access_key,
        credentials.session_token,
    ) == (KEY, SECRET, TOKEN)
    assert not credentials.is_lasting


BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
key_ids = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=16).map("ASIA".__add__)
secrets = st.text(BASE64, min_size=40, max_size=40)
tokens = st.integers(25, 300).flatmap(
    lambda fours: st.builds(
        lambda text, pad: text[: len(text) - pad] + "=" * pad,
        st.text(BASE64, min_size=4 * fours, max_size=4 * fours),
        st.integers(0, 2),
    )
)
SPACES = [" ", "\t", "\xa0", "\u2007", "\u200b", "\ufeff", "  "]


def _roughened(text: str, draw: st.DataObject) -> str:
    """Return ``text`` as it comes out of mails, chats and terminals."""
    breaks = draw.draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n", "\xa0\r\n\t", "\u2028"]))
    space = draw.draw(st.sampled_from(SPACES))
    text = text.replace("\n", breaks)
    around = draw.draw(st.sampled_from(["", "\n", "\r\n\r\n", "\ufeff", " \t", "```\n", "> "]))
    return around + text.replace(" ", space if space.strip("\u200b\ufeff") else " ") + around


@given(st.sampled_from(list(FORMS)), key_ids, secrets, tokens, st.data())
def test_any_keys_in_any_form_are_read_back_to_the_letter(
    form: str, key: str, secret: str, token: str, data: st.DataObject
) -> None:
    credentials = read_credentials(_roughened(FORMS[form](key, secret, token), data))
    assert isinstance(credentials, PastedCredentials), credentials
    assert (
        credentials.access_key_id,
        credentials.secret_access_key,
        credentials.session_token,
    ) == (key, secret, token)


@given(st.sampled_from(list(FORMS)), key_ids, secrets, tokens, st.integers(72, 200), st.data())
def test_a_wrapped_token_is_put_together(
    form: str, key: str, secret: str, token: str, width: int, data: st.DataObject
) -> None:
    text = FORMS[form](key, secret, token)
    gap = data.draw(st.sampled_from(["\n", "\r\n", " \n  ", "\n\n"]))
    pieces = [token[at : at + width] for at in range(0, len(token), width)]
    credentials = read_credentials(text.replace(token, gap.join(pieces)))
    assert isinstance(credentials, PastedCredentials), credentials
    assert (
        credentials.access_key_id,
        credentials.secret_access_key,
        credentials.session_token,
    ) == (key, secret, token)


@given(st.text())
@example("AWS_ACCESS_KEY_ID")
@example("aws_session_token=\naws_session_token")
@example("Expiration: 9999-99-99T99:99:99Z AccessKeyId: ASIAEXAMPLE1234567890")
@example("\\u00")
def test_anything_else_never_raises(text: str) -> None:
    credentials = read_credentials(text)
    assert isinstance(credentials, PastedCredentials) or credentials.text


PARTS: Final = [
    *("AWS_ACCESS_KEY_ID", "SessionToken", "secret access key", "Expiration", "export"),
    *("=", '"', "'", "\n", " ", "#", "[", "{", "\\", KEY, SECRET, TOKEN, "2030-01-01T00:00:00Z"),
]


@given(st.lists(st.sampled_from(PARTS), max_size=20))
def test_no_jumble_of_parts_raises(parts: list[str]) -> None:
    credentials = read_credentials("".join(parts))
    assert SECRET not in repr(credentials)
    assert TOKEN not in repr(credentials)


def test_a_huge_text_is_not_read_whole() -> None:
    assert read_credentials("A" * 5_000_000) == PasteProblem(("none",))


LINES = FORMS["no export"](KEY, SECRET, TOKEN).split("\n")


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("", ("empty",), "Nothing was pasted yet."),
        (" \n\xa0", ("empty",), "Nothing was pasted yet."),
        ("Hello", ("none",), "There are no AWS credentials in this text."),
        (LINES[0], ("no-secret", "no-token", "whole"), "The session token is missing."),
        (LINES[1], ("no-id", "whole"), "The access key ID is missing."),
        ("\n".join(LINES[:2]), ("no-token", "whole"), "The session token is missing."),
        ("\n".join(LINES[::2]), ("no-secret", "whole"), "The secret access key is missing."),
        ("\n".join([*LINES[:2], "AWS_SESSION_TOKEN="]), ("no-token", "whole"), "session token"),
        ("\n".join(["AWS_ACCESS_KEY_ID=ASIA****", *LINES[1:]]), ("odd-id",), "is not whole"),
        (
            "\n".join([*LINES, "AWS_ACCESS_KEY_ID=ASIAOTHER00000000000"]),
            ("several",),
            "more than one access key",
        ),
    ],
)
def test_what_is_missing_is_said_and_then_mended(
    text: str, codes: tuple[str, ...], words: str
) -> None:
    problem = read_credentials(text)
    assert isinstance(problem, PasteProblem)
    assert problem.codes == codes
    assert words in problem.text
    assert isinstance(read_credentials("\n".join(LINES)), PastedCredentials)


def test_the_same_key_in_each_of_the_portals_options_is_one() -> None:
    whole = "\n".join(
        form(KEY, SECRET, TOKEN) for form in FORMS.values() if "OLD" not in form("", "", "")
    )
    assert isinstance(read_credentials(whole), PastedCredentials)


@pytest.mark.parametrize(
    "line",
    [
        "AWS_CREDENTIAL_EXPIRATION=2030-01-01T00:00:00+00:00",
        'set -gx AWS_CREDENTIAL_EXPIRATION "2030-01-01T00:00:00Z"',
        '"Expiration": "2030-01-01T00:00:00Z"',
        "x_security_token_expires = 2030-01-01T13:00:00+13:00",
        "aws_expiration = 2030-01-01 00:00:00",
    ],
)
def test_the_end_is_read(line: str) -> None:
    credentials = read_credentials("\n".join([*LINES, line]))
    assert isinstance(credentials, PastedCredentials)
    assert credentials.expires_at == UNTIL
    assert credentials.session_token == TOKEN


@pytest.mark.parametrize("line", ["Expiration=never", "Expiration=2030-99-01T00:00:00Z"])
def test_an_end_that_is_no_time_is_left_out(line: str) -> None:
    credentials = read_credentials("\n".join([*LINES, line]))
    assert isinstance(credentials, PastedCredentials)
    assert credentials.expires_at is None


def test_a_long_lived_key_is_one() -> None:
    credentials = read_credentials(f"{LINES[0].replace('ASIA', 'AKIA')}\n{LINES[1]}")
    assert isinstance(credentials, PastedCredentials)
    assert credentials.is_lasting


def test_bare_lines_are_told_by_their_looks() -> None:
    key, secret, token = (
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00",
        "A" * 100,
    )
    csv = f"User,Key,Password\njo,{key},{secret}"
    credentials = read_credentials(csv)
    assert isinstance(credentials, PastedCredentials)
    assert (credentials.access_key_id, credentials.secret_access_key) == (key, secret)
    credentials = read_credentials(f"{key.replace('AKIA', 'ASIA')}\n{secret}\n{token}\n")
    assert isinstance(credentials, PastedCredentials)
    assert credentials.session_token == token


def test_the_portals_profile_names_the_account() -> None:
    credentials = read_credentials(FORMS["portal, profile"](KEY, SECRET, TOKEN))
    assert isinstance(credentials, PastedCredentials)
    assert credentials.account_id == "111122223333"


def test_words_of_a_page_around_the_lines_do_no_harm() -> None:
    token = "A" * 400
    page = FORMS["portal, macOS and Linux"](KEY, SECRET, token)
    credentials = read_credentials(
        f"Option 1: Set AWS environment variables\n{page}\nCopy\nOption 2"
    )
    assert isinstance(credentials, PastedCredentials)
    assert credentials.session_token == token
    credentials = read_credentials(f"{FORMS['portal, Windows'](KEY, SECRET, token)}\nCopy")
    assert isinstance(credentials, PastedCredentials)
    assert credentials.session_token == token


def test_no_secret_is_in_a_text() -> None:
    credentials = PastedCredentials(KEY, SECRET, TOKEN)
    for text in (repr(credentials), str(credentials), f"{credentials}"):
        assert SECRET not in text
        assert TOKEN not in text
        assert KEY not in text
    assert key_hint(KEY) == "ASIA…7890"
    assert key_hint("short") == "…"
