"""Files as people posted them: each mistake by its code and line, and what must not be one.

Beside each row stands where such a file was posted; names and keys are replaced.
"""

from typing import Final, NamedTuple

import pytest

from app.core.aws_files.files import AwsFiles, FileKind, FoundFile, Unusable
from app.core.aws_files.mistakes import explaining, mistakes_of, stopping
from app.core.aws_files.naming import misnamed
from app.core.settings_mistake import SettingsMistake
from app.core.wording.settings_words import MISTAKE_WORDS, about_mistake

ID: Final = "AKIAEXAMPLEEXAMPLE01"
SECRET: Final = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
KEYS: Final = f"aws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n"
PASSING: Final = KEYS.replace("AKIA", "ASIA")
ROLE: Final = "role_arn = arn:aws:iam::123456789012:role/admin\n"
START: Final = "https://d-1234567890.awsapps.com/start"
OF_ROLE: Final = "sso_account_id = 123456789012\nsso_role_name = Admin\n"
NAMES_SESSION: Final = f"sso_session = corp\n{OF_ROLE}"
OF_PORTAL: Final = f"sso_start_url = {START}\nsso_region = us-east-1\n"


def files_of(config: str | bytes | Unusable | None, credentials: str | bytes | None) -> AwsFiles:
    def found(kind: FileKind, text: str | bytes | Unusable | None) -> FoundFile:
        content = (
            text.encode() if isinstance(text, str) and not isinstance(text, Unusable) else text
        )
        return FoundFile(kind, str(kind), content)

    return AwsFiles(found(FileKind.CONFIG, config), found(FileKind.CREDENTIALS, credentials))


def told(mistake: SettingsMistake) -> str:
    """Return a mistake as the rows write it: code, file's name and line, what to write."""
    line = f":{mistake.line}" if mistake.line else ""
    return f"{mistake.code} {mistake.file}{line} {mistake.instead}".strip()


class Row(NamedTuple):
    config: str
    credentials: str
    expected: str
    """The first mistake of the profile ``work``."""


