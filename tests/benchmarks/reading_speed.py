"""How long ``check`` of three buckets takes where AWS is 100 ms away.

    .venv/bin/python tests/benchmarks/reading_speed.py [ROUNDS]

The account is one of the practice AWS, whose answers were recorded (``recorded_aws``): a role with
a policy more than the guide's, and three buckets in two regions, one under a key of its own and
with a file under another. It is checked with a new sign-in, by up to so many calls at once as the
program makes, and by one at a time, in turn; then with a sign-in that was used already; then by
the program as it is started; then over TLS, of which each handshake takes as long as an answer. Of
all rounds the fastest counts. Beside the seconds stands what they
are measured by:

- the same calls one after the other: at least 3 times as long;
- the longest chain of calls of which each needs an answer of the one before. It is worked out from
  what was recorded: a call depends on the first that told what it asks about and neither the draft
  nor the guide says (``depths``); all of a new sign-in wait for who it is, as a stranger's is to
  ask for nothing. Its time is what the server took for its calls. At most 1.5 times of it.

Exit status 1 where one is missed.
"""

import asyncio
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote

sys.path.insert(0, str(Path(__file__).parents[2]))

import app.aws.reading
from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.formats.draft_json import draft_to_json
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn
from app.flow.checking import checked_account
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, SEEDED_BUCKETS
from app.practice.people import Person
from app.practice.server import PracticeAws
from tests.aws.authority import AuthorityOfOurs
from tests.benchmarks.check_start import program
from tests.benchmarks.recorded_aws import Answer, Call, RecordedAws, Recorder

DELAY: Final = 0.1
"""Seconds before each answer."""
LEAST_FASTER: Final = 3.0
MOST_OF_CHAIN: Final = 1.5
KEYS: Final = ("AKIAIOSFODNN7EXAMPLE", "recorded")
DRAFT: Final = Draft(
    ACCOUNT_ID,
    DATABASE_ID,
    tuple(
        BucketEntry(b.name, b.region, b.prefix, kms_key_arn=KEY_ARN if b.encrypted else None)
        for b in SEEDED_BUCKETS
    ),
)


class Took(NamedTuple):
    """What one check took: seconds by the clock and of the processor, its calls, connections."""

    seconds: float
    computing: float
    calls: Sequence[Call]
    lines: int


