"""Created by ubiquity-s3-setup: lets UbiQuity's S3 connector use the buckets named in WISH."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import time
import zlib

WISH = json.loads(r"""{}""")
ROLE = " --role-name %(role_name)s --query "
BUCKET = " --region %(region)s --bucket %(name)s --expected-bucket-owner %(account)s --query "
KEY = " --region %(region)s --key-id %(kms_key_id)s --query "
DOCUMENT = "iam get-policy-version --policy-arn %(arn)s --version-id %(version)s --query *.Document|[0]"
READS = {
    "caller": "sts get-caller-identity --query {arn:Arn,account:Account}",
    "role": "iam get-role" + ROLE + "Role.{state:'found',arn:Arn,trust_policy:AssumeRolePolicyDocument,"
    "permissions_boundary:PermissionsBoundary.{arn:PermissionsBoundaryArn}}",
    "role.attached_policies": "iam list-attached-role-policies" + ROLE + "*[].{name:PolicyName,arn:PolicyArn}",
    "role.attached_policies.version": "iam get-policy --policy-arn %(arn)s --query *.DefaultVersionId|[0]",
    "role.attached_policies.document": DOCUMENT,
    "role.inline_policies": "iam list-role-policies" + ROLE + "*[].{name:@}",
    "role.inline_policies.document": "iam get-role-policy --policy-name %(name)s" + ROLE + "PolicyDocument",
    "customer_policy": "iam get-policy --policy-arn %(policy)s"
    " --query Policy.{state:'found',arn:Arn,version:DefaultVersionId}",
    "customer_policy.document": DOCUMENT,
    "buckets": "",
    "buckets.state": "s3api head-bucket" + BUCKET + "'found'",
    "buckets.owner_account": "s3api head-bucket" + BUCKET + "'%(account)s'",
    "buckets.region": "s3api get-bucket-location" + BUCKET + "LocationConstraint||'us-east-1'",
    "buckets.policy": "s3api get-bucket-policy" + BUCKET + "Policy",
    "buckets.object_ownership": "s3api get-bucket-ownership-controls" + BUCKET + "*.Rules[].ObjectOwnership|[0]",
    "buckets.encryption": "s3api get-bucket-encryption" + BUCKET + "*.Rules[].{algorithm:*.SSEAlgorithm|[0],"
    "kms_key_id:*.KMSMasterKeyID|[0],bucket_key:BucketKeyEnabled}|[0]",
    "buckets.kms_key": "kms describe-key" + KEY + "*.{arn:Arn,account:AWSAccountId,manager:KeyManager,state:KeyState}|[0]",
    "buckets.kms_key.policy": "kms get-key-policy" + KEY + "Policy --policy-name default",
}
FINDINGS = {
    "SuchBucket": "bucket.missing",
    "Denied|Forbidden": "signin.not-allowed",
    "Expired": "signin.expired",
    "redentials": "signin.none",
    "Exists|differs": "change.conflict",
    "Limit": "change.limit",
    "Not account": "signin.wrong-account",
    "": "change.refused",
}
seen = {}


def aws(*words):
    words = [word if isinstance(word, str) else json.dumps(word) for word in words]
    run = subprocess.run(["aws", *words, "--output", "json"], capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(ascii(run.stderr)[3:-3])
    return json.loads(run.stdout or "{}")


def look():
    seen.update({
        "format": "ubiquity-s3-setup/snapshot",
        "version": 1,
        "captured_at": time.strftime("%FT%TZ", time.gmtime()),
        "role": {"state": "unreadable"},
        "customer_policy": {"state": "unreadable"},
        "buckets": [],
        "unreadable": [],
    })
    there = {"": [("", seen, dict(WISH))]}
    for what, call in READS.items():
        kind, _, name = what.rpartition(".")
        there[what] = []
        for at, thing, known in there[kind]:
            at += name
            thing[name] = answer = None
            try:
                words = (call % known).split()
                if not words:
                    answer = [dict(each) for each in WISH[what]]
                elif "None" not in words:
                    answer = aws(*words)
            except (KeyError, RuntimeError) as error:
                code = re.findall(r"\((\w+)|$", str(error))[0]
                state = "missing"
                if not re.search("NoSuch(E|BucketP)|NotFound|404", code):
                    state = "unreadable"
                    seen[state].append({"what": at, "code": code, "message": str(error)})
                if "found" in call:
                    thing[name] = state if name == "state" else {"state": state}
                continue
            if answer and name == "policy":
                answer = json.loads(answer)
            thing[name] = known[name] = answer
            if isinstance(answer, dict):
                known.update(answer)
                there[what].append((at + ".", answer, known))
            elif isinstance(answer, list):
                for n, each in enumerate(answer):
                    there[what].append((f"{at}[{n}].", each, {**known, **each}))
        if what == "caller":
            print("Signed in as", answer)
            if answer and not re.match("arn:aws:.+::" + WISH["account"], answer["arn"]):
                raise RuntimeError("Not account " + WISH["account"])
    for each in seen["unreadable"]:
        raise RuntimeError(each["message"])


def changes():
    role = json.dumps(seen["role"])
    todo = re.findall(r"role/\S+/", role)
    odd = todo or re.search('boundary": {|name": "(?!ubiquity-s3)', role)
    odd = odd or "access-role" in json.dumps([each["policy"] for each in seen["buckets"]])
    for what, *words, wanted in WISH["calls"]:
        there, after = seen.get(what), wanted
        for bucket in seen["buckets"]:
            if bucket["kms_key"] and bucket["kms_key"]["arn"] == what:
                there = bucket["kms_key"]["policy"]
                after = {**there, "Statement": [*there["Statement"], wanted]}
        text = words[1] + json.dumps(there)
        if json.dumps(wanted) not in text:
            todo.append([*words, after])
            odd = odd or re.search(r'create.*found|put.*(null|access-role|t": {|[lS]": \[?"\*|"A[RI])', text)
    if todo and odd:
        raise RuntimeError("What is there differs: use the program.")
    return todo


todo = 1
try:
    look()
    todo = changes()
    for words in todo or [["", "nothing", "", ""]]:
        print("To do:", words[1], words[3])
    if todo and "--check" not in sys.argv and input("Go on? [y/N] ").lower()[:1] == "y":
        try:
            for words in todo:
                if "kms" in words:
                    time.sleep(9)  # the role is new
                    text = aws("kms", "get-key-policy", *words[2:8], "--query", "Policy")
                    if json.loads(text)["Statement"] != words[-1]["Statement"][:-1]:
                        raise RuntimeError("What is there differs: use the program.")
                aws(*words)
                print("Done:", words[1])
        finally:
            look()
        todo = 0
except (EOFError, RuntimeError) as error:
    code = next(FINDINGS[each] for each in FINDINGS if re.search(each, str(error)))
    print(f"Stopped ({code}):", error)
text = json.dumps(seen).encode()
block = base64.encodebytes(hashlib.sha256(text).digest() + zlib.compress(text)).decode()
block = f"-----BEGIN UBIQUITY S3 SNAPSHOT-----\n{block}-----END UBIQUITY S3 SNAPSHOT-----"
open("ubiquity-s3-snapshot.txt", "w").write(block)
print(block, "Copy this or download ubiquity-s3-snapshot.txt.", sep="\n")
sys.exit(bool(todo))
