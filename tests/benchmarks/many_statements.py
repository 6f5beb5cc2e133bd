"""How long a check takes over large policies, and how the time grows with their statements.

    .venv/bin/python tests/benchmarks/many_statements.py

Prints for several kinds of accounts the seconds of ``worked_out`` for 100 and for 1,000 statements,
and by what the larger takes longer. Then come documents that were slow once, and what a step of
``iam.work`` costs, by which its limit is chosen. Goals (issue 9): 1,000 statements take at most
12 times what 100 take; the slow ones under 2 s. Exit status 1 beyond them.
"""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.core.diagnosis.diagnose import worked_out
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.iam.work import Work
from app.core.snapshot import KmsGrant, KmsKey, OrganizationDeny, PolicyDocument, Snapshot
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_POLICY,
    PLAIN,
    REGION,
    kms_key,
    whole,
)

FEW: Final = 100
MANY: Final = 1000
MOST_GROWTH: Final = 12.0
MOST_SECONDS: Final = 2.0
ROUNDS: Final = 3

Statement = dict[str, Any]
Account = tuple[Draft, Snapshot]


def main() -> int:
    """Measure, print, and return the exit status."""
    good = [print_growth(name, account) for name, account in GROWING.items()]
    good += [print_slow(name, account()) for name, account in SLOW.items()]
    return 0 if all(good) else 1


def print_growth(name: str, account: Callable[[int], Account]) -> bool:
    """Print the seconds for few and many statements; return whether they are within the goal."""
    few, many = seconds(*account(FEW)), seconds(*account(MANY))
    print(f"{name:32} {FEW}: {few:7.4f} s  {MANY}: {many:7.4f} s  {many / few:5.1f} times")
    return many / few <= MOST_GROWTH


def print_slow(name: str, account: Account) -> bool:
    """Print the seconds of an account, and return whether they are within the goal."""
    took, work = seconds(*account), Work()
    worked_out(*account, work)
    steps = sys.maxsize - work.left
    each = took / steps * 1e6
    print(f"{name:32} {took:7.4f} s, {steps} steps of {each:.2f} microseconds")
    return took <= MOST_SECONDS


def seconds(draft: Draft, snapshot: Snapshot) -> float:
    """Return the least that a diagnosis took of the processor, with no limit to its work."""
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        worked_out(draft, snapshot, Work())
        least = min(least, time.process_time() - start)
    return least