def main() -> int:
    """Measure, print, and return the exit status."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    for name in [n for n in os.environ if n.startswith(("AWS_", "REQUESTS_CA", "HTTP", "http"))]:
        del os.environ[name]  # nothing of this computer's settings counts
    answers = recorded()
    with RecordedAws(answers, DELAY) as aws:
        check(aws, CustomerAccount(GivenKeys(aws.url, *KEYS)))  # what is loaded once is loaded
        together, alone, again = [], [], []
        for _ in range(rounds):
            account = CustomerAccount(GivenKeys(aws.url, *KEYS))
            together.append(check(aws, account))
            again.append(check(aws, account))
            alone.append(one_by_one(aws))
        started = [whole_program(aws) for _ in range(3)]
    far = over_tls(answers, rounds)
    new, used, single = map(fastest, (together, again, alone))
    chain = longest_chain(answers, new.calls)
    chain_seconds = sum(call.ended - call.begun for call in chain)
    shorter = longest_chain(answers, used.calls, waits=False)
    print(f"calls {len(new.calls)}, at most {most_at_once(new.calls)} at once, {new.lines} lines")
    print(f"one after the other   {single.seconds:6.2f} s   ({len(single.calls)} calls)")
    print(f"check                 {new.seconds:6.2f} s   computing {new.computing:.2f} s")
    print(f"longest chain         {chain_seconds:6.2f} s   {len(chain)} calls:")
    for call in chain:
        print(f"    {name_of(call.key)}")
    again_seconds = sum(call.ended - call.begun for call in shorter)
    print(
        f"check again           {used.seconds:6.2f} s   computing {used.computing:.2f} s, "
        f"chain {again_seconds:.2f} s, {used.seconds / again_seconds:.2f} times it"
    )
    print(f"whole program         {min(started):6.2f} s   from its start to its end")
    print(
        f"check over TLS        {far.seconds:6.2f} s   computing {far.computing:.2f} s, "
        f"{far.lines} lines; each handshake is as far away as an answer"
    )
    faster, of_chain = single.seconds / new.seconds, new.seconds / chain_seconds
    print(f"faster than one by one {faster:5.2f} times  (at least {LEAST_FASTER})")
    print(f"of the longest chain   {of_chain:5.2f} times  (at most {MOST_OF_CHAIN})")
    return 0 if faster >= LEAST_FASTER and of_chain <= MOST_OF_CHAIN else 1


def recorded() -> Mapping[str, Answer]:
    """Return what the practice AWS answers to a check, of an account that is set up."""
    with PracticeAws() as practice:
        admin = Person(practice.endpoint_url, practice.admin)
        set_up(admin)
        recorder = Recorder(practice.endpoint_url)
        keys = practice.admin
        account = CustomerAccount(
            GivenKeys(recorder.url, keys.access_key_id, keys.secret_access_key)
        )
        snapshot = asyncio.run(account.read_snapshot(DRAFT))
        recorder.close()
    if snapshot.unreadable or snapshot.role.name != ROLE_NAME:
        raise RuntimeError(f"The account was not read: {snapshot.unreadable}")
    return recorder.answers


def over_tls(answers: Mapping[str, Answer], rounds: int) -> Took:
    """Check over TLS, where AWS's certificate is one of all that the computer trusts."""
    with tempfile.TemporaryDirectory() as folder:
        ours = AuthorityOfOurs(Path(folder), "benchmark")
        everybodys = ssl.get_default_verify_paths().cafile
        known = Path(everybodys).read_bytes() if everybodys else b""
        ours.bundle.write_bytes(known + ours.bundle.read_bytes())
        os.environ["SSL_CERT_FILE"] = str(ours.bundle)
        with RecordedAws(answers, DELAY, ours.serving("localhost")) as aws:
            return fastest(
                [check(aws, CustomerAccount(GivenKeys(aws.url, *KEYS))) for _ in range(rounds)]
            )


def set_up(admin: Person) -> None:
    """Make the guide's set-up, with a policy more, and files of all kinds."""
    iam = admin.iam
    iam.create_role(
        RoleName=ROLE_NAME, AssumeRolePolicyDocument=json.dumps(trust_policy(DATABASE_ID))
    )
    document = json.dumps(permissions_policy(DRAFT.buckets))
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=document)
    further = iam.create_policy(PolicyName="of-theirs", PolicyDocument=document)["Policy"]["Arn"]
    for arn in (policy_arn(ACCOUNT_ID), further):
        iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=arn)
    iam.put_role_policy(RoleName=ROLE_NAME, PolicyName="inline", PolicyDocument=document)
    other = admin.kms.create_key()["KeyMetadata"]["Arn"]
    for bucket in SEEDED_BUCKETS:
        s3 = admin.s3(bucket.region)
        for number in range(6):
            s3.put_object(Bucket=bucket.name, Key=f"{bucket.prefix}more-{number}.csv", Body=b"a")
    s3 = admin.s3(SEEDED_BUCKETS[0].region)
    s3.put_object(
        Bucket=SEEDED_BUCKETS[0].name,
        Key=f"{SEEDED_BUCKETS[0].prefix}archive/a.csv",
        Body=b"a",
        ServerSideEncryption="aws:kms",
        SSEKMSKeyId=other,
    )


def check(aws: RecordedAws, account: CustomerAccount) -> Took:
    """Check the account once."""
    aws.calls()
    begun, computing = time.perf_counter(), time.process_time()
    asyncio.run(_check(account))
    took = time.perf_counter() - begun, time.process_time() - computing
    return Took(*took, *aws.calls())


async def _check(account: CustomerAccount) -> None:
    snapshot = await account.read_snapshot(DRAFT)
    if snapshot.unreadable or snapshot.role.name != ROLE_NAME:
        raise RuntimeError(f"The account was not read: {snapshot.unreadable}")
    checked_account(DRAFT, snapshot)


