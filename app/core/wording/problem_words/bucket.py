"""The words of the problems of a bucket's fields: its name, region, prefix and key."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message, Plural

_NAME: Final[dict[str, Message]] = {
    "bucket.empty": mark("Enter the name of the bucket, as the S3 console shows it."),
    "bucket.short": Plural(
        "A bucket name has at least 3 characters; this has {count}.",
        "A bucket name has at least 3 characters; this has {count}.",
        by="count",
    ),
    "bucket.long": Plural(
        "A bucket name has at most {limit} characters; this has {count}.",
        "A bucket name has at most {limit} characters; this has {count}.",
        by="count",
    ),
    "bucket.space": mark("A bucket name has no spaces. Enter one name, as S3 shows it."),
    "bucket.capitals": mark("A bucket name has no capital letters. Copy the name as S3 shows it."),
    "bucket.underscore": mark(
        "A bucket name has no underscores (_). Check whether it has hyphens (-) instead."
    ),
    "bucket.characters": mark(
        "A bucket name has only small letters, digits, full stops and hyphens; "
        "this contains {characters}."
    ),
    "bucket.start": mark("A bucket name starts with a letter or a digit."),
    "bucket.end": mark("A bucket name ends with a letter or a digit."),
    "bucket.periods": mark("A bucket name never has two full stops next to each other."),
    "bucket.ip": mark("A bucket name can’t have the form of an IP address. Enter the name."),
    "bucket.starts-xn": mark("No bucket name starts with “xn--”: S3 reserves it."),
    "bucket.starts-sthree": mark("No bucket name starts with “sthree-”: S3 reserves it."),
    "bucket.starts-demo": mark(
        "“amzn-s3-demo-” is only in the examples of AWS. Enter the name of your own bucket."
    ),
    "bucket.ends-an": mark(
        "S3 now keeps names that end in “-an” for buckets with an account and a region in their "
        "name. Check that nothing was cut off."
    ),
    "bucket.legacy": mark(
        "Only old buckets in US East (N. Virginia) can have such a name: with capital letters, "
        "underscores or more than 63 characters. Check it in S3."
    ),
    "bucket.directory": mark(
        "This is a directory bucket (S3 Express One Zone). "
        "UbiQuity connects only to general purpose buckets."
    ),
    "bucket.table": mark(
        "This is a table bucket. UbiQuity connects only to general purpose buckets."
    ),
    "bucket.access-point": mark(
        "This is an access point. UbiQuity needs the name of the bucket behind it."
    ),
    "bucket.object-lambda": mark(
        "This is an Object Lambda access point. UbiQuity needs the name of the bucket behind it."
    ),
    "bucket.multi-region-access-point": mark(
        "This is a Multi-Region Access Point. UbiQuity needs the name of one bucket behind it."
    ),
    "bucket.outposts": mark(
        "This bucket is on an Outpost. UbiQuity connects only to buckets in an AWS region."
    ),
    "bucket.partition": mark(
        "This bucket is in China, GovCloud or the European Sovereign Cloud. "
        "UbiQuity can connect only to the standard AWS cloud."
    ),
    "bucket.other-arn": mark("This ARN isn’t that of an S3 bucket. Enter the bucket’s name."),
    "bucket.other-service": mark("This isn’t an address of S3. Enter the bucket’s name."),
    "bucket.address-without": mark(
        "There is no bucket in this address. Open the bucket in S3, or enter its name."
    ),
    "bucket.example": mark("This is the example from the guide. Check that it is your bucket."),
    "bucket.placeholder": mark(
        "This is the placeholder from the guide. Enter the name of your own bucket."
    ),
    "bucket.taken": mark("The bucket’s name was taken from what you entered."),
    "bucket.taken-prefix": mark(
        "Filled in from what you pasted: bucket {bucket}, prefix {prefix}."
    ),
    "bucket.taken-region": mark(
        "Filled in from what you pasted: bucket {bucket}, region {region}."
    ),
    "bucket.taken-prefix-region": mark(
        "Filled in from what you pasted: bucket {bucket}, prefix {prefix}, region {region}."
    ),
    "bucket.account-regional": mark(
        "According to its name, this bucket belongs to account {account} and is in {region}."
    ),
    "bucket.other-account": mark(
        "According to its name, this bucket belongs to account {account}. The "
        "role has to be in the bucket’s own account."
    ),
    "bucket.not-in-aws": mark("AWS knows no bucket of this name. Check each letter of it."),
    "bucket.other-region": mark(
        "According to its name, this bucket is in {region}. Check the region."
    ),
}

_REGION: Final[dict[str, Message]] = {
    "region.other-in-aws": mark("AWS says this bucket is in {region}."),
    "region.empty": mark(
        "Enter the bucket’s region. The S3 console shows it beside the bucket’s name."
    ),
    "region.malformed": mark("This isn’t a region of AWS. Enter its code, such as ap-southeast-2."),
    "region.misspelt": mark("This isn’t a region of AWS. Did you mean {region}?"),
    "region.number": mark(
        "The number at the end is missing. Enter the whole code, such as ap-southeast-2."
    ),
    "region.ambiguous": mark(
        "More than one region is called that: {regions}. Enter the one the bucket is in."
    ),
    "region.several": mark("A bucket is in one region. Leave only that one."),
    "region.unknown": mark(
        "This program doesn’t know the region {region}. Check it; if it is new, go on."
    ),
    "region.china": mark(
        "This region is in AWS China, which is a separate cloud: UbiQuity’s account "
        "can’t be trusted across it."
    ),
    "region.govcloud": mark(
        "This region is in AWS GovCloud, which is a separate cloud: UbiQuity’s account "
        "can’t be trusted across it."
    ),
    "region.sovereign": mark(
        "This region is in the AWS European Sovereign Cloud, which is a separate cloud: "
        "UbiQuity’s account can’t be trusted across it."
    ),
    "region.isolated": mark(
        "This region is in an isolated cloud of AWS: UbiQuity’s account can’t be trusted across it."
    ),
    "region.opt-in": mark(
        "An AWS account has to switch this region on; if your bucket is there, yours has."
    ),
    "region.zone": mark("The region of that zone is {region}."),
    "region.taken": mark("The region’s code is {region}."),
}

_PREFIX: Final[dict[str, Message]] = {
    "prefix.not-as-it-is": mark(
        "UbiQuity’s form can’t hold this name as it is. Rename the folder in AWS, or choose the "
        "one above it."
    ),
    "prefix.line-break": mark(
        "A prefix can’t contain line breaks or tabs. Enter one folder, on one line."
    ),
    "prefix.control": mark(
        "A prefix can’t contain {characters}. Type it again instead of pasting it."
    ),
    "prefix.long": mark("A prefix has at most {limit} bytes; this has {count}. Shorten it."),
    "prefix.characters": mark(
        "AWS policies can’t contain {characters}. "
        "Choose a folder without it, or don’t limit access to this folder."
    ),
    "prefix.empty-restricted": mark(
        "Enter the folder that access is limited to, such as imports/."
    ),
    "prefix.slash-needed": mark(
        "Put a / at the end: without it, other folders whose names start the same "
        "would be open too."
    ),
    "prefix.reference": mark(
        "AWS CloudFormation takes “{{{{resolve:” for a command. Access can’t be limited to a "
        "folder with that in its name: use another folder."
    ),
    "prefix.address": mark("This is an address, but not that of a folder in a bucket."),
    "prefix.leading-slash": mark(
        "It starts with /, and folders in S3 hardly ever do. Remove it unless yours does."
    ),
    "prefix.no-slash": mark(
        "Put a / at the end if this is a folder: without it, "
        "other names that start the same are meant too."
    ),
    "prefix.bucket-name": mark(
        "It starts with the bucket’s name. The prefix is only the folder inside the bucket."
    ),
    "prefix.backslash": mark("It contains \\, but S3 separates folders with /."),
    "prefix.double-slash": mark(
        "It contains // , which in S3 means a folder without a name. Remove one of the two."
    ),
    "prefix.dots": mark("In S3 . and .. are plain names and lead to no other folder. Remove them."),
    "prefix.file": mark("This looks like a file. The prefix is the folder in which files are."),
    "prefix.star": mark(
        "It ends with *, which is not needed: a prefix covers everything that starts with it."
    ),
    "prefix.encoded": mark(
        "It contains % and a number, as web addresses do. "
        "Enter the folder’s name as the S3 console shows it."
    ),
    "prefix.unseen": mark(
        "It contains a character that can’t be seen or only looks like a space. Type it again."
    ),
    "prefix.wildcards": mark("*, ? and $ stand for themselves here and match nothing else."),
    "prefix.taken": mark("The prefix {prefix} was taken from the address."),
    "prefix.taken-none": mark("That address is of the whole bucket, so there is no prefix."),
}

_KEY: Final[dict[str, Message]] = {
    "kms.other-in-aws": mark("AWS says this bucket encrypts with another key: {key}."),
    "encryption.key-in-aws": mark(
        "AWS says this bucket encrypts with a KMS key of your own: {key}."
    ),
    "encryption.no-key-in-aws": mark(
        "AWS says this bucket does not encrypt with a KMS key of your own."
    ),
    "kms.empty": mark("Enter the key’s ARN. KMS shows it at the top of the key’s page."),
    "kms.malformed": mark(
        "This isn’t the ARN of a KMS key, which starts with arn:aws:kms: "
        "and ends with key/ and the key’s ID. Copy it from the key’s page in KMS."
    ),
    "kms.region-missing": mark(
        "The region is missing in this ARN. Copy the ARN from the key’s page in KMS."
    ),
    "kms.key-id": mark(
        "This is only the key’s ID. Enter the whole ARN from the key’s page in KMS."
    ),
    "kms.alias": mark(
        "This is an alias, which may change to another key. "
        "Enter the ARN from the key’s page in KMS."
    ),
    "kms.aws-managed": mark(
        "This key is managed by AWS and needs no setting up. Choose the default encryption instead."
    ),
    "kms.no-key-needed": mark(
        "This encryption is the default of S3 and has no key to enter. "
        "Choose the default encryption instead."
    ),
    "kms.partition": mark(
        "This key is in China, GovCloud or the European Sovereign Cloud. "
        "UbiQuity can connect only to the standard AWS cloud."
    ),
    "kms.other-arn": mark("This ARN isn’t that of a KMS key. Copy it from the key’s page in KMS."),
    "kms.region": mark(
        "This key is in {key_region} but the bucket is in {region}. They have to be in the "
        "same region: check both."
    ),
    "kms.replica-elsewhere": mark(
        "This is the multi-Region key’s ARN in {key_region}. "
        "Enter the ARN of its copy in {region}, where the bucket is."
    ),
    "kms.other-account": mark(
        "This key belongs to account {account}. Its key policy and a policy of the role "
        "both have to allow its use."
    ),
    "kms.small-letters": mark("The ARN was written in small letters, as AWS does."),
}

BUCKET_PROBLEM_WORDS: Final[dict[str, Message]] = _NAME | _REGION | _PREFIX | _KEY
