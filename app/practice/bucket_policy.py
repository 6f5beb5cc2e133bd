"""A bucket's policy, which the gate keeps itself: moto would read any Deny as meant for everybody.

Source: Amazon S3 API Reference, "PutBucketPolicy", "GetBucketPolicy", "GetBucketPolicyStatus".
"""

from moto.s3.models import FakeBucket

from app.practice import documents
from app.practice.exchange import HttpAnswer
from app.practice.refusal import refuse
from app.practice.s3_calls import S3Call
from app.practice.visit import SignedCall


def serve(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> HttpAnswer:
    """Read, write or delete the policy of ``bucket``; the caller's right to it is settled.

    Raises ``RefusedError`` where there is none, or where AWS would not take the document.
    """
    policies = signed.ledger.bucket_policies
    if call.method == "PUT":
        document = call.http.body.decode(errors="replace")
        documents.check_bucket(document, str(bucket.name))
        policies[call.bucket] = document
        return HttpAnswer(204)
    if call.method == "DELETE":
        policies.pop(call.bucket, None)
        return HttpAnswer(204)
    document = policies.get(call.bucket, "")
    if not document:
        sentence = "The bucket policy does not exist"
        raise refuse("NoSuchBucketPolicy", sentence, 404, BucketName=call.bucket)
    return HttpAnswer(200, (("Content-Type", "application/json"),)).with_body(document.encode())
