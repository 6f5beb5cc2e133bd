"""What SDKs and systems say of the network, the sign-in and the region, in each one's dialect.

From the issues of the SDKs and of tools that use them (GitHub: aws-sdk-go #5138, aws-sdk-java
#1370, aws-sdk-js-v3 #4989, aws-sdk-net #1609, aws-sdk-php #1741, aws-sdk-ruby #1246 and #1250,
aws-sdk-rust #1313, terraform-provider-aws #26074, boto3 #2131, awslogs #327, paperclip #2263,
awscr-s3 #81, ember-cli-deploy-s3 #73, AWS.jl #565 and others) and from the SDKs' own code. Names
are replaced.
"""

from typing import Final

FIRST: Final[dict[str, tuple[str, ...]]] = {
    "env.offline": (
        (
            "com.amazonaws.SdkClientException: Unable to execute HTTP request: acme-imports.s"
            "3.eu-west-1.amazonaws.com: Name or service not known"
        ),
        (
            "software.amazon.awssdk.core.exception.SdkClientException: Received an UnknownHos"
            "tException when attempting to interact with a service. See cause for the exact e"
            "ndpoint that is failing to resolve. If this is happening on an endpoint that pre"
            "viously worked, there may be a network connectivity issue or your DNS cache coul"
            "d be storing endpoints for too long."
        ),
        "java.net.UnknownHostException: s3.eu-west-1.amazonaws.com",
        (
            "com.amazonaws.SdkClientException: Unable to execute HTTP request: Connect to sts"
            ".amazonaws.com:443 [sts.amazonaws.com/54.239.29.25] failed: Connection refused ("
            "Connection refused)"
        ),
        (
            'RequestError: send request failed\ncaused by: Post "https://sts.amazonaws.com/": '
            "dial tcp: lookup sts.amazonaws.com on 10.0.0.2:53: no such host"
        ),
        (
            "operation error S3: ListObjectsV2, exceeded maximum number of attempts, 3, https"
            ' response error StatusCode: 0, RequestID: , HostID: , request send failed, Get "'
            'https://acme-imports.s3.us-east-1.amazonaws.com/?list-type=2": dial tcp: lookup '
            "acme-imports.s3.us-east-1.amazonaws.com: no such host"
        ),
        "NetworkingError: getaddrinfo ENOTFOUND s3.amazonaws.com",
        (
            "Error: getaddrinfo EAI_AGAIN sts.us-east-1.amazonaws.com\n    at GetAddrInfoReqWr"
            "ap.onlookup [as oncomplete] (node:dns:107:26) {\n  errno: -3001,\n  code: 'EAI_AGA"
            "IN',\n  syscall: 'getaddrinfo',\n  hostname: 'sts.us-east-1.amazonaws.com',"
        ),
        (
            "Seahorse::Client::NetworkingError (Failed to open TCP connection to acme.s3.us-e"
            "ast-1.amazonaws.com:443 (getaddrinfo: Name or service not known))"
        ),
        (
            "Aws::Errors::NoSuchEndpointError (Encountered a `SocketError` while attempting t"
            "o connect to:\n\n  https://sts.us-west-2.amazonaws.com\n\nThis is typically the resu"
            "lt of an invalid `:region` option or a\npoorly formatted `:endpoint` option.\n\n* N"
            'ever suffix region names with availability zones.\n  Use "us-east-1", not "us-eas'
            't-1a"\n'
        ),
        (
            "System.Net.Http.HttpRequestException: No such host is known. (s3.amazonaws.com:4"
            "43)\n ---> System.Net.Sockets.SocketException (11001): No such host is known."
        ),
        ("System.Net.WebException: The remote name could not be resolved: 'sts.amazonaws.com'"),
        (
            'Aws\\S3\\Exception\\S3Exception: Error executing "ListObjects" on "https://acme.s3.'
            'eu-west-1.amazonaws.com/"; AWS HTTP error: cURL error 6: Could not resolve host:'
            " acme.s3.eu-west-1.amazonaws.com (see https://curl.haxx.se/libcurl/c/libcurl-err"
            "ors.html)"
        ),
        (
            "dispatch failure: io error: error trying to connect: dns error: failed to lookup"
            " address information: Name or service not known"
        ),
        (
            "DispatchFailure(DispatchFailure { source: ConnectorError { kind: Io, source: hyp"
            'er::Error(Connect, ConnectError("dns error", Custom { kind: Uncategorized, error'
            ': "failed to lookup address information: nodename nor servname provided, or not '
            'known" })), connection: Unknown } })'
        ),
        "curlCode: 6, Couldn't resolve host name",
        "AWS_IO_DNS_QUERY_FAILED: A query to dns failed to resolve.",
        (
            "botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint U"
            'RL: "https://sts.amazonaws.com/"'
        ),
        (
            "HTTPSConnectionPool(host='sts.amazonaws.com', port=443): Max retries exceeded wi"
            "th url: / (Caused by <class 'socket.gaierror'>: [Errno 8] nodename nor servname "
            "provided, or not known)"
        ),
        (
            "urllib3.exceptions.NameResolutionError: <botocore.awsrequest.AWSHTTPSConnection "
            "object at 0x7f>: Failed to resolve 'acme.s3.us-east-1.amazonaws.com' ([Errno -3]"
            " Temporary failure in name resolution)"
        ),
        (
            "urllib3.exceptions.NewConnectionError: <botocore.awsrequest.AWSHTTPSConnection o"
            "bject at 0x10>: Failed to establish a new connection: [Errno 11001] getaddrinfo "
            "failed"
        ),
        "[Errno -2] Name or service not known",
        "curl: (6) Could not resolve host: s3.amazonaws.com",
        (
            "ssl.c: [WinError 10061] No connection could be made because the target machine a"
            "ctively refused it: s3.us-east-1.amazonaws.com"
        ),
        (
            "java.nio.channels.UnresolvedAddressException: null at software.amazon.awssdk.htt"
            "p.nio.netty"
        ),
        "error connecting to S3: dial tcp 52.216.1.2:443: connect: network is unreachable",
    ),
    "env.tls-intercepted": (
        (
            "com.amazonaws.SdkClientException: Unable to execute HTTP request: sun.security.v"
            "alidator.ValidatorException: PKIX path building failed: sun.security.provider.ce"
            "rtpath.SunCertPathBuilderException: unable to find valid certification path to r"
            "equested target"
        ),
        "javax.net.ssl.SSLHandshakeException: PKIX path building failed",
        (
            'Post "https://sts.us-east-1.amazonaws.com/": x509: certificate signed by unknown'
            " authority"
        ),
        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        ("tls: failed to verify certificate: x509: “Zscaler Root CA” certificate is not trusted"),
        (
            "Error: self signed certificate in certificate chain\n    at TLSSocket.onConnectSe"
            "cure (node:_tls_wrap:1535:34) {\n  code: 'SELF_SIGNED_CERT_IN_CHAIN', '$metadata'"
            ": { attempts: 1, totalRetryDelay: 0 } }"
        ),
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate",
        ("Error: unable to get local issuer certificate code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'"),
        (
            "Seahorse::Client::NetworkingError: SSL_connect returned=1 errno=0 peeraddr=52.21"
            "6.1.2:443 state=error: certificate verify failed (unable to get local issuer cer"
            "tificate)"
        ),
        (
            "System.Net.Http.HttpRequestException: The SSL connection could not be establishe"
            "d, see inner exception.\n ---> System.Security.Authentication.AuthenticationExcep"
            "tion: The remote certificate is invalid because of errors in the certificate cha"
            "in: UntrustedRoot"
        ),
        (
            "The underlying connection was closed: Could not establish trust relationship for"
            " the SSL/TLS secure channel."
        ),
        (
            'Error executing "ListBuckets" on "https://s3.amazonaws.com/"; AWS HTTP error: cU'
            "RL error 60: SSL certificate problem: unable to get local issuer certificate (se"
            "e https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://s3.amazonaws.c"
            "om/"
        ),
        (
            "AWS HTTP error: cURL error 60: SSL certificate problem: unable to get local issu"
            "er certificate (see http://curl.haxx.se/libcurl/c/libcurl-errors.html)"
        ),
        (
            'Error executing "ListBuckets" on "https://s3-sa-east-1.amazonaws.com/"; AWS HTTP'
            " error: cURL error 77: Problem with the SSL CA cert (path? access rights?)"
        ),
        "dispatch failure: other: invalid peer certificate: UnknownIssuer",
        "AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE: TLS (SSL) negotiation failed",
        "curlCode: 60, SSL peer certificate or SSH remote key was not OK",
        (
            "SSL validation failed for https://sts.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FA"
            "ILED] certificate verify failed: self-signed certificate in certificate chain (_"
            "ssl.c:1006)"
        ),
        (
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local "
            "issuer certificate (_ssl.c:1129)"
        ),
        (
            "ERROR: Test failed: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed ("
            "_ssl.c:581)"
        ),
        (
            "schannel: CertGetCertificateChain trust error CERT_TRUST_IS_UNTRUSTED_ROOT; SEC_"
            "E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority"
            " that is not trusted."
        ),
        (
            "HTTPSConnectionPool(host='sts.amazonaws.com', port=443): Max retries exceeded wi"
            "th url: / (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VER"
            "IFY_FAILED] certificate verify failed: unable to get local issuer certificate (_"
            "ssl.c:1129)')))"
        ),
    ),
    "env.timeout": (
        (
            "com.amazonaws.SdkClientException: Unable to execute HTTP request: Connect to acm"
            "e.s3.amazonaws.com:443 [acme.s3.amazonaws.com/52.216.1.2] failed: connect timed "
            "out"
        ),
        (
            "software.amazon.awssdk.core.exception.ApiCallTimeoutException: Client execution "
            "did not complete before the specified timeout configuration: 2000 millis"
        ),
        "Unable to execute HTTP request: Read timed out",
        (
            "operation error STS: GetCallerIdentity, https response error StatusCode: 0, Requ"
            'estID: , request send failed, Post "https://sts.us-east-1.amazonaws.com/": dial '
            "tcp 52.46.1.2:443: i/o timeout"
        ),
        "TimeoutError: connect ETIMEDOUT 52.216.1.2:443",
        (
            "Net::OpenTimeout: Failed to open TCP connection to s3.amazonaws.com:443 (executi"
            "on expired)"
        ),
        (
            'Error executing "PutObject" on "https://s3.amazonaws.com/acme/x"; AWS HTTP error'
            ": cURL error 28: Operation timed out after 60000 milliseconds"
        ),
        (
            "[WinError 10060] A connection attempt failed because the connected party did not"
            " properly respond after a period of time, or established connection failed becau"
            "se connected host has failed to respond"
        ),
        (
            "HTTPSConnectionPool(host='s3.amazonaws.com', port=443): Max retries exceeded wit"
            "h url: /acme (Caused by ConnectTimeoutError(<botocore.awsrequest.AWSHTTPSConnect"
            "ion object at 0x7f>, 'Connection to s3.amazonaws.com timed out. (connect timeout"
            "=60)'))"
        ),
        'Connect timeout on endpoint URL: "https://sts.us-east-1.amazonaws.com/"',
        "AWS_IO_SOCKET_TIMEOUT: socket operation timed out.",
        (
            "upload failed: ./a.csv to s3://acme/a.csv ('Connection aborted.', ConnectionRese"
            "tError(104, 'Connection reset by peer'))"
        ),
        (
            "An error occurred (RequestTimeout) when calling the PutObject operation (reached"
            " max retries: 4): Your socket connection to the server was not read from or writ"
            "ten to within the timeout period. Idle connections will be closed."
        ),
        (
            "urllib3.exceptions.NewConnectionError: <botocore.awsrequest.AWSHTTPSConnection o"
            "bject at 0x7>: Failed to establish a new connection: [Errno 110] Connection time"
            "d out"
        ),
        (
            "S3 fetch error: DispatchFailure(DispatchFailure { source: ConnectorError { kind:"
            ' Timeout, source: hyper::Error(Connect, HttpTimeoutError { kind: "HTTP connect",'
            " duration: 3.1s }), connection: Unknown } })"
        ),
    ),
    "env.proxy": (
        'Failed to connect to proxy URL: "http://proxy.corp.example:3128"',
        (
            "HTTPSConnectionPool(host='sts.amazonaws.com', port=443): Max retries exceeded wi"
            "th url: / (Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel conn"
            "ection failed: 407 Proxy Authentication Required')))"
        ),
        (
            'Unable to execute HTTP request: Unable to tunnel through proxy. Proxy returns "H'
            'TTP/1.1 407 Proxy Authentication Required"'
        ),
        (
            'Post "https://sts.amazonaws.com/": proxyconnect tcp: dial tcp: lookup proxy.corp'
            ".example: no such host"
        ),
        (
            "AWS HTTP error: cURL error 56: Received HTTP code 407 from proxy after CONNECT ("
            "see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://s3.amazonaws"
            ".com/"
        ),
        (
            "AWS HTTP error: cURL error 5: Could not resolve proxy: proxy.corp.example for ht"
            "tps://s3.amazonaws.com"
        ),
        "NetworkingError: tunneling socket could not be established, statusCode=407",
        (
            "AWS_ERROR_HTTP_PROXY_CONNECT_FAILED: Proxy-based connection establishment failed"
            " because the CONNECT call failed"
        ),
    ),
    "env.clock-skew": (
        (
            "SignatureDoesNotMatch: Signature expired: 20230101T000000Z is now earlier than 2"
            "0230101T010000Z"
        ),
        (
            "An error occurred (RequestTimeTooSkewed) when calling the ListBuckets operation:"
            " The difference between the request time and the current time is too large."
        ),
        (
            "InvalidSignatureException: Signature not yet current: 20261123T030203Z is still "
            "later than 20261123T021703Z"
        ),
        (
            'Get "https://s3.amazonaws.com/": x509: certificate has expired or is not yet val'
            "id: current time 2015-01-01T00:00:00Z is before 2026-01-01T00:00:00Z"
        ),
    ),
    "signin.none": (
        (
            "com.amazonaws.SdkClientException: Unable to load AWS credentials from any provid"
            "er in the chain: [EnvironmentVariableCredentialsProvider: Unable to load AWS cre"
            "dentials from environment variables (AWS_ACCESS_KEY_ID (or AWS_ACCESS_KEY) and A"
            "WS_SECRET_KEY (or AWS_SECRET_ACCESS_KEY)), SystemPropertiesCredentialsProvider: "
            "Unable to load AWS credentials from Java system properties (aws.accessKeyId and "
            "aws.secretKey), EC2ContainerCredentialsProviderWrapper: Failed to connect to ser"
            "vice endpoint: ]"
        ),
        (
            "software.amazon.awssdk.core.exception.SdkClientException: Unable to load credent"
            "ials from any of the providers in the chain AwsCredentialsProviderChain(credenti"
            "alsProviders=[SystemPropertyCredentialsProvider(), InstanceProfileCredentialsPro"
            "vider()]) : [InstanceProfileCredentialsProvider(): Failed to load credentials fr"
            "om IMDS.]"
        ),
        (
            "NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose mes"
            "saging see aws.Config.CredentialsChainVerboseErrors"
        ),
        (
            "failed to sign request: failed to retrieve credentials: failed to refresh cached"
            " credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, requ"
            "est canceled, context deadline exceeded"
        ),
        (
            "operation error S3: ListBuckets, get identity: get credentials: failed to refres"
            "h cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetada"
            'ta, exceeded maximum number of attempts, 3, request send failed, Get "http://169'
            '.254.169.254/latest/meta-data/iam/security-credentials/": dial tcp 169.254.169.2'
            "54:80: connect: host is down"
        ),
        (
            "╷\n│ Error: error configuring Terraform AWS Provider: no valid credential sources"
            " for Terraform AWS Provider found.\n│ \n│ Please see https://registry.terraform.io"
            "/providers/hashicorp/aws\n│ for more information about providing credentials.\n│ \n"
            "│ Error: failed to refresh cached credentials, no EC2 IMDS role found, operation"
            " error ec2imds: GetMetadata, http response error StatusCode: 404, request to EC2"
            " IMDS failed\n│ \n╵"
        ),
        (
            "CredentialsError: Missing credentials in config, if using AWS_CONFIG_FILE, set A"
            "WS_SDK_LOAD_CONFIG=1"
        ),
        "CredentialsProviderError: Could not load credentials from any providers",
        "Error: Credential is missing",
        ("Aws::Errors::MissingCredentialsError: unable to sign request without credentials set"),
        (
            "Aws::Sigv4::Errors::MissingCredentialsError: missing credentials, provide creden"
            "tials with one of the following options:\n  - :access_key_id and :secret_access_k"
            "ey\n"
        ),
        (
            "Amazon.Runtime.AmazonServiceException: Unable to get IAM security credentials fr"
            "om EC2 Instance Metadata Service.\n   at Amazon.Runtime.DefaultInstanceProfileAWS"
            "Credentials.FetchCredentials()"
        ),
        (
            "Amazon.Runtime.AmazonClientException: Failed to resolve AWS credentials. The cre"
            "dential providers used to search for credentials returned the following errors:"
        ),
        (
            "Aws\\Exception\\CredentialsException: Error retrieving credentials from the instan"
            "ce profile metadata service. (cURL error 28: Connection timed out after 1000 mil"
            "liseconds (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for http://16"
            "9.254.169.254/latest/meta-data/iam/security-credentials/)"
        ),
        (
            "Error retrieving credentials from the instance profile metadata server. (cURL er"
            "ror 28: Operation timed out after 1000 milliseconds with 0 bytes received (see h"
            "ttp://curl.haxx.se/libcurl/c/libcurl-errors.html))"
        ),
        "Cannot read credentials from /.aws/credentials",
        ("the credential provider was not enabled: no providers in chain provided credentials"),
        ('Unable to locate credentials. You can configure credentials by running "aws configure".'),
        "fatal error: Unable to locate credentials",
        (
            "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS Credentials provide"
            "d by TemporaryAWSCredentialsProvider SimpleAWSCredentialsProvider EnvironmentVar"
            "iableCredentialsProvider IAMInstanceCredentialsProvider : com.amazonaws.SdkClien"
            "tException: Unable to load AWS credentials from environment variables"
        ),
        "ERROR: no valid credential sources for S3 Backend found.",
        "No credentials specified or obtained from persisted/shell defaults.",
        ("EnvAccessKeyNotFound: AWS_ACCESS_KEY_ID or AWS_ACCESS_KEY not found in environment"),
        "Couldn't find AWS credentials in environment, credentials file, or IAM role.",
        'Connect timeout on endpoint URL: "http://169.254.169.254/latest/api/token"',
        (
            "[Errno 111] Connection refused: http://169.254.169.254/latest/meta-data/iam/secu"
            "rity-credentials/"
        ),
    ),
    "signin.profile-missing": (
        "The config profile (acme) could not be found",
        "failed to get shared config profile, acme",
        (
            "Error: Could not resolve credentials using profile: [acme] in configuration/cred"
            "entials file(s)."
        ),
        ("Aws::Errors::NoSuchProfileError: Profile `acme' not found in /root/.aws/credentials"),
        "java.lang.IllegalArgumentException: No AWS profile named 'acme'",
    ),
    "signin.expired": (
        (
            "CredentialsProviderError: The SSO session associated with this profile has expir"
            "ed. To refresh this SSO session run aws sso login with the corresponding profile"
            "."
        ),
        ("operation error SSO: GetRoleCredentials, the SSO session has expired or is invalid"),
        (
            "failed to refresh cached credentials, refresh cached SSO token failed, unable to"
            " refresh SSO token, operation error SSO OIDC: CreateToken, https response error "
            "StatusCode: 400, RequestID: 1, InvalidGrantException: "
        ),
        "Error when retrieving token from sso: Token has expired and refresh failed",
        (
            "Token is expired. To refresh this SSO session run 'aws sso login' with the corre"
            "sponding profile."
        ),
        "Aws::Errors::InvalidSSOToken: Cached SSO Token is expired.",
        "ExpiredTokenException: The security token included in the request is expired",
        (
            "An error occurred (ExpiredToken) when calling the ListObjectsV2 operation: The p"
            "rovided token has expired."
        ),
    ),
    "signin.config-broken": (
        (
            'You must specify a region. You can also configure your region by running "aws co'
            'nfigure".'
        ),
        "Error: Region is missing",
        "ConfigError: Missing region in config",
        "MissingRegion: could not find region configuration",
        (
            "com.amazonaws.SdkClientException: Unable to find a region via the region provide"
            "r chain. Must provide an explicit region in the builder or setup environment to "
            "supply a region."
        ),
        (
            "software.amazon.awssdk.core.exception.SdkClientException: Unable to load region "
            "from any of the providers in the chain software.amazon.awssdk.regions.providers."
            "DefaultAwsRegionProviderChain@1: [...]"
        ),
        (
            "operation error S3: ListBuckets, failed to resolve service endpoint, endpoint ru"
            "le error, Invalid Configuration: Missing Region"
        ),
        (
            "Aws::Errors::MissingRegionError: missing region; use :region option or export re"
            "gion name to ENV['AWS_REGION']"
        ),
        "Amazon.Runtime.AmazonClientException: No RegionEndpoint or ServiceURL configured",
        (
            "InvalidArgumentException: Missing required client configuration options: region:"
            " (string)"
        ),
        "ValueError: Invalid endpoint: https://s3..amazonaws.com",
        "an AWS region is required, but was not found",
    ),
    "env.throttled": (
        (
            "An error occurred (SlowDown) when calling the PutObject operation (reached max r"
            "etries: 4): Please reduce your request rate."
        ),
        (
            "com.amazonaws.services.s3.model.AmazonS3Exception: Please reduce your request ra"
            "te. (Service: Amazon S3; Status Code: 503; Error Code: SlowDown; Request ID: X)"
        ),
        (
            "operation error STS: AssumeRole, https response error StatusCode: 400, RequestID"
            ": x, api error Throttling: Rate exceeded"
        ),
        "ThrottlingException: Rate exceeded",
    ),
    "signin.invalid": (
        ("api error InvalidClientTokenId: The security token included in the request is invalid."),
        "AuthFailure: AWS was not able to validate the provided access credentials",
        (
            "The authorization header is malformed; a non-empty Access Key (AKID) must be pro"
            "vided in the credential."
        ),
        (
            'The authorization header is malformed; the Credential is mal-formed; expecting "'
            '<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'
        ),
    ),
    "bucket.region-mismatch": (
        ("SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'us-east-1'. "),
        (
            "AWS.AWSExceptions.AWSException: SignatureDoesNotMatch -- Credential should be sc"
            "oped to a valid region, not 'us-east-2'."
        ),
        "InvalidSignatureException: The credential must be scoped to a valid region.",
        (
            "api error InvalidSignatureException: Credential should be scoped to a valid regi"
            "on, not ''. "
        ),
        "Credential should be scoped to correct region: 'us-west-2'",
        ("fatal error: An error occurred (400) when calling the HeadObject operation: Bad Request"),
        "An error occurred (400) when calling the HeadBucket operation: Bad Request",
        (
            "operation error S3: HeadObject, https response error StatusCode: 400, RequestID:"
            " X, HostID: Y, api error BadRequest: Bad Request"
        ),
        (
            "com.amazonaws.services.s3.model.AmazonS3Exception: Bad Request (Service: Amazon "
            "S3; Status Code: 400; Error Code: 400 Bad Request; Request ID: X; S3 Extended Re"
            "quest ID: Y)"
        ),
        "BadRequest: Bad Request\n\tstatus code: 400, request id: X, host id: Y",
        (
            "com.amazonaws.services.s3.model.AmazonS3Exception: The bucket is in this region:"
            " eu-west-1. Please use this region to retry the request (Service: Amazon S3; Sta"
            "tus Code: 301; Error Code: PermanentRedirect; Request ID: X)"
        ),
        (
            "BucketRegionError: incorrect region, the bucket is not in 'us-east-1' region at "
            "endpoint '', bucket is in 'eu-west-1' region\n\tstatus code: 301, request id: , ho"
            "st id: "
        ),
        (
            "PermanentRedirect: The bucket you are attempting to access must be addressed usi"
            "ng the specified endpoint. Please send all future requests to this endpoint."
        ),
        (
            "An error occurred (IllegalLocationConstraintException) when calling the CreateBu"
            "cket operation: The unspecified location constraint is incompatible for the regi"
            "on specific endpoint this request was sent to."
        ),
        (
            "AuthorizationQueryParametersError: Error parsing the X-Amz-Credential parameter;"
            " the region 'us-east-1' is wrong; expecting 'eu-west-2'"
        ),
        "Moved Permanently (Service: S3, Status Code: 301, Request ID: X)",
        (
            "The us-east-1a location constraint is incompatible for the region specific endpo"
            "int this request was sent to."
        ),
        'Could not connect to the endpoint URL: "https://s3.us-east-1a.amazonaws.com/"',
        (
            "UnknownEndpoint: Inaccessible host: `prosdevlab.s3.oregon.amazonaws.com'. This s"
            "ervice may not be available in the `Oregon' region."
        ),
    ),
    "files.sse-c": (
        (
            "InvalidRequest: The object was stored using a form of Server Side Encryption. Th"
            "e correct parameters must be provided to retrieve the object."
        ),
        (
            "An error occurred (InvalidRequest) when calling the UploadPart operation: The mu"
            "ltipart upload initiate requested encryption. Subsequent part requests must incl"
            "ude the appropriate encryption parameters."
        ),
        (
            "An error occurred (InvalidArgument) when calling the GetObject operation: Reques"
            "ts specifying Server Side Encryption with Customer provided keys must provide an"
            " appropriate secret key."
        ),
        ("InvalidRequest: x-amz-server-side-encryption-customer-algorithm header is required"),
    ),
}
"""Texts by the first cause that they lead to."""