def with_permissions(
    statements: list[Statement], policies: int = 1, draft: Draft = PLAIN
) -> Account:
    """Return a good account whose role has further policies with ``statements``, evenly split."""
    snapshot = whole(draft)
    each = -(-len(statements) // policies)
    documents = (statements[at : at + each] for at in range(0, len(statements), each))
    further = tuple(
        PolicyDocument(f"p{place}", document(split), f"arn:aws:iam::{ACCOUNT}:policy/p{place}")
        for place, split in enumerate(documents)
    )
    attached = (*snapshot.role.attached_policies, *further)
    return draft, replace(snapshot, role=replace(snapshot.role, attached_policies=attached))


def document(statements: list[Statement]) -> dict[str, object]:
    """Return a policy document."""
    return {"Version": "2012-10-17", "Statement": statements}


def allow(action: object, resource: object, **more: object) -> Statement:
    """Return a statement that allows."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: object, resource: object, **more: object) -> Statement:
    """Return a statement that denies."""
    return {**allow(action, resource, **more), "Effect": "Deny"}


def other_buckets(count: int) -> Account:
    """Return a role that may do all to many other buckets."""
    return with_permissions([allow("s3:*", f"arn:aws:s3:::b{n}/*") for n in range(count)])


def denied_buckets(count: int) -> Account:
    """Return a role that is denied many other buckets, each by a statement."""
    return with_permissions([deny("s3:*", f"arn:aws:s3:::b{n}/*") for n in range(count)])


def unknown_conditions(count: int) -> Account:
    """Return a role with many grants on everything, each under what nobody knows."""
    return with_permissions(
        [
            allow("s3:Get*", "*", Condition={"StringEquals": {"aws:SourceVpce": f"vpce-{n}"}})
            for n in range(count)
        ]
    )


def on_everything(count: int) -> Account:
    """Return a role that may do many things to everything."""
    return with_permissions([allow(f"s3:Get{n}", "*") for n in range(count)])


def bucket_policy(count: int) -> Account:
    """Return a bucket whose policy denies many strangers."""
    statements = [
        {**deny("s3:*", "*"), "Principal": {"AWS": f"arn:aws:iam::{n:012}:root"}}
        for n in range(count)
    ]
    snapshot = whole(PLAIN)
    buckets = tuple(replace(bucket, policy=document(statements)) for bucket in snapshot.buckets)
    return PLAIN, replace(snapshot, buckets=buckets)


def draft_of(count: int) -> Draft:
    """Return a draft of ``count`` tenths of buckets."""
    entries = (BucketEntry(f"acme-imports-{n:03}", REGION) for n in range(count // 10))
    return Draft(ACCOUNT, DATABASE_ID, tuple(entries))


def deny_each(count: int) -> Account:
    """Return an account of many buckets with a Deny for each of them."""
    draft = draft_of(count)
    arns = [f"arn:aws:s3:::{name}/*" for name in draft.bucket_names]
    return with_permissions([deny("s3:PutObject", arn) for arn in arns], draft=draft)


def organization(count: int) -> Account:
    """Return an account of many buckets of which the organisation denies each."""
    draft = draft_of(count)
    rows = tuple(
        OrganizationDeny(action, f"arn:aws:s3:::{name}/*", "service control policy")
        for name in draft.bucket_names
        for action in ("s3:GetObject", "s3:PutObject")
    )
    return draft, replace(whole(draft), organization_denies=rows)


def half_granted(count: int) -> Account:
    """Return an account that grants every second bucket of many."""
    draft = draft_of(count)
    fewer = replace(draft, buckets=draft.buckets[::2])
    role = whole(fewer).role
    return draft, replace(whole(draft), role=role)


def misnamed(count: int) -> Account:
    """Return an account whose policy has each name of many mistyped."""
    draft = draft_of(count)
    names = [name.replace("imports", "imprts") for name in draft.bucket_names]
    wrong = replace(draft, buckets=tuple(BucketEntry(name, REGION) for name in names))
    return draft, replace(whole(draft), role=whole(wrong).role)


def with_trust(statements: list[Statement]) -> Account:
    """Return a good account whose role's trust has further ``statements``."""
    snapshot = whole(PLAIN)
    trust: Any = snapshot.role.trust_policy
    longer = document([*trust["Statement"], *statements])
    return PLAIN, replace(snapshot, role=replace(snapshot.role, trust_policy=longer))


def trusted_strangers(count: int) -> Account:
    """Return a role that many others may assume, each by a statement."""
    return with_trust(
        [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{n:012}:root"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"sts:ExternalId": f"id-{n}"}},
            }
            for n in range(count)
        ]
    )


def nearly_ubiquity(count: int) -> Account:
    """Return a role that UbiQuity may assume by many statements, each with a wrong External ID."""
    return with_trust(
        [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{UBIQUITY_ACCOUNT}:root"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"sts:ExternalId": f"{DATABASE_ID[:-3]}{n:03}"}},
            }
            for n in range(count)
        ]
    )


def with_bucket_policy(statements: list[Statement]) -> Account:
    """Return a good account whose bucket has a policy of ``statements``."""
    snapshot = whole(PLAIN)
    bucket = replace(snapshot.buckets[0], policy=document(statements))
    return PLAIN, replace(snapshot, buckets=(bucket,))


def arns(count: int) -> list[str]:
    """Return the ARNs of many roles."""
    return [f"arn:aws:iam::{n:012}:role/reader" for n in range(count)]


def principals(count: int) -> Account:
    """Return a bucket whose policy names many strangers in one statement."""
    principal = {"AWS": arns(count)}
    return with_bucket_policy(
        [{**allow("s3:GetObject", f"arn:aws:s3:::{BUCKET}/*"), "Principal": principal}]
    )