WRONG: Final = (
    # aws-cli #370, ohmyzsh #8511, puppet-awscli #24: the word "profile" is missing
    Row(f"[work]\n{KEYS}", "", "no-prefix config:1 [profile work]"),
    Row(f"[default]\nregion=x-y-1\n\n[work]\n{OF_PORTAL}", "", "no-prefix config:4 [profile work]"),
    Row(f"[profile:work]\n{KEYS}", "", "no-prefix config:1 [profile work]"),
    Row(f"[Profile work]\n{KEYS}", "", "no-prefix config:1 [profile work]"),
    Row(f"[profile-work]\n{KEYS}", "", "no-prefix config:1 [profile work]"),
    # aws-cli #5402, boto3 questions: "profile" in credentials
    Row("", f"[profile work]\n{KEYS}", "prefix-in-credentials credentials:1 [work]"),
    Row("", f"[ work ]\n{KEYS}", "spaces-in-brackets credentials:1 [work]"),
    # aws-cli #321, #2908: keys in a file of the AWS tools without an end or with a typing mistake
    Row(
        "",
        "[work]\naws_access_key_id =\naws_secret_access_key =\n",
        "empty-setting credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\naws_secret_access_key =\n",
        "empty-setting credentials:3 aws_secret_access_key = …",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\n",
        "half-key credentials:2 aws_secret_access_key = …",
    ),
    Row(
        "",
        f"[work]\naws_secret_access_key = {SECRET}\n",
        "half-key credentials:2 aws_access_key_id = …",
    ),
    # thinkst/canarytokens #177, aws-cli #2878, 2i2c #1965: other names of the settings
    Row(
        "",
        f"[work]\naws_access_key = {ID}\naws_secret_access_key = {SECRET}\n",
        "misnamed-setting credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        f"[work]\naccess_key_id = {ID}\nsecret_access_key = {SECRET}\n",
        "misnamed-setting credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        f"[work]\nAWSAccessKeyId={ID}\nAWSSecretKey={SECRET}\n",
        "misnamed-setting credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\naws_secret_acess_key = {SECRET}\n",
        "misnamed-setting credentials:3 aws_secret_access_key = …",
    ),
    Row(
        "",
        f'[work]\n"aws_access_key_id": "{ID}",\n"aws_secret_access_key": "{SECRET}"\n',
        "misnamed-setting credentials:2 aws_access_key_id = …",
    ),
    # botocore #893: the percent sign that zsh prints; aws-toolkit-vscode: quotation marks
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}%\n",
        "percent credentials:3 aws_secret_access_key = …",
    ),
    Row(
        "",
        f'[work]\naws_access_key_id = "{ID}"\naws_secret_access_key = "{SECRET}"\n',
        "quoted credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = “{ID}”\naws_secret_access_key = {SECRET}\n",
        "quoted credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = {SECRET}\naws_secret_access_key = {ID}\n",
        "swapped-keys credentials:3",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = {ID.lower()}\naws_secret_access_key = {SECRET}\n",
        "small-letters credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\u200b\naws_secret_access_key = {SECRET}\n",
        "invisible credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        "[work]\naws_access_key_id = YOUR_ACCESS_KEY_ID\naws_secret_access_key = <secret>\n",
        "placeholder credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        "[work]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = %SECRET%\n",
        "placeholder credentials:2 aws_access_key_id = …",
    ),
    Row(
        "",
        "[work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
        "placeholder credentials:2 aws_access_key_id = …",
    ),
    # boto3 #2280 and many: temporary keys without, and lasting keys with, a session token
    Row(
        "",
        f"[work]\n{PASSING}",
        "no-token credentials:2 aws_session_token = …",
    ),
    Row("", f"[work]\n{KEYS}aws_session_token = IQoJ\n", "old-token credentials:4"),
    Row(
        "",
        f"[work]\n{PASSING}aws_session_token = IQoJ\naws_security_token = FQoG\n",
        "two-tokens credentials:5",
    ),
    # commands and questions pasted into the file
    Row(
        "",
        f"[work]\nexport AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY={SECRET}\n",
        "shell credentials:2 aws_access_key_id = …",
    ),
    Row("", f"[work]\nset AWS_ACCESS_KEY_ID={ID}\n", "shell credentials:2 aws_access_key_id = …"),
    Row(
        "", f'[work]\n$Env:AWS_ACCESS_KEY_ID="{ID}"\n', "shell credentials:2 aws_access_key_id = …"
    ),
    Row(
        "",
        f"[work]\nAWS Access Key ID [None]: {ID}\nAWS Secret Access Key [None]: {SECRET}\n",
        "dialogue credentials:2 aws_access_key_id = …",
    ),
    # alks-cli #1: the next name has begun at the end of a line
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}[other]\n",
        "section-in-line credentials:3 [other]",
    ),
    # odd indentation
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\n  aws_secret_access_key = {SECRET}\n",
        "indented credentials:3 aws_secret_access_key = …",
    ),
    Row(
        "",
        f"[work]\naws_access_key_id = {ID}\n\taws_secret_access_key = {SECRET}\n",
        "indented credentials:3 aws_secret_access_key = …",
    ),
    # aws-cli #320, #902; aws-toolkit-visual-studio #354: regions
    Row(
        "[profile work]\nregion = us-east-1 # Virginia\n",
        f"[work]\n{KEYS}",
        "inline-comment config:2 region = us-east-1",
    ),
    Row(
        "[profile work]\nregion=us-west-1  # optional, to define default region\n",
        f"[work]\n{KEYS}",
        "inline-comment config:2 region = us-west-1",
    ),
    Row(
        "[profile work]\nregion = eu-west-1\t; Ireland\n",
        f"[work]\n{KEYS}",
        "inline-comment config:2 region = eu-west-1",
    ),
    Row(
        '[profile work]\nregion = "us-east-1"\n',
        f"[work]\n{KEYS}",
        "quoted config:2 region = us-east-1",
    ),
    Row(
        "[profile work]\nregion = Ireland\n",
        f"[work]\n{KEYS}",
        "region-shape config:2 region = ap-southeast-2",
    ),
    Row(
        "[profile work]\nregion = None\n",
        f"[work]\n{KEYS}",
        "region-shape config:2 region = ap-southeast-2",
    ),
    Row(
        "[profile work]\nregion = US_EAST_1\n",
        f"[work]\n{KEYS}",
        "region-shape config:2 region = us-east-1",
    ),
    Row(
        "[profile work]\nregion = us-east-1a\n",
        f"[work]\n{KEYS}",
        "zone config:2 region = us-east-1",
    ),
    Row("[profile work]\nregion =\n", f"[work]\n{KEYS}", "empty-setting config:2 region = …"),
    # roles: terraform-provider-aws, aws-vault and botocore
    Row(
        f"[profile work]\n{ROLE}",
        f"[work]\n{KEYS}",
        "role-no-source config:2 source_profile = work",
    ),
    Row(f"[profile work]\n{ROLE}", "", "role-no-source config:2 source_profile = NAME"),
    Row(f"[profile work]\n{ROLE}source_profile = gone\n", "", "source-gone config:3"),
    Row(
        f"[profile work]\n{ROLE}source_profile = Base\n",
        f"[base]\n{KEYS}",
        "source-gone config:3 source_profile = base",
    ),
    Row(f"[profile work]\n{ROLE}source_profile = work\n", "", "source-itself config:3"),
    Row(
        f"[profile work]\n{ROLE}source_profile = b\n[profile b]\n{ROLE}source_profile = work\n",
        "",
        "source-circle config:6",
    ),
    Row(
        f"[profile work]\n{ROLE}source_profile = b\ncredential_source = Environment\n[b]\n{KEYS}",
        "",
        "both-sources config:4",
    ),
    Row(
        f"[profile work]\n{ROLE}credential_source = ec2instancemetadata\n",
        "",
        "credential-source config:3 credential_source = Ec2InstanceMetadata",
    ),
    Row(
        f"[profile work]\n{ROLE}credential_source = default\n",
        "",
        "credential-source config:3 credential_source = Environment",
    ),
    Row(
        f"[profile work]\n{ROLE}sourceprofile = b\n[profile b]\n{KEYS}",
        "",
        "misnamed-setting config:3 source_profile = b",
    ),
    Row(
        f"[profile work]\nrole_arn = admin\nsource_profile = b\n[profile b]\n{KEYS}",
        "",
        "role-arn config:2 role_arn = arn:aws:iam::123456789012:role/NAME",
    ),
    Row(
        f"[profile work]\n{ROLE}source_profile = b\n[profile b]\naws_access_key_id =\n",
        "",
        "empty-setting config:5 aws_access_key_id = …",
    ),
    # botocore 1780: the source's own section is the one that no tool finds
    Row(
        f"[profile work]\n{ROLE}source_profile = b\n[b]\n{KEYS}",
        "",
        "no-prefix config:4 [profile b]",
    ),
    # awsume 117: a source without a role
    Row(
        "[profile work]\nsource_profile = b\n",
        f"[b]\n{KEYS}",
        "source-no-role config:2 role_arn = …",
    ),
    # aws-cli 1197: the token in the other file
    Row(
        "[profile work]\naws_session_token = IQoJ\n",
        f"[work]\n{PASSING}",
        "token-elsewhere config:2 credentials",
    ),
    # all in one line
    Row("", f"[work] aws_access_key_id={ID}\n", "crowded credentials:1 [work]"),
    Row(
        "",
        f"[work]\naws_access_key_id={ID} aws_secret_access_key={SECRET}\n",
        "two-in-line credentials:2 aws_secret_access_key",
    ),
    Row(
        f"[profile work]\n{NAMES_SESSION}[sso-session corp]\n{OF_PORTAL.strip()} # Ohio\n",
        "",
        "inline-comment config:7 sso_region = us-east-1",
    ),
    Row(
        f"[profile work]\n{OF_PORTAL}{OF_ROLE}".replace("123456789012", "1234-5678-9012"),
        "",
        "account-shape config:4",
    ),
    # Identity Center: aws-cli #5024, aws-sdk-rust #741, aws-xray-daemon #200
    Row(
        f"[profile work]\nsso_session = corp\n{OF_ROLE}",
        "",
        "session-gone config:2 [sso-session corp]",
    ),
    Row(
        f"[profile work]\nsso_session = corp\n{OF_ROLE}[sso_session corp]\n{OF_PORTAL}",
        "",
        "session-section config:5 [sso-session corp]",
    ),
    Row(
        f"[profile work]\nsso_session = corp\n{OF_ROLE}[sso-session Corp]\n{OF_PORTAL}",
        "",
        "session-section config:5 [sso-session corp]",
    ),
    Row(
        f"[profile work]\n{NAMES_SESSION}[sso-session corp]\nsso_start_url = {START}\n",
        "",
        "session-lacks config:5 sso_region = ap-southeast-2",
    ),
    Row(
        f"[profile work]\nsso_region = eu-west-1\n{NAMES_SESSION}[sso-session corp]\n{OF_PORTAL}",
        "",
        "session-differs config:2",
    ),
    Row(
        f"[profile work]\n{OF_PORTAL}sso_role_name = Admin\n",
        "",
        "portal-lacks config:1 sso_account_id = 123456789012",
    ),
    Row(f"[profile work]\n{OF_ROLE}", "", f"portal-lacks config:1 sso_start_url = {START}"),
)


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row.expected)
def test_a_profile_as_it_was_posted(row: Row) -> None:
    mistakes = mistakes_of(files_of(row.config, row.credentials), "work")
    assert mistakes, "no mistake was seen"
    assert told(mistakes[0]) == row.expected
    assert all(SECRET not in repr(mistake) and ID not in repr(mistake) for mistake in mistakes)
    words = about_mistake(mistakes[0]).text
    assert "{" not in words
    shows = "{instead}" in "".join(MISTAKE_WORDS[mistakes[0].code])
    assert (mistakes[0].instead in words) or not shows


