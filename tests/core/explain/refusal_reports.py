"""Refusals as people reported them in public, each with what it leads to.

Where each was found stands beside it (a repository's issue, a page, or the case kept with the
work). Accounts, names, keys and request ids are replaced; the form is kept. Half of them are
another product's, another call's, or say themselves why, and lead to nothing.
"""

from typing import Final, NamedTuple

from tests.core.explain.denial_samples import ASSUME, FILES_NOT_GRANTED, OPERATIONS


class Report(NamedTuple):
    """A text, where it was found, and the codes that it leads to, the best match first."""

    source: str
    text: str
    causes: tuple[str, ...] = ()


ROLE: Final = (
    "arn:aws:sts::123456789012:assumed-role/ubiquity-connectors-s3-access-role/ubiquity-17"
)
_IDS: Final = (
    "Request ID: 1AC7FB214CD42697; S3 Extended Request ID: SXy5z7M9fETAsSSc6GaZsABusvghoixl4Dk8="
)
_READ: Final = (
    "policy.not-attached",
    "policy.action-missing",
    "bucket.explicit-deny",
    "kms.decrypt-denied",
)
_WRITE: Final = (
    "policy.not-attached",
    "policy.action-missing",
    "bucket.explicit-deny",
    "kms.write-denied",
)
_LIST: Final = (
    "policy.not-attached",
    "policy.action-missing",
    "policy.prefix-mismatch",
    "bucket.explicit-deny",
    "bucket.other-account",
)
_DELETE: Final = ("policy.not-attached", "policy.action-missing", "bucket.explicit-deny")