def one_by_one(aws: RecordedAws) -> Took:
    """Check the account once, by one call at a time."""
    at_once = vars(app.aws.reading)["_AT_ONCE"]
    vars(app.aws.reading)["_AT_ONCE"] = 1
    try:
        return check(aws, CustomerAccount(GivenKeys(aws.url, *KEYS)))
    finally:
        vars(app.aws.reading)["_AT_ONCE"] = at_once


def whole_program(aws: RecordedAws) -> float:
    """Return the seconds of ``check`` as a person starts it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "draft.json").write_text(json.dumps(draft_to_json(DRAFT)), encoding="utf-8")
        settings = {
            "HOME": folder,
            "USERPROFILE": folder,
            "AWS_ACCESS_KEY_ID": KEYS[0],
            "AWS_SECRET_ACCESS_KEY": KEYS[1],
            "AWS_ENDPOINT_URL": aws.url,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        others = {name: value for name, value in os.environ.items() if "AWS" not in name}
        begun = time.perf_counter()
        done = subprocess.run(
            [*program(sys.executable), "check", "--json", "--draft", "draft.json"],
            cwd=folder,
            env={**others, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        took = time.perf_counter() - begun
    json.loads(done.stdout)
    return took


def fastest(all_took: Sequence[Took]) -> Took:
    """Return the fastest: what else a computer does makes it slower, and never faster."""
    return min(all_took, key=lambda took: took.seconds)


def most_at_once(calls: Sequence[Call]) -> int:
    """Return how many calls the server had at once at most."""
    return max(sum(c.begun <= call.begun < c.ended for c in calls) for call in calls)


def longest_chain(
    answers: Mapping[str, Answer], calls: Sequence[Call], *, waits: bool = True
) -> list[Call]:
    """Return the longest chain of ``calls`` of which each depends on the one before.

    A call depends on another that had ended when it began, and that told a name which it asks
    about; of several such calls on the one with the shortest chain. ``waits`` tells that all
    others wait for who is signed in.
    """
    known = words(f"{json.dumps(draft_to_json(DRAFT))} {ROLE_NAME} {POLICY_NAME} {_OF_ARNS}")
    chains: dict[Call, list[Call]] = {}
    for call in sorted(calls, key=lambda c: c.begun):
        before = [c for c in chains if c.ended < call.begun]
        needed = [[c] for c in before if waits and "GetCallerIdentity" in c.key]
        for name in names_in(call.key):
            if words(name) <= known:
                continue
            tellers = [chains[c] for c in before if name in text_of(answers[c.key])]
            needed += [min(tellers, key=len)] if tellers else []
        needed += [chains[c] for c in before if tells_version(c.key, call.key)]
        chains[call] = [*max(needed, key=len, default=[]), call]
    return max(chains.values(), key=len)


_NAMES: Final = ("RoleName", "PolicyName", "PolicyArn", "PolicySourceArn", "KeyId")
"""The parameters of IAM and KMS that name what a call asks about."""
_OF_ARNS: Final = "arn aws iam kms role policy key"


def tells_version(key: str, later: str) -> bool:
    """Tell whether ``key`` asks for the default version that ``later`` asks for the text of."""
    arn = dict(parse_qsl(later)).get("PolicyArn")
    return (
        "Action=GetPolicyVersion&" in later
        and "Action=GetPolicy&" in key
        and dict(parse_qsl(key)).get("PolicyArn") == arn
    )


def names_in(key: str) -> list[str]:
    """Return the names of things that a call asks about."""
    _, target, *rest = key.split(" ", 2)
    said = rest[0] if rest else ""
    if target == "/" and "{" in said:
        given = json.loads(said[said.index("{") :])
    elif target == "/":
        given = dict(parse_qsl(said))
    else:
        return [part for part in unquote(target.partition("?")[0]).split("/", 2) if part]
    return [given[name] for name in _NAMES if name in given]


def text_of(answer: Answer) -> str:
    """Return all that an answer says; HeadObject tells in headers."""
    return unquote(" ".join((answer.body, *(value for _, value in answer.headers))))


def words(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(re.findall(r"[\w.-]+", text))


def name_of(key: str) -> str:
    """Return in a few words what was asked."""
    return unquote(key)[:150]


if __name__ == "__main__":
    sys.exit(main())
