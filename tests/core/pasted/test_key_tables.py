"""The files that AWS lets people download with a key, as editors and Excel leave them.

Sources: aws-cli 1201, 6174, 7017, 7721, 7744, 7753 (headings old and new, the mark, a column that
people add); aws-toolkit-visual-studio 131 (no key in it); IAM User Guide (rootkey.csv).
"""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.pasted.credentials import (
    PastedCredentials,
    PasteProblem,
    holds_credentials,
    read_credentials,
)
from app.core.pasted.decoding import decoded
from app.core.pasted.key_tables import is_root_file, read_table

ID: Final = "AKIAEXAMPLEEXAMPLE01"
OTHER: Final = "AKIAEXAMPLEEXAMPLE02"
SECRET: Final = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
LINK: Final = "https://123456789012.signin.aws.amazon.com/console"
NEW_USER: Final = "User name,Password,Access key ID,Secret access key,Console login link"

TABLES: Final[dict[str, tuple[str, str | None, bool]]] = {
    # text, the account that it tells, whether of the root user
    "accessKeys.csv": (f"Access key ID,Secret access key\n{ID},{SECRET}\n", None, False),
    "quoted": (f'"Access key ID","Secret access key"\n"{ID}","{SECRET}"\n', None, False),
    "semicolons": (f"Access key ID;Secret access key\n{ID};{SECRET}\n", None, False),
    "tabs": (f"Access key ID\tSecret access key\n{ID}\t{SECRET}\n", None, False),
    "a column that was added": (
        f"User Name,Access key ID,Secret access key\njo,{ID},{SECRET}\n",
        None,
        False,
    ),
    "old headings": (
        f'User Name,Access Key Id,Secret Access Key\n"x",{ID},{SECRET}\n',
        None,
        False,
    ),
    "new_user_credentials.csv": (f"{NEW_USER}\njo,,{ID},{SECRET},{LINK}\n", "123456789012", False),
    "with a password": (
        f'{NEW_USER}\njo,"Pa,ss""w0rd!",{ID},{SECRET},{LINK}\n',
        "123456789012",
        False,
    ),
    "rootkey.csv": (f"AWSAccessKeyId={ID}\nAWSSecretKey={SECRET}\n", None, True),
    "rootkey.csv as a table": (f"AWSAccessKeyId,AWSSecretKey\n{ID},{SECRET}\n", None, True),
    "a line that Excel puts first": (
        f"sep=;\nAccess key ID;Secret access key\n{ID};{SECRET}\n",
        None,
        False,
    ),
    "without an end": (f"Access key ID,Secret access key\n{ID},{SECRET}", None, False),
    "empty rows": (f"\n\nAccess key ID,Secret access key\n\n{ID},{SECRET}\n,\n\n", None, False),
    "twice the same": (
        f"Access key ID,Secret access key\n{ID},{SECRET}\n{ID},{SECRET}\n",
        None,
        False,
    ),
}
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", TABLES)
def test_a_download_is_read(name: str, ending: str, encoding: str) -> None:
    text, account_id, of_root = TABLES[name]
    read = decoded(text.replace("\n", ending).encode(encoding))
    assert isinstance(read, str)
    credentials = read_credentials(read)
    assert credentials == PastedCredentials(ID, SECRET, account_id=account_id, of_root=of_root), (
        credentials
    )
    assert SECRET not in repr(read_table(text))


def test_one_of_several_users_is_asked_for() -> None:
    text = f"{NEW_USER}\njo,,{ID},{SECRET},{LINK}\nmo,,{OTHER},{SECRET},{LINK}\nno,pw,,,{LINK}\n"
    problem = read_credentials(text)
    assert isinstance(problem, PasteProblem)
    assert problem.codes == ("choose",)
    assert [(c.name, c.credentials.access_key_id) for c in problem.choices] == [
        ("jo", ID),
        ("mo", OTHER),
    ]
    assert SECRET not in repr(problem)


def test_so_is_one_of_several_profiles() -> None:
    keys = "aws_access_key_id={}\naws_secret_access_key={}\n"
    text = f"[default]\n{keys.format(ID, SECRET)}[profile work]\n{keys.format(OTHER, SECRET)}"
    problem = read_credentials(text)
    assert isinstance(problem, PasteProblem)
    assert [c.name for c in problem.choices] == ["default", "work"]