NOT_OURS: Final[tuple[str, ...]] = (
    (
        'psycopg2.OperationalError: could not translate host name "db" to address: Tempor'
        "ary failure in name resolution"
    ),
    (
        'could not translate host name "mydb.abc123.us-east-1.rds.amazonaws.com" to addre'
        "ss: Name or service not known"
    ),
    (
        "fatal: unable to access 'https://github.com/acme/x.git/': SSL certificate proble"
        "m: self signed certificate in certificate chain"
    ),
    (
        "fatal: unable to access 'https://github.com/acme/x.git/': Could not resolve host"
        ": github.com"
    ),
    (
        "npm ERR! request to https://packages.example.org/express failed, reason: getaddrin"
        "fo ENOTFOUND packages.example.org"
    ),
    (
        "HTTPSConnectionPool(host='packages.example.net', port=443): Max retries exceeded with "
        "url: /simple/boto3/ (Caused by NewConnectionError('<pip._vendor.urllib3.connection.HTT"
        "PSConnection object at 0x7>: Failed to establish a new connection: [Errno -3] Te"
        "mporary failure in name resolution'))"
    ),
    "Error: connect ECONNREFUSED 127.0.0.1:5432",
    (
        'Error response from daemon: Get "https://registry-1.docker.io/v2/": x509: certif'
        "icate signed by unknown authority"
    ),
    (
        "error: tls: failed to verify certificate: x509: certificate signed by unknown au"
        "thority: https://vault.corp.example:8200/v1/auth"
    ),
    (
        "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connec"
        "tion refused."
    ),
    'Could not connect to the endpoint URL: "http://localhost:9000/acme"',
    "dial tcp 10.0.0.5:3306: i/o timeout",
    "Caused by: java.net.UnknownHostException: kafka-1",
    "getaddrinfo ENOTFOUND smtp.example.com",
    (
        "pymongo.errors.ServerSelectionTimeoutError: cluster0.mongodb.net:27017: [Errno 1"
        "1001] getaddrinfo failed"
    ),
    (
        "org.postgresql.util.PSQLException: SSL error: PKIX path building failed: sun.sec"
        "urity.provider.certpath.SunCertPathBuilderException: unable to find valid certif"
        "ication path to requested target"
    ),
    "Credential should be scoped to correct service: 'execute-api'. ",
    (
        "Hostname/IP does not match certificate's altnames: Host: my.bucket.s3.amazonaws."
        "com. is not in the cert's altnames: DNS:*.s3.amazonaws.com, DNS:s3.amazonaws.com"
    ),
    (
        "google.auth.exceptions.DefaultCredentialsError: Could not automatically determin"
        "e credentials."
    ),
    (
        "ClientAuthenticationError: DefaultAzureCredential failed to retrieve a token fro"
        "m the included credentials."
    ),
    "context deadline exceeded",
    "Connection refused",
    "Read timed out",
    "429 Too Many Requests: https://api.github.com/repos",
    'Could not connect to the endpoint URL: "https://s3.wasabisys.com/"',
    "The Azure region 'us-east-1a' is nice",
    "Timeout waiting for connection from pool",
    (
        "com.amazonaws.SdkClientException: Unable to execute HTTP request: Timeout waitin"
        "g for connection from pool"
    ),
    (
        "Unable to connect to the server: dial tcp: lookup ABC.gr7.us-east-1.eks.amazonaw"
        "s.com: no such host"
    ),
    "Error: connect ECONNREFUSED ::1:5432",
    "curl: (7) Failed to connect to localhost port 8080: Connection refused",
    ('Get "https://kubernetes.default.svc/api": dial tcp 10.96.0.1:443: i/o timeout'),
    "The region us-east-1 is healthy",
    ("x509: certificate signed by unknown authority (https://harbor.corp.example/v2/)"),
    "pq: SSL is not enabled on the server",
    ("ssl.SSLCertVerificationError: certificate verify failed for imap.example.com:993"),
    "java.net.ConnectException: Connection refused: kafka.internal:9092",
    "dial tcp: lookup api.stripe.com: no such host",
    ("HTTPSConnectionPool(host='hooks.slack.com', port=443): Read timed out. (read timeout=10)"),
    "Invalid region: please choose a region from the list",
    "Too many requests, please try again later (api.github.com)",
    "The provided value for region is invalid",
    "ENOTFOUND packages.example.org",
    "certificate has expired for example.com",
    "SSL: WRONG_VERSION_NUMBER",
    "The request timed out",
    "Unable to connect to the remote server",
    "UnauthorizedException: gitlab token",
)
"""The same words of other programs, of other hosts, or of nobody in particular."""