NAMES: Final = (
    ("[profile my work]\nregion = eu-west-1\n", "my work", '[profile "my work"]'),
    ("[profile jo's]\nregion = eu-west-1\n", "jo's", '[profile "jo\'s"]'),
    ("[DEFAULT]\nregion = eu-west-1\n", "default", "[default]"),
    ("[Default]\nregion = eu-west-1\n", "default", "[default]"),
)


@pytest.mark.parametrize(("config", "name", "instead"), NAMES)
def test_a_name_that_no_tool_finds(config: str, name: str, instead: str) -> None:
    ((profile, mistake),) = misnamed(files_of(config, None))
    assert (profile.name, mistake.line, mistake.instead) == (name, 1, instead)


RIGHT: Final = (
    (f"[default]\n[profile work]\n{ROLE}source_profile = base\n", f"[base]\n{KEYS}"),
    (f"[profile work]\n{ROLE}source_profile = work\n", f"[work]\n{KEYS}"),
    (f"[profile work]\n{ROLE}credential_source = Environment\n", ""),
    ("[profile work]\nregion = us-gov-west-1\n", f"[work]\n{KEYS}"),
    (f"[profile work]\nregion = local\nendpoint_url = http://localhost:8000\n{KEYS}", ""),
    (f"[profile 'work']\n{KEYS}[preview]\ncloudfront = true\n[plugins]\nx = y\n", ""),
    (f"[profile work]\nAWS_ACCESS_KEY_ID={ID}\nAws_Secret_Access_Key : {SECRET}\n", ""),
    ("[profile work]\ns3 =\n  addressing_style = path\n  region = x\n", f"[work]\r\n{KEYS}"),
    ('[profile work]\ncredential_process = "C:\\Program Files\\t.exe" --arg "team #1"\n', ""),
    (f"[profile work]\nsso_session = corp\n{OF_ROLE}[sso-session corp]\n{OF_PORTAL}", ""),
    (f"# [work]\n; note\n[profile work]\n  region = eu-west-1\n  output = json\n{KEYS}", ""),
    ("", "[work]\naws_access_key_id = minioadmin\naws_secret_access_key = min io%admin\n"),
    ("", f"[work]\n{PASSING}aws_session_token = IQoJ/+==\n"),
    ("", f"[work]\n{KEYS}aws_session_token =\n".replace("aws_session_token =\n", "")),
    ("[profile work]\nservices = mine\nregion = eu-west-1\n[services mine]\ns3 =\n  a = b\n", ""),
    ("[profile work]\nweb_identity_token_file = /t\nrole_arn = arn:aws:iam::1:role/x\n", ""),
)


