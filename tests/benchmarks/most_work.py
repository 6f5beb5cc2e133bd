"""How long the worst takes: files of nearly ten megabytes, each nasty in its own way.

    .venv/bin/python tests/benchmarks/most_work.py [NAME …]

Prints for each the seconds of a check, a plan and a revocation, with the patience that the program
has (``app.flow.patience``). Goal (issue 9): ten seconds at worst, on a computer that does nothing
else. Exit status 1 beyond it.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.core.choices import Choices, RevokeWay
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.planning.plan import plan
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import KmsGrant, PolicyDocument, Unreadable
from app.flow.patience import patient_work
from tests.benchmarks.many_statements import (
    Account,
    Statement,
    allow,
    deny,
    document,
    draft_of,
    with_key,
)
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    MOMENT,
    PLAIN,
    REGION,
    kms_key,
    whole,
)

T = TypeVar("T")

MOST_SECONDS: Final = 10.0
SIZE: Final = 9_000_000
"""Characters of the one policy, nearly what a file may have."""


def main() -> int:
    """Measure, print, and return the exit status."""
    names = sys.argv[1:] or list(NASTY)
    good = [print_seconds(name, NASTY[name]()) for name in names]
    return 0 if all(good) else 1


def print_seconds(name: str, account: Account) -> bool:
    """Print the seconds of each thing that is worked out; return whether they are within goal."""
    draft, snapshot = account
    how, nothing = RevokeWay.DELETE_ROLE, Choices()
    took = [
        seconds(lambda: diagnose(draft, snapshot, patient_work())),
        seconds(lambda: plan(draft, snapshot, work=patient_work())),
        seconds(
            lambda: revoke_plan(snapshot, how, ACCOUNT, draft, nothing, MOMENT, patient_work())
        ),
    ]
    check, planned, revoked = took
    print(f"{name:32} check {check:5.1f} s  plan {planned:5.1f} s  revoke {revoked:5.1f} s")
    return max(took) <= MOST_SECONDS


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes by the clock, as whoever waits has it."""
    start = time.monotonic()
    work()
    return time.monotonic() - start