OF_S3: Final = (
    Report(
        "cases/texts/airbyte-service-s3",
        "Configuration check failed\nCould not connect to the S3 bucket with the provided "
        "configuration. Access Denied (Service: Amazon S3; Status Code: 403; Error Code: "
        "AccessDenied; Request ID: XXXXXX; S3 Extended Request ID: XXXX; Proxy: null)",
        OPERATIONS,
    ),
    Report(
        "Blasanka/aws_s3_plugin#11",
        "E/Transfer(32647): onError: com.amazonaws.services.s3.model.AmazonS3Exception: Access "
        f"Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; {_IDS})",
        OPERATIONS,
    ),
    Report(
        "aws/aws-toolkit-jetbrains#3129",
        "software.amazon.awssdk.services.s3.model.S3Exception: Access Denied (Service: S3, Status "
        "Code: 403, Request ID: G7WJJ5HW0BBZB1WR, Extended Request ID: ZsA5Pqk/2wCqJz/pLC=)\n"
        "\tat software.amazon.awssdk.protocols.xml.internal.unmarshall"
        ".AwsXmlPredicatedResponseHandler.handleErrorResponse(AwsXmlPredicatedResponseHandler"
        ".java:156)",
        OPERATIONS,
    ),
    Report(
        "yegor256/s3auth#209",
        "failed to fetch /imports/a.csv: [\"'a.csv': Status Code: 403, AWS Service: Amazon S3, AWS "
        "Request ID: 3ACA31E72F490BD2, AWS Error Code: AccessDenied, AWS Error Message: Access "
        'Denied"]',
        OPERATIONS,
    ),
    Report(
        "bzhanglab/PepQuery#84 (a word broken by the line)",
        "com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden (Service: Amazon S3; Status "
        "Code: 403; Erro\nr Code: 403 Forbidden; Request ID: 8SV7S6VZTXYQZQMW; S3 Extended "
        "Request ID: jBOlcq5nC2yamRg; Proxy: null)",
        OPERATIONS,
    ),
    Report(
        "sparklyr/sparklyr#3254 (Databricks)",
        "Error : java.nio.file.AccessDeniedException: s3a://acme-imports/imports/a.csv: "
        "getFileStatus on s3a://acme-imports/imports/a.csv: "
        "com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden; request: HEAD "
        "https://acme-imports.s3.us-east-2.amazonaws.com imports/a.csv {} Hadoop 2.7.4, "
        "aws-sdk-java/1.11.655; Request ID: 4KZAZ961HQGG0RSG, Cloud Provider: AWS, Instance ID: "
        "i-0b21b7dc916ba6a31 (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden; "
        "Request ID: 4KZAZ961HQGG0RSG)",
        _READ,
    ),
    Report(
        "apache/gravitino#6031 (Hadoop S3A)",
        'Exception in thread "main" java.nio.file.AccessDeniedException: '
        "s3a://acme-imports/x.txt: getFileStatus on s3a://acme-imports/x.txt: "
        "com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden (Service: Amazon S3; Status "
        "Code: 403; Error Code: 403 Forbidden; Request ID: W9VA1Z6XN1EE1X8Y; Proxy: "
        "127.0.0.1):403 Forbidden",
        _READ,
    ),
    Report(
        "aws-samples/aws-rds-snapshot-management#6 (Step Functions)",
        '{"error": "ClientError", "cause": {"errorMessage": "An error occurred (AccessDenied) when '
        'calling the GetObject operation: Access Denied", "errorType": "ClientError"}}',
        _READ,
    ),
    Report(
        "cloudyr/aws.s3#314 (R)",
        '[1] "<?xml version=\\"1.0\\" encoding=\\"UTF-8\\"?>\\n<Error><Code>AccessDenied</Code>'
        "<Message>Access Denied</Message><RequestId>24D20E9A24DCBE40</RequestId><HostId>kfBxHvL506"
        'mmIkc3M65otN1CoZoWlYk5fiafvthOw/w0M323Fyh/odHbaczBjDPCGGwfOJ5qj6E=</HostId></Error>"',
        OPERATIONS,
    ),
    Report(
        "UniSharp/laravel-fileapi#6 (PHP)",
        'Error executing "PutObject" on "https://acme-imports.s3.us-west-2.amazonaws.com/a.jpg"; '
        "AWS HTTP error: Client error: `PUT https://acme-imports.s3.us-west-2.amazonaws.com/a.jpg` "
        'resulted in a `403 Forbidden` response:↵<?xml version="1.0" encoding="UTF-8"?>↵<Error>'
        "<Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>FD6981 (truncated"
        "...)↵ AccessDenied (client): Access Denied",
        _WRITE,
    ),
    Report(
        "aws/aws-sdk-php#764",
        'Aws\\S3\\Exception\\S3Exception: Error executing "PutObject" on '
        '"https://s3-eu-west-1.amazonaws.com/acme-imports/a.txt"; AWS HTTP error: Client error: '
        "403 AccessDenied (client): Access Denied",
        _WRITE,
    ),
    Report(
        "carrierwaveuploader/carrierwave#2522 (Ruby)",
        "Aws::S3::Errors::AccessDenied: Access Denied",
        OPERATIONS,
    ),
    Report(
        "cloudfoundry-attic/cf-docs#67 (Ruby, old)",
        "/gems/aws-sdk-1.8.5/lib/aws/core/client.rb:339:in `return_or_raise': Access Denied "
        "(AWS::S3::Errors::AccessDenied)\n    from (eval):3:in `get_object'",
        OPERATIONS,
    ),
    Report(
        "aws/aws-sdk-net#3271",
        "Amazon.S3.AmazonS3Exception: Error making request with Error Code Forbidden and Http "
        "Status Code Forbidden. No further error information was returned by the service.",
        OPERATIONS,
    ),
    Report(
        "aws/aws-sdk-js-v3#3603, the file's name changed (JavaScript 3)",
        "AccessDenied: Access Denied\n    at deserializeAws_restXmlListObjectsV2CommandError "
        "(/app/node_modules/@aws-sdk/client-s3/dist-cjs/protocols/Aws_restXml.js:5621:24)\n    at "
        "processTicksAndRejections (internal/process/task_queues.js:95:5)",
        _LIST,
    ),
    Report(
        "outline/outline#1495 (JavaScript 2)",
        'AccessDenied: Access Denied\n  File "/opt/outline/node_modules/aws-sdk/lib/services/s3.js"'
        ", line 835, col 35, in Request.extractError\n    resp.error = AWS.util.error(new Error(), "
        "{",
        OPERATIONS,
    ),
    Report(
        "aws/aws-sdk-js#291 (JavaScript 2, no body)",
        "Forbidden: null\n    at Request.extractError "
        "(/home/jo/app/node_modules/aws-sdk/lib/services/s3.js:251:35)\n status code 403",
        OPERATIONS,
    ),
    Report(
        "ray-project/ray#50820 (Arrow)",
        "When listing objects under key 'imports/' in bucket 'acme-imports': AWS Error "
        "ACCESS_DENIED during ListObjectsV2 operation: Access Denied",
        _LIST,
    ),
    Report(
        "s3tools/s3cmd#762",
        "ERROR: Access to bucket 'acme-imports' was denied\n"
        "ERROR: S3 error: 403 (AccessDenied): Access Denied",
        OPERATIONS,
    ),
    Report(
        "aws/aws-cli#813 (the CLI before 2015)",
        "upload failed: ./a to s3://acme-imports/a A client error (AccessDenied) occurred when "
        "calling the PutObject operation: Access Denied",
        _WRITE,
    ),
    Report(
        "conda-incubator/condastats#10 (s3fs)",
        "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the "
        "GetObject operation: Access Denied\n\nThe above exception was the direct cause of the "
        "following exception:\nPermissionError: Access Denied",
        _READ,
    ),
    Report(
        "exercism/website#961 (Bugsnag)",
        "**Aws::S3::Errors::AccessDenied** in **ActiveStorage::PurgeJob@active_storage_purge**\n"
        "Access Denied\n    gems/aws-sdk-core-3.114.0/lib/seahorse/client/plugins/"
        "raise_response_errors.rb:17 - call",
        OPERATIONS,
    ),
    Report(
        "Amazon Redshift, COPY",
        "ERROR: S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid "
        "9C3BF56A21DE5CEA,ExtRid 4FfbuCIoZPXAV+9rb8,CanRetry 1",
        OPERATIONS,
    ),
    Report(
        "Snowflake, COPY INTO (Snowflake community)",
        "Failure using stage area. Cause: [Access Denied (Status Code: 403; Error Code: "
        "AccessDenied)] for the stage s3://acme-imports/imports/",
        OPERATIONS,
    ),
    Report(
        "rclone forum (Go 1)",
        "Failed to copy: AccessDenied: Access Denied\n\tstatus code: 403, request id: "
        "RNAXR2PJ6P1VC3GW, host id: 3q0x8kzq9kqfJ0kX3u9vW8r4bXW3Yy5m0y7w5pQ8v6d1bYt7hWc=",
        OPERATIONS,
    ),
    Report(
        "hashicorp/terraform-provider-aws, reading an object (Go 2)",
        "Error: reading S3 Object (imports/a.csv): operation error S3: HeadObject, https response "
        "error StatusCode: 403, RequestID: RNAXR2PJ6P1VC3GW, HostID: 3q0x8kzq9kqfJ0kX3u9vW8r4bXW=, "
        "api error Forbidden: Forbidden",
        _READ,
    ),
    Report(
        "awslabs/aws-sdk-rust, an unhandled answer",
        "ServiceError(ServiceError { source: Unhandled(Unhandled { source: ErrorMetadata { code: "
        'Some("AccessDenied"), message: Some("Access Denied"), extras: '
        'Some({"s3_extended_request_id": "3q0x8kzq9kqfJ0kX3u9vW8r4bXW", "aws_request_id": '
        '"RNAXR2PJ6P1VC3GW"}) }, meta: ErrorMetadata }), raw: Response { status: StatusCode(403) '
        "} })",
        OPERATIONS,
    ),
    Report(
        "aws/aws-sdk-ruby#3222 (the wire)",
        '-> "HTTP/1.1 403 Forbidden\\r\\n"\n-> "x-amz-request-id: 7BMJM8PWV1J1FNEH\\r\\n"\n-> '
        '"x-amz-id-2: TW2qeJptLnLL7+0pKGRgdR+t5T/GKN362KnA1JuYa83s+Y0YsVE=\\r\\n"\n-> "Server: '
        'AmazonS3\\r\\n"',
        OPERATIONS,
    ),
    Report(
        "aws/aws-cli#2557",
        "An error occurred (AccessDenied) when calling the ListObjects operation: Access Denied",
        _LIST,
    ),
    Report(
        "an access log of CloudTrail, made like DataBiosphere/azul#6142",
        '{"eventSource": "s3.amazonaws.com", "eventName": "DeleteObject", "errorCode": '
        '"AccessDenied", "errorMessage": "Access Denied", "userIdentity": {"type": "AssumedRole", '
        f'"arn": "{ROLE}"}}, "requestParameters": {{"bucketName": "acme-imports"}}}}',
        _DELETE,
    ),
)
"""S3 refused, and said no more: permissions or the bucket, never AssumeRole."""

