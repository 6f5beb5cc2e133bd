"""Sets up UbiQuity's access to S3 in this AWS account; with --check it only looks.

Made by ubiquity-s3-setup. It asks before it changes anything, and can be run again.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import time
import zlib
from typing import Any

# The account, its buckets, and the calls that set up an account where nothing is there yet.
WISH: Any = json.loads(r"""{}""")
# What is read of AWS: the facts of a snapshot, and the call that tells each of them.
HEAD = "s3api head-bucket"
OF_BUCKET = " --region %(region)s --bucket %(name)s --expected-bucket-owner %(account)s --query "
OF_ROLE = " --role-name %(role)s --query "
DOCUMENT = (
    "iam get-policy-version --policy-arn %(arn)s --version-id %(version)s --query *.Document|[0]"
)
READS = {
    "caller": "sts get-caller-identity --query {arn:Arn,account:Account}",
    "role": "iam get-role" + OF_ROLE + "Role.{state:'found',arn:Arn,name:RoleName,"
    "trust_policy:AssumeRolePolicyDocument,"
    "permissions_boundary:PermissionsBoundary.{arn:PermissionsBoundaryArn}}",
    "role.attached_policies": "iam list-attached-role-policies"
    + OF_ROLE
    + "*[].{name:PolicyName,arn:PolicyArn}",
    "role.attached_policies.version": "iam get-policy --policy-arn %(arn)s"
    " --query Policy.DefaultVersionId",
    "role.attached_policies.document": DOCUMENT,
    "role.inline_policies": "iam list-role-policies" + OF_ROLE + "PolicyNames[].{name:@}",
    "role.inline_policies.document": "iam get-role-policy --policy-name %(name)s"
    + OF_ROLE
    + "PolicyDocument",
    "customer_policy": "iam get-policy --policy-arn %(policy)s"
    " --query Policy.{state:'found',arn:Arn,version:DefaultVersionId}",
    "customer_policy.document": DOCUMENT,
    "buckets": "",
    "buckets.state": HEAD + OF_BUCKET + "'found'",
    "buckets.owner_account": HEAD + OF_BUCKET + "'%(account)s'",
    "buckets.region": "s3api get-bucket-location"
    + OF_BUCKET
    + "LocationConstraint=='EU'&&'eu-west-1'||LocationConstraint||'us-east-1'",
    "buckets.policy": "s3api get-bucket-policy" + OF_BUCKET + "Policy",
    "buckets.object_ownership": "s3api get-bucket-ownership-controls"
    + OF_BUCKET
    + "*.Rules[].ObjectOwnership|[0]",
    "buckets.encryption": "s3api get-bucket-encryption"
    + OF_BUCKET
    + "*.Rules[].{algorithm:*.SSEAlgorithm|[0],kms_key_id:*.KMSMasterKeyID|[0],"
    "bucket_key:BucketKeyEnabled}|[0]",
    "buckets.kms_key": "kms describe-key --region %(region)s --key-id %(kms_key_id)s"
    " --query *.{arn:Arn,account:AWSAccountId,manager:KeyManager,state:KeyState}|[0]",
    "buckets.kms_key.policy": "kms get-key-policy --region %(region)s --key-id %(arn)s"
    " --policy-name default --query Policy",
}
FINDINGS = {
    "Denied": "signin.not-allowed",
    "Expired": "signin.expired",
    "Exists": "change.conflict",
    "Limit": "change.limit",
    "Throttl": "env.throttled",
}


def aws(*words: Any) -> Any:
    """Make a call of the AWS CLI, and return its answer."""
    words = *(word if isinstance(word, str) else json.dumps(word) for word in words), "--output"
    run = subprocess.run(
        ["aws", *words, "json", "--no-cli-auto-prompt"], capture_output=True, text=True
    )
    if run.returncode:
        raise RuntimeError(ascii(run.stderr.strip()))  # no control characters
    return json.loads(run.stdout or "{}")


def look() -> Any:
    """Return what AWS has, as a snapshot."""
    seen: Any = {
        "format": "ubiquity-s3-setup/snapshot",
        "version": 1,
        "captured_at": time.strftime("%FT%TZ", time.gmtime()),
        "role": {"state": "unreadable"},
        "customer_policy": {"state": "unreadable"},
        "buckets": [],
        "unreadable": [],
    }
    there: Any = {"": [("", seen, dict(WISH))]}  # what was found, by its name in READS
    for what, call in READS.items():
        kind, _, name = what.rpartition(".")
        there[what] = []
        for at, thing, known in there[kind]:
            at += name
            try:
                words = (call % known).split()
                answer: Any = None
                if not words:
                    answer = [dict(each) for each in WISH["buckets"]]
                elif "None" not in words:
                    answer = aws(*words)
                    if name == "policy":
                        answer = json.loads(answer)
            except (KeyError, RuntimeError) as error:
                state, code = "missing", re.findall(r"\((\w+)\)|$", str(error))[0]
                if not re.search("NoSuch|NotFound|404", code):
                    state = "unreadable"
                    seen[state].append({"what": at, "code": code, "message": str(error)})
                whole = {"state": state} if "{state" in call else None
                thing[name] = state if name == "state" else whole
                continue
            thing[name] = answer
            known.update(answer if isinstance(answer, dict) else {name: answer})
            if isinstance(answer, dict):
                there[what].append((at + ".", answer, known))
            elif isinstance(answer, list):
                for n, each in enumerate(answer):
                    there[what].append((f"{at}[{n}].", each, {**known, **each}))
        if seen["caller"] and seen["caller"]["account"] != WISH["account"]:
            break
    return seen


def changes(seen: Any) -> Any:
    """Return the calls that are still to be made; an odd start is for ubiquity-s3-setup itself."""
    for each in seen["unreadable"]:
        if re.match("[^b]|.*kms|.*enc", each["what"]):
            raise RuntimeError(each["message"])
    if not seen["buckets"]:
        raise RuntimeError(f"signin.wrong-account: the draft is for {WISH['account']}.")
    role, policy, todo = seen["role"], seen["customer_policy"], []
    attached = [each["arn"] for each in role.get("attached_policies", [])]
    there = [policy.get("document"), role.get("trust_policy"), *attached]
    odd = role.get("arn", WISH["arn"]) != WISH["arn"] or role.get("permissions_boundary")
    found = {"create-policy": policy, "create-role": role}
    for *words, wanted in WISH["calls"]:
        after = wanted
        if words[0] == "kms":
            keys = [each["kms_key"] or {} for each in seen["buckets"]]
            key: Any = next((each for each in keys if each.get("arn") in words), {"policy": {}})
            there = key["policy"].get("Statement", ())
            after = {**key["policy"], "Statement": [*there, wanted]}
            clash = re.search(r'-s3-access-role|"AWS": .{,2}(\*|A.{3}[^:]{16}")', json.dumps(there))
            odd = odd or key.get("state") != "Enabled" or (clash and wanted not in there)
        if wanted not in there:
            odd = odd or found.get(words[1], {}).get("state") == "found"
            todo.append([*words, after])
    if odd or (todo and (role.get("inline_policies") or {*attached} - {WISH["policy"]})):
        raise RuntimeError("change.conflict: something is there in another form. Use the program.")
    return todo


def main() -> None:
    seen = look()
    print("Signed in as", seen["caller"])
    try:
        todo = changes(seen)
        for words in todo or [["", "nothing"]]:
            print("-", words[1].replace("-", " "), *words[3:7:2])
        if todo and "--check" not in sys.argv and input("Go on? [y/N] ") == "y":
            for words in todo:
                if words not in changes(look()):
                    raise RuntimeError("change.conflict: It was changed meanwhile.")
                aws(*words)
                print("Done:", words[1])
            seen = look()
    except RuntimeError as stop:
        why = str(stop)
        code = next((FINDINGS[each] for each in FINDINGS if each in why), "change.refused")
        print(f"Stopped ({code}): {why}")
    text = json.dumps(seen).encode()
    block = base64.encodebytes(hashlib.sha256(text).digest() + zlib.compress(text)).decode()
    block = f"-----BEGIN UBIQUITY S3 SNAPSHOT-----\n{block}-----END UBIQUITY S3 SNAPSHOT-----"
    with open("ubiquity-s3-snapshot.txt", "w") as file:
        print(block, file=file)
    print("Copy this back, or download ubiquity-s3-snapshot.txt:", block, sep="\n")


if __name__ == "__main__":
    main()