def filled(make: Callable[[int], T]) -> list[T]:
    """Return so many of what ``make`` makes as there is room for."""
    one = len(json.dumps(make(10_000))) + 2
    return [make(number) for number in range(SIZE // one)]


def attached(statements: list[Statement]) -> Account:
    """Return a role with one more policy, of AWS's own, which may be of any length."""
    snapshot = whole(PLAIN)
    further = PolicyDocument("Big", document(statements), "arn:aws:iam::aws:policy/Big")
    policies = (*snapshot.role.attached_policies, further)
    return PLAIN, replace(snapshot, role=replace(snapshot.role, attached_policies=policies))


def under(operator: str, key: str, values: object) -> Statement:
    """Return a Deny of everything under one condition."""
    return deny("s3:*", "*", Condition={operator: {key: values}})


def many_actions() -> Account:
    """Return a role with as many statements as fit, each for another action."""
    return attached(filled(lambda n: allow(f"s3:Get{n}", "*")))


def actions_of_one() -> Account:
    """Return a role with one statement of as many actions as fit."""
    return attached([allow(filled(lambda n: f"s3:Get{n}*"), "*")])


def all_wild() -> Account:
    """Return a role with one resource that is nothing but wildcards."""
    return attached([deny("s3:*", "arn:aws:s3:::" + "*?" * (SIZE // 2) + "x")])


def nearly_fitting() -> Account:
    """Return a role with many resources of a thousand wildcards each."""
    return attached([deny("s3:*", filled(lambda _n: "arn:aws:s3:::" + "*a?" * 1000))])


def variables() -> Account:
    """Return a role with as many resources as fit, each with a variable that nobody knows."""
    resources = filled(lambda n: f"arn:aws:s3:::${{aws:PrincipalTag/t{n}}}*x/*")
    return attached([allow("s3:*", resources)])


def conditions() -> Account:
    """Return a role that is denied everything under as many conditions as fit."""
    return attached(filled(lambda n: under("StringNotEquals", f"aws:PrincipalTag/t{n}", "x")))


def condition_values() -> Account:
    """Return a role that is denied everything under a condition of as many values as fit."""
    return attached([under("StringNotLike", "aws:PrincipalTag/t", filled(lambda n: f"*{n}*?x"))])


def addresses() -> Account:
    """Return a role that is denied everything but from as many addresses as fit."""
    values = filled(lambda n: f"10.{n // 65536 % 256}.{n // 256 % 256}.{n % 256}/32")
    return attached([under("NotIpAddress", "aws:SourceIp", values)])


def not_actions() -> Account:
    """Return a role that is denied all but a few actions, as many times as fit."""
    return attached(
        filled(lambda n: {"Effect": "Deny", "NotAction": ["s3:*", f"a{n}:*"], "Resource": "*"})
    )


def mistyped() -> Account:
    """Return a policy of as many names as fit that are nearly those of forty buckets."""
    draft = draft_of(400)
    names = [name.replace("imports", "imprts") for name in draft.bucket_names]
    _, snapshot = attached(
        [allow("s3:GetObject", filled(lambda n: f"arn:aws:s3:::{names[n % 40]}{n}/*"))]
    )
    others = whole(draft)
    return draft, replace(others, role=snapshot.role)


def grants() -> Account:
    """Return a key with as many grants as AWS allows, all for UbiQuity's account."""
    each = (
        KmsGrant(f"arn:aws:iam::{UBIQUITY_ACCOUNT}:role/r{n}", ("Decrypt",), f"{n:064}")
        for n in range(50_000)
    )
    return with_key(replace(kms_key(), grants=tuple(each)))


def open_buckets() -> Account:
    """Return twenty thousand buckets whose policies let UbiQuity's account in."""
    snapshot = whole(PLAIN)
    root = {"AWS": f"arn:aws:iam::{UBIQUITY_ACCOUNT}:root"}
    policy = document([{**allow("s3:*", f"arn:aws:s3:::{BUCKET}/*"), "Principal": root}])
    bucket = replace(snapshot.buckets[0], policy=policy)
    others = (replace(bucket, name=f"b{n}") for n in range(20_000))
    return PLAIN, replace(snapshot, buckets=(bucket, *others))


def observations() -> Account:
    """Return a snapshot in which much was tried, in vain."""
    seen = (
        Observation(
            MOMENT,
            Identity.CUSTOMER,
            "s3:GetObject",
            ObservedOutcome.FAILED,
            bucket=BUCKET,
            code="AccessDenied",
            message=f"User is not authorized to perform: s3:GetObject on resource {n}",
        )
        for n in range(25_000)
    )
    return PLAIN, replace(whole(PLAIN), observations=tuple(seen))


def unreadable() -> Account:
    """Return a snapshot of which hardly anything was read."""
    unread = (Unreadable(f"buckets[0].x{n}", "AccessDenied", f"no {n}") for n in range(80_000))
    return PLAIN, replace(whole(PLAIN), unreadable=tuple(unread))


def tags() -> Account:
    """Return a role with far more tags than AWS allows."""
    snapshot = whole(PLAIN)
    many = {f"tag{n}": f"v{n}" for n in range(250_000)}
    return PLAIN, replace(snapshot, role=replace(snapshot.role, tags=many))


def connectors() -> Account:
    """Return as many connectors as a draft may have."""
    entries = (BucketEntry(BUCKET, REGION, f"f{n}/") for n in range(1000))
    return Draft(ACCOUNT, DATABASE_ID, tuple(entries)), whole(PLAIN)


def deep() -> Account:
    """Return statements nested as deep as a file may be."""
    texts: object = "arn"
    tests: object = {"a": 1}
    for _ in range(90):
        texts, tests = [texts], {"StringEquals": tests}
    return attached([allow(texts, texts, Condition=tests, Principal=tests)] * 300)


NASTY: Final[Mapping[str, Callable[[], Account]]] = {
    make.__name__: make
    for make in (
        many_actions,
        actions_of_one,
        all_wild,
        nearly_fitting,
        variables,
        conditions,
        condition_values,
        addresses,
        not_actions,
        mistyped,
        grants,
        open_buckets,
        observations,
        unreadable,
        tags,
        connectors,
        deep,
    )
}


if __name__ == "__main__":
    sys.exit(main())