SAYS_BY_WHAT: Final = (
    Report(
        "cases/texts/terraform-box-wrapped, unwrapped",
        "Error: reading S3 Object: operation error S3: GetObject, https response error StatusCode: "
        f"403, api error AccessDenied: User: {ROLE} is not authorized to perform: s3:GetObject on "
        'resource: "arn:aws:s3:::acme-imports/imports/a.csv" with an explicit deny in a '
        "resource-based policy",
        ("bucket.explicit-deny",),
    ),
    Report(
        "Privado-Inc/privado#573, the role put in",
        "requests.RequestFailedException: Request to https://acme-imports.s3.amazonaws.com/ failed "
        f"with status code 403\n<Error>\n  <Code>AccessDenied</Code>\n  <Message>\n  User: {ROLE} "
        "is not authorized to perform: s3:PutObject on resource:\n    "
        '"arn:aws:s3:::acme-imports/prod/b.json"\n    with an explicit deny in an identity-based '
        "policy\n  </Message>\n  <RequestId>031AK89J6AXZ7T60</RequestId>\n  <HostId>\n    "
        "/XpRs0ymbY3awu7QmOjxnxEflZ4tWK/yYj4iHfp3wnf8Y+gQSMahSAIBZd5PhxMm=\n  </HostId>\n</Error>",
        ("policy.explicit-deny",),
    ),
    Report(
        "Azure/kusto-copy and others, in AWS's words",
        f"AccessDenied: User: {ROLE} is not authorized to perform: s3:GetObject on resource: "
        '"arn:aws:s3:::acme-imports/imports/a.csv" because no identity-based policy allows the '
        "s3:GetObject action (Service: S3, Status Code: 403, Request ID: RNAXR2PJ6P1VC3GW)",
        FILES_NOT_GRANTED,
    ),
    Report(
        "cases/texts/kms-pending-import",
        "An error occurred (KMS.KMSInvalidStateException) when calling the GetObject operation: "
        "arn:aws:kms:ap-southeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab is "
        "pending import.",
        ("kms.key-disabled",),
    ),
    Report(
        "amzn/selling-partner-api-models#2523 (PHP)",
        'Error executing "AssumeRole" on "https://sts.eu-west-1.amazonaws.com"; AWS HTTP error: '
        "Client error: `POST https://sts.eu-west-1.amazonaws.com` resulted in a `403 Forbidden` "
        "response: Sender AccessDeni (truncated...) AccessDenied (client): User: "
        "arn:aws:iam::049579744830:user/worker is not authorized to perform: sts:AssumeRole on "
        "resource: arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role",
        ASSUME,
    ),
    Report(
        "Snowflake (dk521123.hatenablog.com), the maker's name left out",
        "SQL execution error: Error assuming AWS_ROLE. Please verify the role and externalId are "
        "configured correctly in your AWS policy. Access Denied",
        ASSUME,
    ),
    Report(
        "fsspec/s3fs and others, AssumeRole in Java 2",
        "software.amazon.awssdk.services.sts.model.StsException: Access denied (Service: Sts, "
        "Status Code: 403, Request ID: d8ee3773-3046-41d0-9b95-373ec1ae7b07)",
        ASSUME,
    ),
)
"""Texts that tell by what, or by which service, they were refused."""

SOMEBODY_ELSE: Final = (
    Report(
        "kubeflow/testing#961",
        "An error occurred (AccessDenied) when calling the AssumeRole operation: Roles may not be "
        "assumed by root accounts.",
    ),
    Report(
        "cases/texts/root-cannot-assume",
        "operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: "
        "686ad334, api error AccessDenied: Roles may not be assumed by root accounts.",
    ),
    Report(
        "IAM User Guide, root and AssumeRole",
        "User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRole on "
        "resource: arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role",
    ),
    Report(
        "DataBiosphere/azul#6142 (CloudTrail)",
        '[{"@message": {"userIdentity": {"type": "AWSAccount", "principalId": "", "accountId": '
        '"anonymous"}, "eventSource": "s3.amazonaws.com", "eventName": "ListObjects", "errorCode": '
        '"AccessDenied", "errorMessage": "Access Denied", "requestParameters": {"bucketName": '
        '"acme-imports"}}}]',
        ("signin.none",),
    ),
    Report(
        "elastic/elasticsearch, a test of S3's words, for GetObject",
        "User: anonymous is not authorized to perform: s3:GetObject on resource: "
        '"arn:aws:s3:::acme-imports/a.csv" because no resource-based policy allows the '
        "s3:GetObject action",
        ("signin.none",),
    ),
    Report(
        "anomalyco/ion#953, a file put",
        "operation error S3: PutObject, https response error StatusCode: 403, RequestID: ***, "
        "HostID: ***, api error AccessDenied: User: arn:aws:iam::123456789012:user/sst-user is not "
        'authorized to perform: s3:PutObject on resource: "arn:aws:s3:::acme-imports/a" because no '
        "identity-based policy allows the s3:PutObject action",
        ("signin.not-allowed",),
    ),
    Report(
        "a person's CloudTrail: another role, by the name of ours and more",
        '{"eventSource": "s3.amazonaws.com", "eventName": "GetBucketPolicy", "errorCode": '
        '"AccessDenied", "errorMessage": "Access Denied", "userIdentity": {"arn": '
        '"arn:aws:sts::123456789012:assumed-role/ubiquity-connectors-s3-access-role-old/jo"}}',
        ("signin.not-allowed",),
    ),
)
"""Refusals of somebody else than the connector: nothing is said of the guide's role."""

NOT_NEEDED: Final = (
    Report(
        "cases/texts/role-get-bucket-location",
        f"User: {ROLE} is not authorized to perform: s3:GetBucketLocation on resource: "
        '"arn:aws:s3:::acme-imports" because no identity-based policy allows the '
        "s3:GetBucketLocation action",
    ),
    Report(
        "swisstopo/swissgeol-boreholes-dataextraction#294, the role put in",
        f"User: {ROLE} is not authorized to perform: s3:ListAllMyBuckets because no identity-based "
        "policy allows the s3:ListAllMyBuckets action",
    ),
    Report(
        "prowler-cloud/prowler#356",
        "An error occurred (AccessDenied) when calling the GetBucketLocation operation: Access "
        "Denied",
    ),
    Report(
        "aws/aws-cli#8506",
        "An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied",
    ),
    Report(
        "serverless/serverless#11310 (JavaScript 2's log)",
        "Serverless: [AWS s3 403 0.207s 0 retries] getBucketLocation({ Bucket: 'acme-imports' })\n"
        "ServerlessError: Could not locate deployment bucket. Error: Access Denied",
    ),
    Report(
        "apache/hadoop#1619",
        "java.nio.file.AccessDeniedException: acme-imports: getBucketLocation() on acme-imports: "
        "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; "
        f"Status Code: 403; Error Code: AccessDenied; {_IDS})",
    ),
    Report(
        "aws/aws-sdk-js-v3#3603",
        "AccessDenied: Access Denied\n    at deserializeAws_restXmlGetBucketLocationCommandError "
        "(/app/node_modules/@aws-sdk/client-s3/dist-cjs/protocols/Aws_restXml.js:5621:24)",
    ),
    Report(
        "cafe lab (AWS Academy), the role put in",
        "An error occurred (AccessDenied) when calling the PutObjectAcl operation: "
        f"User: {ROLE} is not authorized to perform: "
        's3:PutObjectAcl on resource: "arn:aws:s3:::acme-imports/a.png" '
        "because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public "
        "Access.",
    ),
    Report(
        "muratso in allada/eth-archive-snapshot#7",
        "An error occurred (AccessDenied) when calling the GetObjectAttributes operation: Access "
        "Denied",
    ),
    Report(
        "a role that lists versions",
        f"User: {ROLE} is not authorized to perform: s3:ListBucketVersions on resource: "
        '"arn:aws:s3:::acme-imports" because no identity-based policy allows the '
        "s3:ListBucketVersions action",
    ),
)
"""Actions that the connector does not need: no lack of the role's, and none of the sign-in's."""