def not_principals(count: int) -> Account:
    """Return a bucket whose policy denies all but many in one statement."""
    statement = deny("s3:*", f"arn:aws:s3:::{BUCKET}/*")
    return with_bucket_policy([{**statement, "NotPrincipal": {"AWS": arns(count)}}])


def key_policy(count: int) -> Account:
    """Return a key whose policy lets many strangers decrypt, each by a statement."""
    statements = [{**allow("kms:Decrypt", "*"), "Principal": {"AWS": arn}} for arn in arns(count)]
    own: Any = KEY_POLICY["Statement"]
    return with_key(kms_key(document([*own, *statements])))


def with_key(key: KmsKey) -> Account:
    """Return a good account whose bucket is encrypted with ``key``."""
    snapshot = whole(ENCRYPTED)
    bucket = replace(snapshot.buckets[0], kms_key=key)
    return ENCRYPTED, replace(snapshot, buckets=(bucket,))


def key_grants(count: int) -> Account:
    """Return a key with many grants."""
    grants = tuple(KmsGrant(arn, ("Decrypt",), f"{n:064}") for n, arn in enumerate(arns(count)))
    return with_key(replace(kms_key(), grants=grants))


def not_resources(count: int) -> Account:
    """Return a role that may do all to all but one bucket, many times over."""
    return with_permissions(
        [
            {"Effect": "Allow", "Action": "s3:*", "NotResource": f"arn:aws:s3:::b{n}/*"}
            for n in range(count)
        ]
    )


def not_actions(count: int) -> Account:
    """Return a role that is denied all but a few actions, many times over."""
    return with_permissions(
        [
            {"Effect": "Deny", "NotAction": ["s3:*", f"a{n}:*"], "Resource": "*"}
            for n in range(count)
        ]
    )


def resources_of_one(count: int) -> Account:
    """Return a role with many resources in one statement, all with wildcards at their start."""
    return with_permissions([allow("s3:*", [f"*b{n}/*" for n in range(count)])])


def actions_of_one(count: int) -> Account:
    """Return a role with many actions in one statement."""
    return with_permissions([allow([f"s3:Get{n}*" for n in range(count)], "*")])


def condition_values(count: int) -> Account:
    """Return a role whose grant is limited to many folders by one condition."""
    folders = [f"folder-{n}/*" for n in range(count)]
    return with_permissions(
        [allow("s3:ListBucket", "*", Condition={"StringLike": {"s3:prefix": folders}})]
    )


def conditions(count: int) -> Account:
    """Return a role with one grant under many conditions that nobody can decide."""
    tests = {f"aws:RequestTag/t{n}": f"x{n}" for n in range(count)}
    return with_permissions([allow("s3:*", "*", Condition={"StringEquals": tests})])


def denied_unless(count: int) -> Account:
    """Return a role that is denied everything under many conditions, each by a statement."""
    return with_permissions(
        [
            deny("s3:*", "*", Condition={"StringNotEquals": {f"aws:PrincipalTag/t{n}": f"x{n}"}})
            for n in range(count)
        ]
    )


def denied_addresses(count: int) -> Account:
    """Return a role that is denied many ranges of addresses, each by a statement."""
    return with_permissions(
        [
            deny(
                "s3:*",
                "*",
                Condition={"IpAddress": {"aws:SourceIp": f"10.{n // 9}.{n % 9}.0/24"}},
            )
            for n in range(count)
        ]
    )


def wild_near_names(count: int) -> Account:
    """Return an account that grants many buckets by patterns that nearly fit each of many."""
    draft = draft_of(count)
    return with_permissions(
        [allow("s3:GetObject", f"arn:aws:s3:::*{name[4:]}x/*") for name in draft.bucket_names],
        draft=draft,
    )


def connectors(count: int) -> Account:
    """Return forty buckets with many connectors in all, each with a folder of its own."""
    entries = (
        BucketEntry(f"acme-imports-{n % 40:03}", REGION, f"folder-{n:04}/", restrict_to_prefix=True)
        for n in range(count)
    )
    draft = Draft(ACCOUNT, DATABASE_ID, tuple(entries))
    return draft, whole(draft)