REPORTS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "terraform#29583",
        "env.offline",
        (
            'Error refreshing state: RequestError: send request failed\ncaused by: Get "ht'
            "tps://xxxxx-bucket.s3.ap-southeast-2.amazonaws.com/xxxxxxx/terraform.tfstate"
            '": dial tcp 67.230.169.182:443: connect: connection refused'
        ),
    ),
    (
        "azure-dev-docs#558",
        "",
        (
            "Initializing the backend...\n│ Error: Failed to get existing workspaces: cont"
            "ainers.Client#ListBlobs: Failure sending request: StatusCode=0 -- Original E"
            'rror: Get "https://tfbackend.blob.core.windows.net/terraform-backend-contain'
            'er?comp=list&prefix=terraform.tfstateenv%3A&restype=container": dial tcp: lo'
            "okup tfbackend.blob.core.windows.net on 168.63.129.16:53:no such host"
        ),
    ),
    (
        "sxarp/drafts#33",
        "env.offline",
        (
            "Failed to save state: failed to upload state: RequestError: send request fai"
            "led\ncaused by: Put https://terraform-backend.s3.ap-northeast-1.amazonaws.com"
            "/terraform: dial tcp: lookup terraform-backend.s3.ap-northeast-1.amazonaws.c"
            "om on 127.0.0.11:53: no such host\n\n\nError: Failed to persist state to backen"
            "d.\n\nThe error shown above has prevented Terraform from writing the updated s"
            "tate"
        ),
    ),
    (
        "terraform#10779",
        "env.tls-intercepted",
        (
            "Error refreshing state: 1 error(s) occurred:\n\n* RequestError: send request f"
            "ailed\ncaused by: Post https://sts.amazonaws.com/: x509: certificate signed b"
            "y unknown authority"
        ),
    ),
    (
        "sbercloud#378",
        "bucket.region-mismatch",
        (
            "╷\n│ Error: Retrieving AWS account details: AWS account ID not previously fou"
            "nd and failed retrieving via all available methods.\n│\n│ See https://www.terr"
            "aform.io/docs/providers/aws/index.html#skip_requesting_account_id for workar"
            "ound and implications.\n│ Errors: 2 errors occurred:\n│       * retrieving cal"
            "ler identity from STS: operation error STS: GetCallerIdentity, https respons"
            'e error StatusCode: 0, RequestID: , request send failed, Post "https://sts.r'
            'u-moscow-1.amazonaws.com/": dial tcp: lookup sts.ru-moscow-1.amazonaws.com o'
            "n 172.21.96.1:53: no such host"
        ),
    ),
    (
        "terraform#35613",
        "",
        "│ Error: Failed to request discovery document: 503 Service Unavailable",
    ),
    (
        "aws-crt-python#377",
        "env.offline",
        (
            "2022-07-25T12:32:30.605Z [WARN] (Copier) release-downloader: stderr. awscrt."
            "exceptions.AwsCrtError: AWS_IO_DNS_INVALID_NAME: Host name was invalid for d"
            "ns resolution.. {scriptName=services.release-downloader.lifecycle.Run.Script"
            ", serviceName=release-downloader, currentState=RUNNING}"
        ),
    ),
    (
        "mountpoint-s3#1661",
        "env.tls-intercepted",
        (
            '2025-10-16T17:49:10.401770Z DEBUG ThreadId(05) list_objects{id=0 bucket="img'
            '-proxy-test" continued=false delimiter="" max_keys="0" prefix=""}: mountpoin'
            "t_s3_client::s3_crt_client: S3 request failed request_type=Default crt_error"
            '=Some(Error(1029, "aws-c-io: AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, TLS (SSL)'
            ' negotiation failed")) range=None'
        ),
    ),
    (
        "climakitae#649",
        "bucket.region-mismatch",
        (
            "botocore.exceptions.EndpointConnectionError: Could not connect to the endpoi"
            'nt URL: "https://cadcat.s3.garage.amazonaws.com/"'
        ),
    ),
    (
        "DevOpsIssues#1000",
        "bucket.region-mismatch",
        "Error: Invalid AWS Region: var.region",
    ),
    (
        "cloudflare-docs#6867",
        "bucket.region-mismatch",
        (
            'caused by: Post "https://ec2.auto.amazonaws.com/": dial tcp: lookup ec2.auto'
            ".amazonaws.com on 192.168.112.1:53: no such host: timestamp=2022-11-24T14:19"
            ":35.482Z"
        ),
    ),
    (
        "vagrant-aws#417",
        "bucket.region-mismatch",
        (
            "fog-aws-0.7.6/lib/fog/aws.rb:232:in `validate_region!': Unknown region: \"eu-"
            'west-1a" (ArgumentError)'
        ),
    ),
    (
        "crossplane#459",
        "bucket.region-mismatch",
        (
            " Warning  CannotObserveExternalResource  76s (x8 over 12m)  managed/ec2.aws."
            "upbound.io/v1beta1, kind=instance  cannot run refresh: refresh failed: error"
            " configuring Terraform AWS Provider: error validating provider credentials: "
            "error calling sts:GetCallerIdentity: operation error STS: GetCallerIdentity,"
            " exceeded maximum number of attempts, 9, https response error StatusCode: 0,"
            ' RequestID: , request send failed, Post "https://sts.us-east2.amazonaws.com/'
            '": dial tcp: lookup sts.us-east2.amazonaws.com on 10.96.0.10:53: no such hos'
            "t:"
        ),
    ),
    (
        "terraform#489",
        "",
        "Not a valid region: ap-south-1",
    ),
    (
        "(form of terraform#4635)",
        "bucket.region-mismatch",
        "* Not a valid region: us-east-1a",
    ),
    (
        "geodesic#4",
        "env.clock-skew",
        (
            "An error occurred (SignatureDoesNotMatch) when calling the AssumeRole operat"
            "ion: Signature expired: 20170103T233357Z is now earlier than 20170104T042623"
            "Z (20170104T044123Z - 15 min.)"
        ),
    ),
    (
        "cloudposse/docs#203",
        "env.clock-skew",
        (
            "aws-vault: error: Failed to get credentials for example (source profile for "
            "example-staging-admin): SignatureDoesNotMatch: Signature expired: 20180806T0"
            "44229Z is now earlier than 20180806T191638Z (20180806T193138Z - 15 min.)\n   "
            " status code: 403, request id: 56541f26-99af-11e8-afc4-b591fcbce4e0"
        ),
    ),
    (
        "vscode-remote#5048",
        "env.clock-skew",
        (
            "[ERROR]: Error getting AccountId: [SignatureDoesNotMatch: Signature expired:"
            " 20210512T052235Z is now earlier than 20210512T140004Z (20210512T141504Z - 1"
            "5 min.)\n\tat constructor.p (/home/***/.vscode-server/extensions/amazonwebserv"
            "ices.aws-toolkit-vscode-1.25.0/dist/extension.js:44:9005)"
        ),
    ),
    (
        "cloud-gov#5",
        "",
        (
            "Value (us-east-1a) for parameter availabilityZone is invalid. Subnets can cu"
            "rrently only be created in the following availability zones: us-east-1c, us-"
            "east-1d, us-east-1b"
        ),
    ),
    (
        "botocore#1413",
        "bucket.region-mismatch",
        ("fatal error: An error occurred (400) when calling the HeadObject operation: Bad Request"),
    ),
    (
        "snowplow#3196",
        "bucket.region-mismatch",
        "S3ResponseError: 400 Bad Request",
    ),
    (
        "terraform-provider-aws#20278",
        "signin.invalid",
        (
            "Error: error configuring Terraform AWS Provider: error validating provider c"
            "redentials: error calling sts:GetCallerIdentity: InvalidClientTokenId: The s"
            "ecurity token included in the request is invalid.\n\tstatus code: 403, request"
            " id: 4"
        ),
    ),
    (
        "paperclip#2601",
        "env.offline",
        (
            "Seahorse::Client::NetworkingError (Failed to open TCP connection to bucket_n"
            "ame.s3.ap-east-1.amazonaws.com:443 (getaddrinfo: Name or service not known))"
            ":"
        ),
    ),
    (
        "ember-cli-deploy-s3#73",
        "bucket.region-mismatch",
        (
            "- UnknownEndpoint: Inaccessible host:`prosdevlab.s3.oregon.amazonaws.com'. T"
            "his service may not be available in the `Oregon' region."
        ),
    ),
    (
        "key-manager#1",
        "bucket.region-mismatch",
        "https://[BUCKET].s3-us_east_1.amazonaws.com",
    ),
    (
        "chalice#89",
        "bucket.region-mismatch",
        (
            "Error: Error when deploying: Could not connect to the endpoint URL:\n`https:/"
            "/lambda.us-east-1a.amazonaws.com/2015-03-31/functions/chalice-demo`"
        ),
    ),
    (
        "aws-missing-tools#97",
        "bucket.region-mismatch",
        (
            'Could not connect to the endpoint URL: "https://ec2.ap-southeast-1a.amazonaw'
            's.com/"\nAn error occurred when running ec2-describe-volumes. The error retur'
            "ned is below:"
        ),
    ),
    (
        "aws-sdk-ruby#1250",
        "bucket.region-mismatch",
        (
            "Aws::Errors::NoSuchEndpointError: Encountered a `SocketError` while attempti"
            "ng to connect to:\n\n  https://s3.us-east-1a.amazonaws.com/\n\nThis is typically"
            " the result of an invalid `:region` option.\n\n* Not every service is availabl"
            "e in every region.\n\n* Never suffix region names with availability zones.\n  U"
            'se "us-east-1", not "us-east-1a"\n\nKnown possible regions include:\n\nus-east-1'
            "\nus-west-1\n"
        ),
    ),
    (
        "awscr-s3#81",
        "bucket.region-mismatch",
        (
            "Unhandled exception: Hostname lookup for s3-us-east1.amazonaws.com failed: N"
            "o address found (Socket::Addrinfo::Error)\n  from /usr/local/Cellar/crystal/0"
            ".34.0/src/socket/tcp_socket.cr:124:9 in 'initialize'"
        ),
    ),
    (
        "boto3#2131",
        "signin.config-broken",
        (
            'File "/usr/local/lib/python3.6/site-packages/botocore/endpoint.py", line 297'
            ', in create_endpoint\n    raise ValueError("Invalid endpoint: %s" % endpoint_'
            "url)\nValueError: Invalid endpoint: https://s3..amazonaws.com"
        ),
    ),
    (
        "awslogs#327",
        "bucket.region-mismatch",
        "ValueError: Invalid endpoint: https://logs.US West (Oregon).amazonaws.com",
    ),
    (
        "aws-sdk-php#372",
        "env.tls-intercepted",
        "[curl] 60: SSL certificate problem: unable to get local issuer certificate",
    ),
    (
        "yii2-aws-sdk#5",
        "env.tls-intercepted",
        (
            'Error executing "ListObjects" on "https://s3-us-west-2.amazonaws.com/datsan?'
            'prefix=manual&encoding-type=url"; AWS HTTP error: cURL error 60: SSL certifi'
            "cate problem: unable to get local issuer certificate (see http://curl.haxx.s"
            "e/libcurl/c/libcurl-errors.html)"
        ),
    ),
    (
        "lambdaphp#4 (wrapped)",
        "env.tls-intercepted",
        (
            "> In WrappedHttpHandler.php line 191:\n> \n>   [Aws\\Iam\\Exception\\IamException"
            ']\n>   Error executing "CreateRole" on "https://iam.amazonaws.com"; AWS HTTP '
            "error: cURL error 60: SSL certificate problem\n>   : unable to get local issu"
            "er certificate (see http://curl.haxx.se/libcurl/c/libcurl-errors.html)"
        ),
    ),
    (
        "aws-sdk-php#1741",
        "env.tls-intercepted",
        (
            "Fatal error: Uncaught exception 'Aws\\S3\\Exception\\S3Exception' with message "
            '\'Error executing "CopyObject" on "https://user1000.s3.ap-south-1.amazonaws.c'
            'om/dfd1.jpg-copy"; AWS HTTP error: cURL error 77: error setting certificate '
            "verify locations: CAfile: C:\\xampp\\apache\\bin\\curl-ca-bundle.crt CApath: non"
            "e (see http://curl.haxx.se/libcurl/c/libcurl-errors.html)'"
        ),
    ),
    (
        "aws-sdk-go#5138",
        "signin.none",
        (
            "failed to sign request: failed to retrieve credentials: failed to refresh ca"
            "ched credentials, no EC2 IMDS role found, operation error ec2imds: GetMetada"
            "ta, request canceled, context deadline exceeded"
        ),
    ),
    (
        "pulumi#10303",
        "signin.none",
        (
            "    Error: invocation of aws:lb/getLoadBalancer:getLoadBalancer returned an "
            "error: 1 error occurred:\n    \t* error configuring Terraform AWS Provider: no"
            " valid credential sources for Terraform AWS Provider found.\n    \n    Please "
            "see https://registry.terraform.io/providers/hashicorp/aws\n    for more infor"
            "mation about providing credentials.\n    \n    Error: no EC2 IMDS role found, "
            "operation error ec2imds: GetMetadata, canceled, context deadline exceeded"
        ),
    ),
    (
        "aws-sdk-go#5306",
        "signin.none",
        (
            '"error": "operation error Secrets Manager: GetSecretValue, get identity: get'
            " credentials: failed to refresh cached credentials, no EC2 IMDS role found, "
            "operation error ec2imds: GetMetadata, exceeded maximum number of attempts, 3"
            ', http response error StatusCode: 503, request to EC2 IMDS failed", "dt.enti'
            'ty.host": "HOST-X"'
        ),
    ),
    (
        "aws-sdk-php#1054",
        "signin.none",
        (
            "Error retrieving credentials from the instance profile metadata server. (cUR"
            "L error 28: Operation timed out after 1000 milliseconds with 0 bytes receive"
            "d (see http://curl.haxx.se/libcurl/c/libcurl-errors.html))"
        ),
    ),
    (
        "aws-sdk-js-v3#3913",
        "signin.none",
        (
            "2022-09-09T02:05:48:  ProviderError: Error response received from instance m"
            "etadata service\n    at ClientRequest.<anonymous> (/usr/src/app/node_modules/"
            "@aws-sdk/credential-provider-imds/dist-cjs/remoteProvider/httpRequest.js:26:"
            "38)"
        ),
    ),
    (
        "Teevity/ice#306",
        "signin.none",
        (
            "2023-07-14 18:23:41,907 [localhost-startStop-1] INFO  BootStrap  - Starting "
            "ice...\n| Error com.amazonaws.SdkClientException: Unable to load AWS credenti"
            "als from any provider in the chain\n| Error \tat com.amazonaws.auth.AWSCredent"
            "ialsProviderChain.getCredentials(AWSCredentialsProviderChain.java:131)\n| Err"
            "or \tat com.amazonaws.http.AmazonHttpClient$RequestExecutor.getCredentialsFro"
            "mContext(AmazonHttpClient.java:1119)"
        ),
    ),
    (
        "kinesis-client#637",
        "signin.none",
        (
            "software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain 95 DEBUG"
            "  - Unable to load credentials from InstanceProfileCredentialsProvider(): Un"
            "able to load credentials from service endpoint."
        ),
    ),
    (
        "msk-iam-auth#195",
        "signin.none",
        (
            "Failed to load credentials from IMDS., com.amazonaws.auth.EC2ContainerCreden"
            "tialsProviderWrapper: Failed to connect to service endpoint"
        ),
    ),
    (
        "aws-sdk-rust#988",
        "signin.none",
        (
            "the credential provider was not enabled: could not communicate with IMDS: di"
            "spatch failure: timeout: error trying to connect: HTTP connect timeout occur"
            "red after 1s: timed out (CredentialsNotLoaded(CredentialsNotLoaded"
        ),
    ),
    (
        "rusoto#1484",
        "signin.none",
        "Couldn't find AWS credentials in environment, credentials file, or IAM role.",
    ),
    (
        "aws-sdk-net#1609",
        "signin.none",
        (
            "Amazon.Runtime.AmazonServiceException: Unable to get IAM security credential"
            "s from EC2 Instance Metadata Service.\n   at Amazon.Runtime.DefaultInstancePr"
            "ofileAWSCredentials.FetchCredentials()"
        ),
    ),
    (
        "AWS.jl#565",
        "bucket.region-mismatch",
        (
            "ERROR: AWS.AWSExceptions.AWSException: SignatureDoesNotMatch -- Credential s"
            "hould be scoped to a valid region, not 'us-east-2'."
        ),
    ),
    (
        "aws-es-curl#15",
        "bucket.region-mismatch",
        ('{"message":"Credential should be scoped to a valid region, not \'eu-west-1\'. "}'),
    ),
    (
        "serverless-s3-local#912",
        "",
        (
            "× Uncaught exception\nEnvironment: win32, node 18.19.0, framework 3.38.0 (loc"
            "al), plugin 7.2.0, SDK 4.5.1\nDocs:        docs.serverless.com\nSupport:     f"
            "orum.serverless.com\nBugs:        github.com/serverless/serverless/issues\n\nEr"
            "ror:\nError: self-signed certificate"
        ),
    ),
    (
        "great_expectations#6506-like minio",
        "",
        (
            "socket.gaierror: [Errno -2] Name or service not known ... Could not connect "
            'to the endpoint URL: "http://minio.default.svc:9000/bucket"'
        ),
    ),
    (
        "EvaporateJS#364",
        "bucket.region-mismatch",
        (
            "AuthorizationHeaderMalformed, Message:The authorization header is malf"
            "ormed; the region 'us-east-1' is wrong; expecting 'eu-central-1'"
        ),
    ),
    (
        "owncloud/core#22847",
        "bucket.region-mismatch",
        (
            '{"reqId":"L","level":3,"time":"2017-12-13T11:05:40+00:00","user":"admi'
            'n","app":"files_external","method":"PUT","url":"\\/index.php\\/apps","me'
            'ssage":"Exception: {\\"Exception\\":\\"Aws\\\\\\\\S3\\\\\\\\Exception\\\\\\\\S3Except'
            'ion\\",\\"Message\\":\\"The authorization header is malformed; the region '
            '\'eu-west-1\' is wrong; expecting \'us-east-1\'\\",\\"Code\\":0,\\"Trace\\":\\"#'
            '0 \\\\\\/opt\\\\\\/owncloud"}'
        ),
    ),
    (
        "aws-cli#2954",
        "bucket.region-mismatch",
        (
            "An error occurred (AuthorizationHeaderMalformed) when calling the List"
            "Buckets operation: The authorization header is malformed; the region '"
            "us_east_1' is wrong; expecting 'us-east-1'"
        ),
    ),
    (
        "s3fs-fuse#1186",
        "",
        (
            "[ERR] curl.cpp:CheckBucket(3423): Check bucket failed, S3 response: <?"
            "xml version='1.0' encoding='UTF-8'?>\n<Error><Code>AuthorizationHeaderM"
            "alformed</Code><Message>The authorization header is malformed; the reg"
            "ion 'us-east-1' is wrong; expecting 'eu-nl-1'</Message><RequestId>tx03"
            "0fad750ef4436b8af60-005db5a5a1</RequestId><Region>eu-nl-1</Region></Er"
            "ror>"
        ),
    ),
    (
        "wp-amazon-s3#460",
        "signin.invalid",
        (
            'Error fetching buckets — Error executing "ListBuckets" on "https://s3.'
            'amazonaws.com/"; AWS HTTP error: Client error: `GET https://s3.amazona'
            "ws.com/` resulted in a `400 Bad Request` response: AuthorizationHeader"
            "Malformed The authorization header (truncated...) AuthorizationHeaderM"
            "alformed (client): The authorization header is malformed; the Credenti"
            'al is mal-formed; expecting "/YYYYMMDD/REGION/SERVICE/aws4_request".'
        ),
    ),
    (
        "CloudStore.jl#52",
        "bucket.region-mismatch",
        (
            "HTTP/1.1 400 Bad Request\nx-amz-request-id: 4RTEHTT2H8YZ1AY1\nServer: Am"
            'azonS3\n\n<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>Authorizat'
            "ionHeaderMalformed</Code><Message>The authorization header is malforme"
            "d; the region 's3' is wrong; expecting 'us-east-1'</Message><Region>us"
            '-east-1</Region></Error>""")'
        ),
    ),
    (
        "showdoc#2126",
        "bucket.region-mismatch",
        (
            '{\n  "error_code": 999,\n  "error_message": "HTTP 400 returned for \\"htt'
            'p://xxxxx.s3.ap-east-1.amazonaws.com/showdoc.jpeg\\".\\n\\nCode:    Autho'
            "rizationHeaderMalformed\\nMessage: The authorization header is malforme"
            "d; the region 'us-east-1' is wrong; expecting 'ap-east-1'\\nType:    \\n"
            "Detail:  \\n \\u3002\\u9519\\u8bef\\u4f4d\\u7f6e\\uff1a/var/www/html/server/v"
            'endor/async-aws/core/src/Response.php  406"\n}'
        ),
    ),
    (
        "flatware#10",
        "bucket.region-mismatch",
        (
            'excon.error.response\n  :body          => "<?xml version=\\"1.0\\" encodi'
            'ng=\\"UTF-8\\"?>\\n<Error><Code>AuthorizationHeaderMalformed</Code><Messa'
            "ge>**The authorization header is malformed; the region 'us-east-1' is "
            "wrong; expecting 'eu-central-1'**</Message><Region>eu-central-1</Regio"
            'n><RequestId>D5F2662865713BDC</RequestId></Error>"'
        ),
    ),
    (
        "dvc#5972",
        "env.tls-intercepted",
        (
            "urllib3.exceptions.SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] certific"
            "ate verify failed: self signed certificate in certificate chain (_ssl."
            "c:1123)"
        ),
    ),
    (
        "boto3#2357",
        "",
        (
            "botocore.exceptions.SSLError: SSL validation failed for https://s3-xxx"
            "xx.xxxx.xxxx.xxx.net/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate ver"
            "ify failed (_ssl.c:727)"
        ),
    ),
    (
        "cockpit/bots#3565",
        "",
        (
            "podman[2014657]: DEBUG:s3:PUT https://cockpit-logs.us-east-1.linodeobj"
            "ects.com/pull-3487 → 403:\ncockpit-tasks-3[2015068]: DEBUG:s3:  b'<?xml"
            ' version="1.0" encoding="UTF-8"?><Error><Code>SignatureDoesNotMatch</C'
            "ode><RequestId>tx00000000000000bcce224-0062b456a7-1946d691-default</Re"
            "questId><HostId>1946d691-default-default</HostId></Error>'"
        ),
    ),
    (
        "nrtsearch#139",
        "bucket.region-mismatch",
        (
            'Exception in thread "main" com.amazonaws.SdkClientException: Unable to'
            " execute HTTP request: yelp-service-data-us-east-1.s3.US.amazonaws.com"
            "\n\tat com.amazonaws.http.AmazonHttpClient$RequestExecutor.handleRetryab"
            "leException(AmazonHttpClient.java:1175)"
        ),
    ),
    (
        "aws-sdk-java-v2#453",
        "bucket.region-mismatch",
        (
            'Exception in thread "main" software.amazon.awssdk.core.exception.SdkCl'
            "ientException: Unable to execute HTTP request: xxx.s3.foo-bar.amazonaw"
            "s.com\nCaused by: java.net.UnknownHostException: xxx.s3.foo-bar.amazona"
            "ws.com\n\tat java.base/java.net.InetAddress$CachedAddresses.get(InetAddr"
            "ess.java:793)"
        ),
    ),
    (
        "aws-sdk#297",
        "env.offline",
        (
            "com.amazonaws.SdkClientException: Unable to execute HTTP request: \nacm"
            "e.s3.ap-south-1.amazonaws.com\nCaused by: java.net.UnknownHostException"
            ": \nacme.s3.ap-south-1.amazonaws.com"
        ),
    ),
    (
        "s3fs-fuse#227",
        "bucket.region-mismatch",
        (
            "[ERR] curl.cpp:CheckBucket(2953): Check bucket failed, S3 response: <?"
            'xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AuthorizationHeaderM'
            "alformed</Code><Message>The authorization header is malformed; the reg"
            "ion 'us-east-1' is wrong; expecting 'us-east-2'</Message><Region>us-ea"
            "st-2</Region><RequestId>43EF790094C0617E</RequestId></Error>\n[CRT] s3f"
            "s.cpp:s3fs_check_service(3775): Could not connect wrong region us-east"
            "-1, so retry to connect region us-east-2."
        ),
    ),
    (
        "key-hunt: s3fs DNS",
        "env.offline",
        ("[ERR] curl.cpp:RequestPerform(2520): curlCode: 6 msg: Couldn't resolve host name"),
    ),
    (
        "rclone form",
        "env.offline",
        (
            'Failed to create file system for "s3:acme": RequestError: send request'
            ' failed\ncaused by: Get "https://acme.s3.eu-west-1.amazonaws.com/": dia'
            "l tcp: lookup acme.s3.eu-west-1.amazonaws.com: no such host"
        ),
    ),
    (
        "s5cmd form",
        "signin.none",
        (
            'ERROR "ls s3://acme": NoCredentialProviders: no valid providers in cha'
            "in. Deprecated. For verbose messaging see aws.Config.CredentialsChainV"
            "erboseErrors"
        ),
    ),
    (
        "fluentd form",
        "env.timeout",
        (
            "2026-11-29 06:53:16 +0000 [error]: #0 unexpected error error_class=Sea"
            'horse::Client::NetworkingError error="Net::OpenTimeout"'
        ),
    ),
    (
        "logstash form",
        "env.tls-intercepted",
        (
            "[2026-11-29T06:53:16,123][ERROR][logstash.inputs.s3] S3 input: Unable "
            "to list objects in bucket {:exception=>Seahorse::Client::NetworkingErr"
            'or, :message=>"certificate verify failed (unable to get local issuer c'
            'ertificate)"}'
        ),
    ),
    (
        "journald+wrapped",
        "env.tls-intercepted",
        (
            "Nov 29 06:53:16 ip-10-0-0-1 sync[812]: SSL validation failed for https"
            "://sts.amazonaws.com/ [SSL: CERTIFICATE_VER\nNov 29 06:53:16 ip-10-0-0-"
            "1 sync[812]: IFY_FAILED] certificate verify failed"
        ),
    ),
    (
        "Airflow",
        "signin.none",
        (
            "[2026-11-29, 06:53:16 UTC] {taskinstance.py:1824} ERROR - Task failed "
            "with exception\n[2026-11-29, 06:53:16 UTC] {taskinstance.py:1824} ERROR"
            " - botocore.exceptions.NoCredentialsError: Unable to locate\n[2026-11-2"
            "9, 06:53:16 UTC] {taskinstance.py:1824} ERROR - credentials"
        ),
    ),
    (
        "gcs",
        "",
        (
            "google.api_core.exceptions.ServiceUnavailable: 503 GET https://storage"
            ".googleapis.com/storage/v1/b/acme: timeout"
        ),
    ),
    (
        "azure",
        "",
        (
            "azure.core.exceptions.ServiceRequestError: <urllib3.connection.HTTPSCo"
            "nnection object at 0x7f>: Failed to resolve 'acme.blob.core.windows.ne"
            "t' ([Errno -2] Name or service not known)"
        ),
    ),
    (
        "snowflake",
        "",
        (
            "250001 (08001): Failed to connect to DB: acme.snowflakecomputing.com:4"
            "43. Failed to resolve: [Errno 11001] getaddrinfo failed"
        ),
    ),
    (
        "kafka",
        "",
        (
            "org.apache.kafka.common.errors.TimeoutException: Timed out waiting for"
            " a node assignment. Call: listTopics"
        ),
    ),
    (
        "sftp",
        "",
        "ssh: connect to host sftp.example.com port 22: Connection timed out",
    ),
    (
        "curl other",
        "",
        (
            "curl: (60) SSL certificate problem: self-signed certificate\nMore detai"
            "ls here: https://curl.se/docs/sslcerts.html for https://intranet.examp"
            "le/"
        ),
    ),
    (
        "vpn text",
        "",
        "The VPN server could not be resolved: vpn.corp.example",
    ),
    (
        "smtp",
        "",
        (
            "smtplib.SMTPConnectError: (421, b'Service not available') [Errno 110] "
            "Connection timed out"
        ),
    ),
    (
        "generic 503",
        "",
        "nginx: 503 Service Temporarily Unavailable",
    ),
    (
        "region prose",
        "",
        "Which region is our bucket in? I think Sydney or us-east-1a is nice.",
    ),
    (
        "s3-client#120",
        "env.timeout",
        (
            "Error: write ECONNRESET\n    at errnoException (net.js:905:11)\n    at O"
            "bject.afterWrite (net.js:721:19)\n    at [object Object].handleRequest "
            "(/srv/opt/x/node_modules/s3/node_modules/aws-sdk/lib/http/node.js:42:2"
            "3)"
        ),
    ),
    (
        "aws-sdk-js-v3#3905",
        "env.timeout",
        (
            '{"code":"ECONNRESET","name":"TimeoutError","$metadata":{"attempts":2,"'
            'totalRetryDelay":1}}'
        ),
    ),
    (
        "aws-sdk-js#1768",
        "env.timeout",
        (
            "error in callback\n{ NetworkingError: socket hang up\n    at createHangU"
            "pError (_http_client.js:254:15)\n  message: 'socket hang up',\n  code: '"
            "NetworkingError',\n  retryable: true,\n  statusCode: 400 }"
        ),
    ),
    (
        "aws-sdk-js#3713",
        "",
        (
            "2021-04-16T06:00:24.537Z 1f630065 INFO Error: Client network socket di"
            "sconnected before secure TLS connection was established at connResetEx"
            "ception (internal/errors.js:609:14) { code: 'ECONNRESET', path: null, "
            "host: 'bot-api.kakao.com', port: 443, localAddress: undefined, }"
        ),
    ),
    (
        "aws-sdk-js#454",
        "env.timeout",
        (
            "2014-12-31 00:12:22,395 - info: Error uploading file:RequestTimeout: Y"
            "our socket connection to the server was not read from or written to wi"
            "thin the timeout period. Idle connections will be closed."
        ),
    ),
    (
        "aws-cli#634",
        "env.timeout",
        (
            "upload failed: <file> to <s3-address>\nHTTPSConnectionPool(host='<bucke"
            "t>.s3.amazonaws.com', port=443): Max retries exceeded with url: <s2-ke"
            "y>?partNumber=2 (Caused by <class 'socket.error'>: [Errno 104] Connect"
            "ion reset by peer)"
        ),
    ),
    (
        "aws-cli#868",
        "env.proxy",
        ("Cannot connect to proxy. socket error : Tunnel connection failed : 403 forbidden"),
    ),
    (
        "aws-cli#6614",
        "env.offline",
        (
            'Could not connect to the endpoint URL: "https://sts.amazonaws.com"\nCon'
            "nectionRefusedError: [WinError 10061] No connection could be made beca"
            "use the target machine actively refused it"
        ),
    ),
    (
        "aws-cli#5872",
        "signin.none",
        (
            "Caught retryable HTTP exception while making metadata service request "
            "to http://169.254.169.254/latest/api/token: Could not connect to the e"
            'ndpoint URL: "http://169.254.169.254/latest/api/token"\nOSError: [WinEr'
            "ror 10051] A socket operation was attempted to an unreachable network"
        ),
    ),
    (
        "aws-cli#1532",
        "env.proxy",
        (
            "ConnectionError: HTTPSConnectionPool(host='ec2.us-east-1.amazonaws.com"
            "', port=443): Max retries exceeded with url: / (Caused by ProxyError('"
            "Cannot connect to proxy.', error(10061, 'No connection could be made b"
            "ecause the target machine actively refused it')))"
        ),
    ),
    (
        "aws-cli#5744",
        "env.tls-intercepted",
        (
            "SSL validation failed for https://sts.amazonaws.com/ EOF occurred in v"
            "iolation of protocol (_ssl.c:618)"
        ),
    ),
    (
        "toolkit-vscode#2689",
        "env.offline",
        (
            "2022-06-09 14:45:42 [ERROR]: Error getting AccountId: [UnknownEndpoint"
            ": Inaccessible host: `sts.eu-west-1.amazonaws.com' at port `undefined'"
            ". This service may not be available in the `eu-west-1' region."
        ),
    ),
    (
        "awscli-login#32",
        "",
        (
            "HTTPSConnectionPool(host='ssoauth.xxxxxx.com', port=443): Max retries "
            "exceeded with url: /idp/startSSO.ping?PartnerSpId=urn%3Aamazon%3Awebse"
            "rvices (Caused by ProxyE\nrror('Cannot connect to proxy.', OSError('Tun"
            "nel connection failed: 400 Bad Request')))"
        ),
    ),
)
"""Where, the first cause ("" for none), and the text: posted on GitHub where a repository and a
number stand, else written in the form of that program."""