NO_KEY: Final = (
    (f"User name,Password,Console sign-in URL\njo,Pa$$w0rd,{LINK}\n", "password"),
    (f"{NEW_USER}\njo,Pa$$w0rd,,,{LINK}\n", "password"),
    ("User Name,Password\njo-at-123456789012,AbCd1234AbCd1234AbCd1234=\n", "password"),
    (
        f"IAM User Name,Smtp Username,Smtp Password\nses,{ID},BEx/+0123456789abcdefghijklm\n",
        "smtp",
    ),
    ("Access key ID,Secret access key\n", "none"),
    (f"Access key ID,Secret access key\n{ID},\n", "no-secret"),
    (f"Access key ID,Secret access key\n,{SECRET}\n", "no-id"),
    (f"Access key ID,Secret access key\n{ID.replace('AKIA', 'ASIA')},{SECRET}\n", "no-token"),
    ("Name,Access level\njo,admin\n", "none"),
)


@pytest.mark.parametrize(("text", "code"), NO_KEY)
def test_a_file_without_a_key_is_told_for_what_it_is(text: str, code: str) -> None:
    problem = read_credentials(text)
    assert isinstance(problem, PasteProblem)
    assert problem.codes[0] == code
    assert problem.text
    assert holds_credentials(text) == (code != "none")


POSTED: Final = {
    "the console's page": f"Access key\nSecret access key\n{ID}\n{SECRET}\nShow\n",
    "aws configure": f"AWS Access Key ID [None]: {ID}\nAWS Secret Access Key [None]: {SECRET}\n",
    "terraform": f'provider "aws" {{\n  access_key = "{ID}"\n  secret_key = "{SECRET}"\n}}',
    "s3cmd": f"[default]\naccess_key = {ID}\nsecret_key = {SECRET}\n",
    "a variable of Terraform": f"TF_VAR_access_key={ID}\nTF_VAR_secret_key={SECRET}\n",
    "docker": f"docker run -e AWS_ACCESS_KEY_ID={ID} -e AWS_SECRET_ACCESS_KEY={SECRET} x",
    "create-access-key": f'{{"A": {{"AccessKeyId": "{ID}", "SecretAccessKey": "{SECRET}"}}}}',
    "zsh's percent sign": f"aws_access_key_id = {ID}\naws_secret_access_key = {SECRET}%",
}


@pytest.mark.parametrize("name", POSTED)
def test_a_key_is_read_as_it_was_posted(name: str) -> None:
    assert read_credentials(POSTED[name]) == PastedCredentials(ID, SECRET)


NO_CREDENTIALS: Final = (
    "Create an access key and keep the secret key safe.",
    "Access key: see the vault. Secret key: ask Jo.",
    "access_key_age, secret_key_age\n1, 2",
)


@pytest.mark.parametrize("text", NO_CREDENTIALS)
def test_words_about_keys_are_none(text: str) -> None:
    assert isinstance(read_credentials(text), PasteProblem)


def test_identity_centers_json_tells_its_end_in_milliseconds() -> None:
    text = (
        f'{{"roleCredentials": {{"accessKeyId": "{ID.replace("AKIA", "ASIA")}", "secretAccessKey":'
        f' "{SECRET}", "sessionToken": "IQoJ+/==", "expiration": 1893456000000}}}}'
    )
    credentials = read_credentials(text)
    assert isinstance(credentials, PastedCredentials)
    assert credentials.expires_at is not None
    assert credentials.expires_at.isoformat() == "2030-01-01T00:00:00+00:00"


@given(st.text("\",;\t|\n' AWSAccesKyIDretUnamPo=", max_size=60))
def test_no_table_raises(text: str) -> None:
    read_table(text)
    read_credentials(text)


@pytest.mark.parametrize(
    ("path", "of_root"),
    [
        ("/home/jo/Downloads/rootkey.csv", True),
        ("C:\\Users\\jo\\rootkey (1).csv", True),
        ("/x/RootKey-2.csv", True),
        ("/rootkey.csv/accessKeys.csv", False),
        ("/x/notrootkey.csv", False),
    ],
)
def test_a_file_of_the_root_user_is_known_by_its_name(path: str, of_root: bool) -> None:
    assert is_root_file(path) is of_root