OTHER_CALLS: Final = (
    Report(
        "cases/texts/web-identity",
        "Error: Could not assume role with OIDC: Not authorized to perform "
        "sts:AssumeRoleWithWebIdentity",
    ),
    Report(
        "aws/aws-sdk-net#744",
        "Not authorized to perform sts:AssumeRoleWithSAML (Service: AWSSecurityTokenService; "
        "Status Code: 403; Error Code: AccessDenied; Request ID: fe270994-9399-11e7-a47b). Please "
        "try again.",
    ),
    Report(
        "aws/aws-sdk-net#1522",
        "Unhandled exception. Amazon.Runtime.AmazonClientException: Error calling AssumeRole for "
        "role arn:aws:iam::123456789012:role/x ---> "
        "Amazon.SecurityToken.AmazonSecurityTokenServiceException: Not authorized to perform "
        "sts:AssumeRoleWithWebIdentity",
    ),
    Report(
        "sentry-kubernetes/charts#514",
        "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: "
        "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ),
    Report(
        "duckdb/duckdb-delta#112",
        "IO Error: Hit DeltaKernel FFI error: Generic S3 error: Client error with status 403 "
        'Forbidden: <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>'
        "Sender</Type><Code>AccessDenied</Code><Message>Not authorized to perform "
        "sts:AssumeRoleWithWebIdentity</Message></Error><RequestId>dd2d7c47-b8d0</RequestId>"
        "</ErrorResponse>",
    ),
    Report(
        "ryanto/next-s3-upload#182",
        "AccessDenied: User: arn:aws:iam::123456789012:user/s3 is not authorized to perform: "
        "sts:GetFederationToken on resource: "
        "arn:aws:sts::123456789012:federated-user/S3UploadWebToken",
    ),
    Report(
        "tensult/cloud-reports#74 (EC2)",
        "[ERROR] aws.ec2.EC2InstancesCollector failed UnauthorizedOperation: You are not "
        "authorized to perform this operation.\n    at Request.extractError "
        "(/home/jo/cloud-reports/node_modules/aws-sdk/lib/services/ec2.js:50:35)",
    ),
    Report(
        "cloudquery/cloudquery#36 (EC2)",
        "UnauthorizedOperation: You are not authorized to perform this operation.\n        status "
        "code: 403, request id: d001de6e-cb48-446e-a402-8fc8c67ff275",
    ),
    Report(
        "awslabs/amazon-dynamodb-lock-client#78",
        "Access denied (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: "
        "AccessDeniedException; Request ID: XXXX)",
    ),
    Report(
        "aws-samples/aws-serverless-workshops#185 (DynamoDB)",
        "An error occurred (AccessDeniedException) when calling the Scan operation: User: "
        "arn:aws:sts::123456789012:assumed-role/lambda_basic_execution/HelloLambda is not "
        "authorized to perform: dynamodb:Scan on resource: "
        "arn:aws:dynamodb:us-east-2:123456789012:table/fruits",
    ),
    Report(
        "aws-amplify/amplify-backend#2258 (Systems Manager)",
        "Error: Stack acme failed: ValidationError: User: arn:aws:iam::123456789012:user/jo is not "
        "authorized to perform: ssm:GetParameters on resource: "
        "arn:aws:ssm:us-east-1:123456789012:parameter/x because no identity-based policy allows "
        "the ssm:GetParameters action",
    ),
    Report(
        "aws/aws-cli#6274 (Greengrass)",
        "An error occurred (AccessDeniedException) when calling the CreateComponentVersion "
        "operation: User: arn:aws:iam::123456789012:user/Administrator is not authorized to "
        "perform: null",
    ),
    Report(
        "a service control policy on EC2",
        "operation error EC2: RunInstances, https response error StatusCode: 403, RequestID: "
        "d001de6e, api error UnauthorizedOperation: You are not authorized to perform this "
        "operation. User: arn:aws:sts::123456789012:assumed-role/dev/jo is not authorized to "
        "perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:123456789012:instance/* with "
        "an explicit deny in a service control policy. Encoded authorization failure message: "
        "jdKjBcZEAySj",
    ),
    Report(
        "Lambda, from CloudTrail",
        '{"eventSource": "lambda.amazonaws.com", "eventName": "Invoke20150331", "errorCode": '
        '"AccessDenied", "errorMessage": "Access Denied"}',
    ),
)
"""AWS's refusals of calls that neither the connector nor this program makes."""

SAYS_WHY: Final = (
    Report(
        "a lab of Jay Young Careers (Object Lock)",
        "An error occurred (AccessDenied) when calling the DeleteObject operation: Access Denied "
        "because object protected by object lock.",
    ),
    Report(
        "a post-mortem (Object Lock, Go 2)",
        "operation error S3: DeleteObject, https response error StatusCode: 403, api error "
        "AccessDenied: Access Denied because object protected by object lock.",
    ),
    Report(
        "a test suite (Object Lock, a hold)",
        "<Error><Code>AccessDenied</Code><Message>Access Denied because object protected by object "
        "lock legal hold.</Message><RequestId>7BMJM8PWV1J1FNEH</RequestId></Error>",
    ),
    Report(
        "a guide to MFA delete",
        "An error occurred (AccessDenied) when calling the DeleteObject operation: Mfa "
        "Authentication must be used for this request",
    ),
    Report(
        "MFA delete, Go 2",
        "Error: operation error S3: PutBucketVersioning api error AccessDenied: Mfa Authentication "
        "must be used for this request",
    ),
    Report(
        "lukejacksonn/react-slack-clone#27 (a link that ran out)",
        "<Error>\n<Code>AccessDenied</Code>\n<Message>Request has expired</Message>\n"
        "<X-Amz-Expires>60</X-Amz-Expires>\n<Expires>2018-03-29T11:17:34Z</Expires>\n<RequestId>"
        "FED2CBD7BC00CFFC</RequestId>\n<HostId>\n0fKFeZ57PPIGTSbziuxnr9eF5rXaTvTVHurpzL6lpcawA50Lx="
        "\n</HostId>\n</Error>",
    ),
    Report(
        "Amazon S3, a POST form",
        "<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired."
        "</Message><RequestId>FED2CBD7BC00CFFC</RequestId></Error>",
    ),
    Report(
        "Amazon S3, headers",
        "<Error><Code>AccessDenied</Code><Message>There were headers present in the request which "
        "were not signed</Message><HeadersNotSigned>x-amz-acl</HeadersNotSigned><RequestId>"
        "FED2CBD7BC00CFFC</RequestId></Error>",
    ),
    Report(
        "the role's session policy",
        f"User: {ROLE} is not authorized to perform: s3:GetObject on resource: "
        '"arn:aws:s3:::acme-imports/a" because no session policy allows the s3:GetObject action',
    ),
    Report(
        "a VPC endpoint's policy",
        f"User: {ROLE} is not authorized to perform: s3:GetObject on resource: "
        '"arn:aws:s3:::acme-imports/a" with an explicit deny in a VPC endpoint policy',
    ),
)
"""AWS's refusals that say why, and it is no cause of the catalogue."""

OTHER_PRODUCTS: Final = (
    Report(
        "cases/texts/mysql",
        "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)",
    ),
    Report(
        "MySQL on Amazon RDS",
        "SQLSTATE[HY000] [1045] Access denied for user 'admin'@'ip-10-0-0-1.ec2.internal' (using "
        "password: YES) host acme.cluster-abc.us-east-1.rds.amazonaws.com",
    ),
    Report(
        "MariaDB, a database",
        "ERROR 1044 (42000): Access denied for user 'jo'@'%' to database 'aws_imports'",
    ),
    Report(
        "PostgreSQL",
        "psql: FATAL: permission denied for database acme DETAIL: User does not have CONNECT "
        "privilege. 403 Forbidden",
    ),
    Report(
        "google-github-actions/setup-gcloud#49",
        "ERROR: (gcloud.builds.submit) HTTPError 403: <?xml version='1.0' encoding='UTF-8'?><Error>"
        "<Code>AccessDenied</Code><Message>Access denied.</Message><Details>*** does not have "
        "storage.objects.get access to acme</Details></Error>",
    ),
    Report(
        "zetaalphavector/InPars#13",
        "AccessDeniedException: 403 jo@acme.com does not have storage.objects.list access to the "
        "Google Cloud Storage bucket. Permission 'storage.objects.list' denied on resource (or it "
        "may not exist).",
    ),
    Report(
        "Google BigQuery",
        "403 Access Denied: Table acme:imports.a: User does not have permission to query table "
        "acme:imports.a, or perhaps it does not exist",
    ),
    Report(
        "Azure/kusto-copy#79",
        "Azure.RequestFailedException: Service request failed.\nStatus: 403 (This request is not "
        "authorized to perform this operation using this permission.)\nErrorCode: "
        "AuthorizationPermissionMismatch\nServer: Windows-Azure-Blob/1.0",
    ),
    Report(
        "CDCgov/prime-reportstream#12209 (Azure)",
        "Status: 403 (This request is not authorized to perform this operation.)\nErrorCode: "
        "AuthorizationFailure\n<Error><Code>AuthorizationFailure</Code><Message>This request is "
        "not authorized to perform this operation.</Message></Error>",
    ),
    Report(
        "kubernetes-retired/dashboard#2133",
        'Forbidden (403): User "system:serviceaccount:kube-system:default" cannot list '
        'replicationcontrollers in the namespace "default".',
    ),
    Report(
        "lachie83/k8s-kubectl#67",
        'Error from server (Forbidden): deployments.apps "acme" is forbidden: User '
        '"system:serviceaccount:gitlab:default" cannot get deployments.apps in the namespace '
        '"gitlab"',
    ),
    Report(
        "evolution-foundation/evolution-api#1208 (MinIO)",
        "S3Error: Access Denied.\n    at parseError "
        "(/evolution/node_modules/minio/dist/main/internal/xml-parser.js:58:13) {\n  code: "
        "'AccessDenied',\n  bucketname: 'evolution',\n  region: 'oc2',\n  requestid: "
        "'1821A6687EA52D4E',\n  hostid: "
        "'dd9025bab4ad464b049177c95eb6ebf374d3b3fd1af9251148b658df7ac2e3e8'\n}",
    ),
    Report(
        "minio/minio-py#1398, without its name",
        "S3Error: S3 operation failed; code: AccessDenied, message: Access Denied., resource: "
        "/templatebucket, request_id: 17B167A27DD1D7D8, host_id: "
        "dd9025bab4ad464b049177c95eb6ebf374d3b3fd1af9251148b658df7ac2e3e8, bucket_name: "
        "templatebucket",
    ),
    Report(
        "minio/charts#12",
        "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message><Resource>/</Resource>"
        "<RequestId>162FC8B42427145C</RequestId><HostId>80fc2ce0-fe33-4f10-9934-0cb027f0bdb7"
        "</HostId></Error>",
    ),
    Report(
        "1Panel-dev/1Panel#3201 (Cloudflare R2)",
        "AccessDenied: Access Denied status code: 403, request id: , host id: ",
    ),
    Report(
        "owncloud/files_primary_s3#690 (DigitalOcean)",
        "Client error: `GET https://acme.sfo3.digitaloceanspaces.com/?acl` resulted in a `403 "
        'Forbidden` response: <?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied'
        "</Code><Message>Access Denied.</Message><Resource>acme (truncated...)",
    ),
    Report(
        "rclone/rclone#4689 (Backblaze)",
        "Failed to copy: AccessDenied: not entitled\n        status code: 403, request id: "
        "f93b7f10c87a8867, host id: aZeczZjajYeBlHjI5YT82fmWhOI01RjOI",
    ),
    Report(
        "johnlui/AliyunOSS#20",
        "<Code>AccessDenied</Code>\n<Message>Request has expired.</Message>\n<RequestId>"
        "589A7A90CDF4741F7D36F2F4</RequestId>\n<HostId>acme.oss-cn-hangzhou.aliyuncs.com</HostId>",
    ),
    Report(
        "TencentCloud/tencentcloud-sdk-java#78",
        "[TencentCloudSDKException]message:AuthFailure.UnauthorizedOperation-You are not "
        "authorized to perform this operation. Check your CAM policies, and ensure that you are "
        "using the correct access keys. you are not authorized to perform operation (sms:SendSms)",
    ),
    Report(
        "delta-io/delta-rs#491 (IBM)",
        "AWS_ENDPOINT_URL=https://s3.us.cloud-object-storage.appdomain.cloud Failed to read S3 "
        'object content: Request ID: None Body: <?xml version="1.0"?><Error><Code>AccessDenied'
        "</Code><Message>Access Denied</Message><Resource>/us-geo/a</Resource></Error>",
    ),
    Report("npm", "npm ERR! 403 403 Forbidden - PUT https://registry.npmjs.org/acme - Forbidden"),
    Report("nginx", "<html><head><title>403 Forbidden</title></head><center>nginx</center></html>"),
    Report("axios", "AxiosError: Request failed with status code 403"),
    Report("OpenSSH", "jo@sftp.acme.com: Permission denied (publickey,password). access denied"),
    Report("Windows", "Access to the path 'C:\\imports\\a.csv' is denied. Access denied"),
    Report(
        "Spring Security",
        "org.springframework.security.access.AccessDeniedException: Access is denied",
    ),
    Report(
        "Docker Hub",
        "denied: requested access to the resource is denied: 403 Forbidden: unauthorized",
    ),
    Report(
        "GitHub",
        "remote: Permission to acme/imports.git denied to jo. fatal: unable to access "
        "'https://github.com/acme/imports.git/': The requested URL returned error: 403",
    ),
    Report(
        "SharePoint",
        "The remote server returned an error: (403) Forbidden. Access denied. You do not have "
        "permission to perform this action or access this resource.",
    ),
    Report(
        "Snowflake's own privileges",
        "SQL access control error: Insufficient privileges to operate on stage 'IMPORTS'. access "
        "denied",
    ),
)
"""Errors of other makers, some of which speak S3's language."""

_JO: Final = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_b33f/jo@acme.com"
_LACKS: Final = ("signin.not-allowed",)

CONSOLE: Final = (
    Report(
        "a program for Amazon DocumentDB (a student's)",
        "Access denied\nYou don't have permission to iam:GetRole. To request access, copy the "
        "following text and send it to your AWS administrator. Learn more about troubleshooting "
        "access denied errors.\nUser: arn:aws:sts::123456789012:assumed-role/voclabs/user1=Jo\n"
        "Action: iam:GetRole\nContext: an identity-based policy explicitly denies the action",
        _LACKS,
    ),
    Report(
        "notes on AWS Cloud9, for CreateRole",
        f"User: {_JO}\nService: iam\nAction: CreateRole\nOn resource(s): "
        "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role\nContext: no "
        "identity-based policy allows the iam:CreateRole action",
        _LACKS,
    ),
    Report(
        "the same, by a service control policy",
        f"User: {_JO}\nAction: iam:CreatePolicy\nOn resource(s): policy "
        "ubiquity-s3-access-policy\nContext: a service control policy explicitly denies the action",
        ("organization.denies",),
    ),
    Report(
        "notes on AWS Cloud9",
        f"User: {_JO}\nService: iam\nAction: GetAccountSummary\nOn resource(s): *\nContext: no "
        "identity-based policy allows the iam:GetAccountSummary action",
    ),
    Report(
        "a chat with an assistant, the lines run together",
        "Access denied to servicecatalog:ListApplicationsYou don't have permission to "
        "servicecatalog:ListApplications. To request access, copy the following text and send it "
        "to your AWS administrator. User: arn:aws:iam::123456789012:user/JOAction: "
        "servicecatalog:ListApplicationsOn resource(s): "
        "arn:aws:servicecatalog:ap-south-2:123456789012:/applications/*Context: no identity-based "
        "policy allows the action",
    ),
    Report(
        "Amazon Q's guide to the S3 console",
        "Insufficient permissions to list objects. After you or your AWS administrator has updated "
        "your permissions to allow the s3:ListBucket action, refresh the page. Learn more about "
        "Identity and access management in Amazon S3.",
        _LACKS,
    ),
    Report(
        "the S3 console, its list of buckets",
        "You don't have permissions to list buckets. After you or your AWS administrator has "
        "updated your permissions to allow the s3:ListAllMyBuckets action, refresh the page.",
    ),
)
"""What the AWS console shows to whoever is signed in."""

MORE: Final = (
    Report(
        "nprapps/lunchbox#86 (boto 2)",
        "boto.exception.S3ResponseError: S3ResponseError: 403 Forbidden",
        OPERATIONS,
    ),
    Report(
        "mishudark/s3-parallel-put#50 (Ceph)",
        "python s3-parallel-put --bucket=acme --host=192.168.0.191:7480\n"
        "boto.exception.S3ResponseError: S3ResponseError: 403 Forbidden",
    ),
    Report(
        "deliciousbrains/wp-amazon-s3-and-cloudfront#40",
        "[error] [client 192.168.33.1] Error uploading $IMAGE to S3: Access Denied, referer: "
        "$MYBLOG/wp-admin/post-new.php",
        OPERATIONS,
    ),
    Report(
        "Power BI",
        'Details: "Amazon S3: The remote server returned an error: (403) Forbidden."',
        OPERATIONS,
    ),
    Report(
        "DuckDB",
        "HTTP Error: HTTP GET error on 'https://acme-imports.s3.amazonaws.com/a.csv' (HTTP 403)",
        OPERATIONS,
    ),
    Report(
        "aws/context-ontology-accelerator#38 (Athena)",
        "PERMISSION_DENIED: Access Denied (Service: S3, Status Code: 403)",
        OPERATIONS,
    ),
    Report(
        "aws-samples/aws-ml-data-lake-workshop#1 (CloudFormation)",
        "S3 error: Access Denied For more information check "
        "http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
        OPERATIONS,
    ),
    Report(
        "UbiQuity, in its guide's words and more",
        "Connection failed: unable to assume role "
        "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role. Access denied.",
        ASSUME,
    ),
    Report(
        "afloesch/rfactor2-server-setup#3, outline/outline#1836",
        "<Code>AllAccessDisabled</Code>\n<Message>All access to this object has been disabled"
        "</Message><RequestId>FED2CBD7BC00CFFC</RequestId>",
    ),
    Report(
        "Snowflake-Labs/sfquickstarts#1940",
        "An error occurred while trying to refresh the directory table: Failure using stage area. "
        "Cause: [All access to this object has been disabled (Status Code: 403; Error Code: "
        "AllAccessDisabled)]",
    ),
    Report(
        "Amazon API Gateway",
        '{"Message": "User is not authorized to access this resource with an explicit deny in an '
        'identity-based policy"}',
    ),
    Report(
        "Amazon OpenSearch",
        '{"Message": "User: anonymous is not authorized to perform: es:ESHttpGet because no '
        'resource-based policy allows the es:ESHttpGet action"}',
    ),
    Report(
        "AWS Lake Formation",
        "An error occurred (AccessDeniedException) when calling the GetTable operation: "
        "Insufficient Lake Formation permission(s): Required Describe on imports",
    ),
    Report(
        "Amazon ECS and ECR",
        "CannotPullContainerError: failed to resolve ref "
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme:1: 403 Forbidden",
    ),
    Report(
        "Amazon S3, a list that nobody signed",
        "<Error><Code>AccessDenied</Code><Message>Anonymous access is forbidden for this operation"
        "</Message><RequestId>FED2CBD7BC00CFFC</RequestId></Error>",
        ("signin.none",),
    ),
    Report(
        "AWS STS, a session in a session",
        "An error occurred (AccessDenied) when calling the GetSessionToken operation: Cannot call "
        "GetSessionToken with session credentials",
    ),
    Report(
        "Amazon DynamoDB, of which no quota is ours",
        "operation error DynamoDB: CreateTable, https response error StatusCode: 400, api error "
        "LimitExceededException: Subscriber limit exceeded. Rate exceeded",
    ),
    Report(
        "Amazon EC2, with a sign-in that has ended",
        "An error occurred (ExpiredToken) when calling the DescribeInstances operation: The "
        "security token included in the request is expired",
        ("signin.expired",),
    ),
    Report(
        "muratso in allada/eth-archive-snapshot#7, both lines",
        "An error occurred (AccessDenied) when calling the GetObjectAttributes operation: Access "
        "Denied\nAn error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access "
        "Denied",
        _LIST,
    ),
    Report(
        "Azure Data Factory, reading from S3",
        "ErrorCode=UserErrorS3ForbiddenError,'Type=Microsoft.DataTransfer.Common.Shared."
        "HybridDeliveryException,Message=Failed to read data from Amazon S3,Source=Microsoft."
        "DataTransfer.ClientLibrary,''Type=Amazon.S3.AmazonS3Exception,Message=Access Denied,"
        "Source=AWSSDK.Core,'",
        OPERATIONS,
    ),
    Report(
        "livecycle/preevy#458 and others (JavaScript 3, no body)",
        "UnknownError: UnknownError\n at throwDefaultError "
        "(/app/node_modules/@aws-sdk/client-s3/dist-cjs/default-error-handler.js:8:22) {\n "
        "'$fault': 'client',\n '$metadata': {\n httpStatusCode: 403,\n requestId: undefined",
        OPERATIONS,
    ),
    Report(
        "AWS CloudFormation",
        'Resource handler returned message: "User: arn:aws:iam::123456789012:user/jo is not '
        "authorized to perform: iam:CreateRole on resource: "
        "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role because no "
        "identity-based policy allows the iam:CreateRole action (Service: Iam, Status Code: 403, "
        'Request ID: 1)" (RequestToken: 2, HandlerErrorCode: AccessDenied)',
        _LACKS,
    ),
    Report(
        "an endpoint of LocalStack's",
        "endpoint_url=http://localhost:4566 An error occurred (AccessDenied) when calling the "
        "GetObject operation: Access Denied",
    ),
    Report(
        "an endpoint of AWS's",
        "Endpoint: https://s3.ap-southeast-2.amazonaws.com An error occurred (AccessDenied) when "
        "calling the GetObject operation: Access Denied",
        _READ,
    ),
    Report(
        "another address in the log, and AWS's answer",
        "GET https://airbyte.acme.com/api/v1/check failed: Access Denied (Service: Amazon S3; "
        f"Status Code: 403; Error Code: AccessDenied; {_IDS})",
        OPERATIONS,
    ),
    Report(
        "Amazon EC2, without its code",
        "AWS: You are not authorized to perform this operation.",
    ),
    Report(
        "Elasticsearch",
        "elasticsearch.AuthorizationException: (403, 'security_exception', 'action "
        "[indices:data/read/search] is unauthorized for user [jo], access denied')",
    ),
    Report(
        "Salesforce",
        "Your request has been denied: Access denied. Contact your Salesforce administrator.",
    ),
    Report(
        "a translation of Apache Pulsar's guide, and the original",
        "com.amazonaws.services.s3.model.AmazonS3Exception: Anonymous users cannot initiate "
        "multipart uploads.  Please authenticate. (Service: Amazon S3; Status Code: 403; Error "
        f"Code: AccessDenied; {_IDS})",
        ("signin.none",),
    ),
    Report(
        "Cloudera's ID broker",
        "2019-01-24 15:15:44,976 ERROR idbroker.aws - Cloud Access Broker is not permitted to "
        "assume the specified role arn:aws:iam::123456789012:role/s3 : Access denied (Service: "
        "AWSSecurityTokenService; Status Code: 403;\n Error Code: AccessDenied; Request ID: "
        "ebbbc35d-1fea-11e9)",
        ASSUME,
    ),
    Report(
        "Amazon RDS in CloudFormation",
        'Resource handler returned message: "RDS is not authorized to assume service-linked role '
        "arn:aws:iam::123456789012:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS "
        "(Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request "
        "ID: a71804e3; Proxy: null). Check your RDS service-linked role and try again. (Service: "
        'AmazonRDS; Status Code: 400; Error Code: InvalidParameterValue; Request ID: 23bd641f)"',
    ),
    Report(
        "Velero, a gateway",
        'error="operation error S3: PutObject, api error AccessDenied: restore-readonly gateway '
        'mode rejects repository mutations"',
    ),
    Report(
        "Velociraptor's guide (MinIO, Go 2)",
        "Globber: operation error S3: ListBuckets, https response error StatusCode: 403, "
        "RequestID: 184F39DAD67D435B, HostID: "
        "f2a388c21e253e519af7cec24c2e281b7821740cf65cb6ff168ac3a3ce38718c, api error AccessDenied: "
        "Access Denied. while processing /",
    ),
    Report(
        "a test of PHP's dialect",
        'Error executing "PutObject"; AccessDenied (client): Access Denied',
        _WRITE,
    ),
    Report(
        "a shop's notes (MinIO behind a name of its own)",
        "Client error: POST https://oss.acme.com resulted in a 403 Forbidden response\n"
        "AccessDenied (client): Access Denied.",
    ),
    Report(
        "UDS (a service control policy, the names blotted out)",
        "Error: deleting S3 Bucket Lifecycle Configuration ([S3-BUCKET-NAME])\napi error "
        "AccessDenied: User: [IAM-ROLE-ARN] is not authorized to perform: \n"
        "s3:PutLifecycleConfiguration with an explicit deny in a service control policy",
    ),
    Report(
        "the AWS load balancer controller, the account blotted out",
        "Failed deploy model due to operation error Elastic Load Balancing v2: CreateTargetGroup, "
        "https response error StatusCode: 403, RequestID: 76243322, api error AccessDenied: User: "
        "arn:aws:sts::<account id>:assumed-role/eksctl/1 is not authorized to perform: "
        "elasticloadbalancing:AddTags on resource: arn:aws:elasticloadbalancing:us-east-1:x",
    ),
    Report(
        "the same, for a file",
        "User: arn:aws:sts::<account id>:assumed-role/eksctl/1 is not authorized to perform: "
        "s3:GetObject on resource: arn:aws:s3:::x/y because no identity-based policy allows the "
        "s3:GetObject action",
        _LACKS,
    ),
    Report(
        "a student's landing zone (another account's bucket)",
        "User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_admin/jo\nis not authorized "
        'to perform: s3:PutObject on resource:\n"arn:aws:s3:::acme-imports/a"\nbecause no '
        "resource-based policy allows the s3:PutObject action",
        ("bucket.other-account", "signin.not-allowed"),
    ),
    Report(
        "Amazon ECR through an endpoint",
        "denied: User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: "
        "ecr:PutImage on resource: arn:aws:ecr:us-west-2:123456789012:repository/team-a/alpine "
        "with an explicit deny in a VPC endpoint policy",
    ),
    Report("an MCP server", "Error: Access denied - path outside allowed directories: c:\\a"),
    Report("Azure Key Vault", "Error: Access denied to Key Vault 'acme-keys'."),
    Report(
        "Azure API Management",
        '{"statusCode": 401, "message": "Access denied due to invalid subscription key."}',
    ),
    Report(
        "Fluent Bit",
        "[2024/01/01 00:00:00] [error] [output:s3:s3.0] PutObject API responded with "
        "error='AccessDenied', message='Access Denied'",
        _WRITE,
    ),
    Report(
        "ClickHouse",
        "Code: 499. DB::Exception: Access Denied: while reading key: x, from bucket: acme. "
        "(S3_ERROR)",
        OPERATIONS,
    ),
    Report(
        "restic",
        "Fatal: unable to open repository at s3:s3.amazonaws.com/acme: Stat: Access Denied.",
        OPERATIONS,
    ),
    Report(
        "a job's log: a list on S3 refused, and MySQL",
        "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the "
        "ListObjectsV2 operation: Access Denied\nmysql.connector.errors.ProgrammingError: 1045 "
        "(28000): Access denied for user 'etl'@'10.0.0.1' (using password: YES)",
        _LIST,
    ),
    Report(
        "a permission alone",
        "kms:Decrypt access denied",
        ("kms.decrypt-denied", "kms.explicit-deny"),
    ),
    Report("a call alone", "PutObject failed: Access Denied", _WRITE),
    Report("Trino's own", "Query failed: Access Denied: Cannot select from columns [a] in table x"),
    Report("AWS Marketplace", "Error: Access denied. Your AWS Marketplace subscription has ended."),
    Report(
        "Cyberduck",
        "Listing directory failed. Access Denied. Please contact your web hosting service provider "
        "for assistance.",
    ),
    Report("a test of SharePoint's words", "Error: Forbidden: accessDenied. Access denied."),
    Report(
        "AWS Secrets Manager, for its key",
        "An error occurred (AccessDeniedException) when calling the GetSecretValue operation: "
        "User: arn:aws:sts::123456789012:assumed-role/Data/jo is not authorized to perform: "
        "kms:Decrypt on resource: arn:aws:kms:us-east-1:123456789012:key/abc because no "
        "identity-based policy allows the kms:Decrypt action",
    ),
    Report(
        "MinIO in a set of containers",
        "S3 error: Access Denied (minio:9000)",
    ),
    Report(
        "a test of the AWS CLI's line, cut short",
        "An error occurred (AccessDenied) when calling the AssumeRole operation",
        ASSUME,
    ),
    Report(
        "the same, in other words",
        "An error occurred (AccessDenied) when calling the AssumeRole operation: not authorized",
        ASSUME,
    ),
    Report(
        "a lab on AWS KMS",
        "KMS.DisabledException: The request was rejected because the specified KMS key is not "
        "enabled",
        ("kms.key-disabled",),
    ),
    Report(
        "UbiQuity, of a bucket",
        "Connection test failed: Access denied to bucket acme-imports in region ap-southeast-2",
        OPERATIONS,
    ),
    Report("Google's buckets", "Access denied on GCS bucket acme"),
    Report("Couchbase", "access denied to bucket default, Couchbase"),
    Report(
        "aws/aws-sdk-js-v3#2778",
        '{"errorType":"AccessDenied","errorMessage":"Access Denied","Code":"AccessDenied",'
        '"$metadata":{"httpStatusCode":403},"stack":["AccessDenied: Access Denied","    at '
        "null.deserializeAws_restXmlPutObjectTaggingCommandError "
        '(/node_modules/@aws-sdk/client-s3/protocols/Aws_restXml.ts:9518:39)"]}',
        ("files.tagged",),
    ),
    Report(
        "a piece of an event of CloudTrail",
        '"eventSource": "ec2.amazonaws.com", "eventName": "RunInstances", "errorCode": '
        '"AccessDenied", "errorMessage": "Access Denied"',
    ),
    Report(
        "a log of a denial that tells nothing, and a mere no",
        "An error occurred (AccessDenied) when calling the GetBucketLocation operation: "
        f"User: {ROLE} is not authorized to perform: s3:GetBucketLocation because no "
        "identity-based policy allows the s3:GetBucketLocation action\nAn error occurred "
        "(AccessDenied) when calling the ListObjectsV2 operation: Access Denied",
        _LIST,
    ),
    Report(
        "Snowflake, without the address of its stage",
        "Failure using stage area. Cause: [Access Denied (Status Code: 403; Error Code: "
        "AccessDenied)]",
        OPERATIONS,
    ),
    Report(
        "Snowflake on Azure (Azure/azure-storage-node#591)",
        "Failure using stage area. Cause: [Server failed to authenticate the request. Make sure "
        "the value of Authorization header is formed correctly including the signature. (Status "
        "Code: 403; Error Code: AuthenticationFailed)]",
    ),
    Report(
        "a log of two services",
        "operation error EC2: DescribeRegions, https response error StatusCode: 403, api error "
        "AccessDenied: Access Denied\noperation error S3: DeleteObject, https response error "
        "StatusCode: 403, api error AccessDenied: Access Denied",
        _DELETE,
    ),
)

REPORTS: Final = (
    *CONSOLE,
    *MORE,
    *OF_S3,
    *SAYS_BY_WHAT,
    *SOMEBODY_ELSE,
    *NOT_NEEDED,
    *OTHER_CALLS,
    *SAYS_WHY,
    *OTHER_PRODUCTS,
)