def connectors_ungranted(count: int) -> Account:
    """Return forty buckets with many connectors, whose folders are named wrongly in the policy."""
    draft, snapshot = connectors(count)
    others = replace(draft, buckets=tuple(replace(e, prefix=f"x{e.prefix}") for e in draft.buckets))
    return draft, replace(snapshot, role=whole(others).role)


def hundred_by_hundred(count: int) -> Account:
    """Return a hundred buckets, each with a policy of a hundredth of the statements."""
    draft = draft_of(1000)
    snapshot = whole(draft)
    statements = [
        {**deny("s3:*", "*"), "Principal": {"AWS": arn}} for arn in arns(max(count // 10, 1))
    ]
    buckets = tuple(replace(bucket, policy=document(statements)) for bucket in snapshot.buckets)
    return draft, replace(snapshot, buckets=buckets)


def ten_full_policies() -> Account:
    """Return a role with as many statements as ten managed policies have room for."""
    return with_permissions(
        [allow("s3:Get*", f"arn:aws:s3:::{n:03}/*") for n in range(860)], policies=10
    )


def all_wild() -> Account:
    """Return a role with ``*?`` 3,000 times in one resource."""
    return with_permissions([allow("s3:*", "arn:aws:s3:::" + "*?" * 3000)])


def wild_deny() -> Account:
    """Return a role that is denied ``*?`` 3,000 times in one resource."""
    return with_permissions([deny("s3:*", "arn:aws:s3:::" + "*?" * 3000 + "x")])


def trust_conditions() -> Account:
    """Return a role whose trust asks for a thousand things that nobody here knows."""
    tags = {f"aws:PrincipalTag/t{n}": "x" for n in range(1000)}
    snapshot = whole(PLAIN)
    trust: Any = snapshot.role.trust_policy
    statement = trust["Statement"][0]
    condition = {**statement["Condition"], "StringLike": tags}
    longer = document([{**statement, "Condition": condition}])
    return PLAIN, replace(snapshot, role=replace(snapshot.role, trust_policy=longer))


def trust_statements() -> Account:
    """Return a role whose trust has a thousand statements under what nobody here knows."""
    snapshot = whole(PLAIN)
    trust: Any = snapshot.role.trust_policy
    statement = trust["Statement"][0]
    longer = document(
        [
            {**statement, "Condition": {"StringEquals": {f"aws:PrincipalTag/t{n}": "x"}}}
            for n in range(1000)
        ]
    )
    return PLAIN, replace(snapshot, role=replace(snapshot.role, trust_policy=longer))


GROWING: Final[Mapping[str, Callable[[int], Account]]] = {
    "other buckets granted": other_buckets,
    "other buckets denied": denied_buckets,
    "grants that nobody can decide": unknown_conditions,
    "actions on everything": on_everything,
    "a bucket policy": bucket_policy,
    "a Deny for each bucket": deny_each,
    "the organisation denies each": organization,
    "half of the buckets granted": half_granted,
    "every name mistyped": misnamed,
    "strangers trusted": trusted_strangers,
    "External IDs nearly right": nearly_ubiquity,
    "principals of one statement": principals,
    "all but many principals denied": not_principals,
    "a key policy": key_policy,
    "grants of a key": key_grants,
    "NotResource": not_resources,
    "NotAction": not_actions,
    "resources of one statement": resources_of_one,
    "actions of one statement": actions_of_one,
    "values of one condition": condition_values,
    "conditions of one statement": conditions,
    "denied under conditions": denied_unless,
    "denied by address": denied_addresses,
    "nearly named by patterns": wild_near_names,
    "connectors of forty buckets": connectors,
    "folders of forty wrongly named": connectors_ungranted,
    "policies of a hundred buckets": hundred_by_hundred,
}
SLOW: Final[Mapping[str, Callable[[], Account]]] = {
    "ten full policies": ten_full_policies,
    "*? 3,000 times": all_wild,
    "*? 3,000 times, denied": wild_deny,
    "1,000 unknown trust conditions": trust_conditions,
    "1,000 unknown trust statements": trust_statements,
}


if __name__ == "__main__":
    sys.exit(main())