@pytest.mark.parametrize(("config", "credentials"), RIGHT)
def test_what_is_right_or_somebody_elses_business_is_no_mistake(
    config: str, credentials: str
) -> None:
    files = files_of(config, credentials)
    assert mistakes_of(files, "work") == ()
    assert list(misnamed(files)) == []


WHOLE: Final = (
    (b"region = x\n[default]\n", "no-section config:1 [profile work]"),
    (b"[default]\nregion = x\naws_secret_access_key wJalr\n", "stray-line config:3"),
    (b"[default\nregion = x\n", "open-bracket config:1"),
    (b"[default]\nregion = x\n[work\n", "open-bracket config:3"),
    (b"[profile a]\nregion = x\n\n[profile a]\nregion = y\n", "twice-section config:4"),
    (b"[profile a]\nregion = x\nRegion = y\n", "twice-setting config:3"),
    (b"[default]\ns3 =\n  nonsense\n", "indented config:3"),
    (b"export AWS_ACCESS_KEY_ID=A\nexport AWS_SECRET_ACCESS_KEY=b\n", "shell config:1 [default]"),
    (
        b"AWS Access Key ID [None]: A\nDefault region name [None]: x\n",
        "dialogue config:1 [default]",
    ),
    (b'{\n  "default": {\n    "region": "x"\n  }\n}\n', "json config:1"),
    (b"{\\rtf1\\ansi\n[default]\nregion = x\n}", "rich-text config:1"),
    (b'[{"AccessKeyId": "A"}]', "json config:1"),
    (b"Access key ID,Secret access key\r\nAKIA,abc\r\n", "csv config:1 [default]"),
    (b"User name,Password,Access key ID\r\njo,,AKIA\r\n", "csv config:1 [default]"),
    (b"<html><head>\n", "no-settings-file config:1 [default]"),
    (b"[a]\nregion = x\nname = \xff\xfe\n", "encoding config:3"),
    (b"[a]\r\nregion = x\r\nnonsense\r\n", "stray-line config:3"),
    (b"[a]\rregion = x\rnonsense\r", "stray-line config:3"),
    ("[default]\nregion = x\nnonsense\n".encode("utf-8-sig"), "stray-line config:3"),
    ("[default]\nregion = x\nnonsense\n".encode("utf-16"), "stray-line config:3"),
    (Unusable.FOLDER, "folder config"),
    (Unusable.FORBIDDEN, "forbidden config"),
)


@pytest.mark.parametrize(("content", "expected"), WHOLE)
def test_a_file_that_stops_the_tools(content: bytes | Unusable, expected: str) -> None:
    (mistake,) = stopping(files_of(content, None))
    assert told(mistake) == expected
    assert "{" not in about_mistake(mistake).text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_windows_editors_save_is_read(encoding: str) -> None:
    marks = {"utf-16-le": "", "utf-16-be": ""}
    text = marks.get(encoding, "") + "[profile work]\nregion = eu-west-1\n"
    files = files_of(text.encode(encoding), None)
    assert files.profiles["work"].value("region") == "eu-west-1"
    assert list(stopping(files)) == []


def test_a_file_under_another_name_is_named() -> None:
    missing = FoundFile(FileKind.CREDENTIALS, "/h/.aws/credentials", None, ("credentials.txt",))
    files = AwsFiles(FoundFile(FileKind.CONFIG, "/h/.aws/config", None), missing)
    (mistake,) = mistakes_of(files, "work")
    assert (mistake.code, mistake.name) == ("file-name", "credentials.txt")


CAUSES: Final = (
    ("signin.config-broken", "Provided region_name 'x # y' does not match", "region"),
    ("signin.config-broken", "RuntimeError", "aws_access_key_id"),
    ("signin.invalid", "The security token is invalid", "aws_access_key_id"),
    ("env.offline", "Could not connect to sts.x", "region"),
    ("env.timeout", "", None),
    ("signin.expired", "", None),
    ("signin.profile-missing", "The config profile (work) could not be found", None),
)


@pytest.mark.parametrize(("finding", "message", "name"), CAUSES)
def test_only_a_mistake_that_can_lead_to_a_failure_explains_it(
    finding: str, message: str, name: str | None
) -> None:
    config = (
        f'[profile work]\naws_access_key_id = "{ID}"\naws_secret_access_key = a\nregion = x # y\n'
    )
    mistake = explaining(finding, message, mistakes_of(files_of(config, ""), "work"))
    assert (mistake.name if mistake else None) == name


def test_every_mistake_has_words_and_every_words_a_mistake() -> None:
    seen = {row.expected.split()[0] for row in WRONG} | {row[1].split()[0] for row in WHOLE}
    others = {"name-with-space", "default-capitals", "file-name", "too-large"}
    of_places = {"variable", "no-program", "no-file", "source-empty"}
    assert seen | others | of_places == set(MISTAKE_WORDS)
