"""Policies as people posted them: shortened, names and accounts replaced, their form kept.

From public repositories, issues and pages, found in November 2026; ``source`` says in what.
"""

from typing import NamedTuple

from app.core.pasted_documents.kinds import DocumentKind


class Posted(NamedTuple):
    """A text, the kinds of documents that are in it, and what must be said: slips, ways, hints."""

    source: str
    text: str
    kinds: tuple[DocumentKind, ...]
    said: frozenset[str] = frozenset()


def _posted(source: str, text: str, *kinds: DocumentKind, said: str = "") -> Posted:
    return Posted(source, text, kinds, frozenset(said.split()))


POSTED = (
    _posted(
        "a whitepaper of AWS's own, after its change to Markdown",
        """```
{
“Version”: “2012-10-17”,
“Statement”: [
{
“Effect”: “Allow”,
“Action”: “s3:*”,
“Resource”: [
“arn:aws:s3:::bucket-name”,
“arn:aws:s3:::bucket-name/*”
],
},
{
“Effect”: “Deny”,
“NotAction”: “s3:*”,
“NotResource”: [
“arn:aws:s3:::bucket-name”
]
}
]
}
```""",
        DocumentKind.PERMISSIONS,
        said="curly-quotes extra-comma",
    ),
    _posted(
        "a book's chapter, each line in a fence of its own",
        """    ```php
    {
    ```

    ```php
        “Version”: “2012-10-17”,
    ```

    ```php
        “Statement”: [{ “Effect”: “Allow”, “Principal”: {
    ```

    ```php
            “Service”: [ “ec2.amazonaws.com”, ]
        }, “Action”: “sts:AssumeRole” } ] }
    ```
""",
        DocumentKind.TRUST,
        said="curly-quotes extra-comma",
    ),
    _posted(
        "notes for an exam, Markdown's own signs escaped",
        "Choose 2 answers { “Version”: “2012-10-17”, “Statement”: \\[ { “Effect”: “Allow”, "
        "“Action”: “s3:\\*”, “Resource”: “\\*” } \\] }\n\n1. The role",
        DocumentKind.PERMISSIONS,
        said="curly-quotes backslash",
    ),
    _posted(
        "a README, blank lines between",
        "Copy-paste the below\n\n{\n\n“Version”: “2012-10-17”,\n\n“Statement”: [\n\n{\n\n“Effect”: "
        "“Allow”,\n\n“Principal”: {\n\n“Service”: “ec2.amazonaws.com”\n\n},\n\n“Action”: "
        "“sts:AssumeRole”\n\n}\n\n]\n\n}\n\n# B. Next",
        DocumentKind.TRUST,
        said="curly-quotes",
    ),
    _posted(
        "an appendix, another statement kept in a comment",
        """> Scope paths to **exact** parameters.
{
“Version”: “2012-10-17”,
“Statement”: [
{
“Effect”: “Allow”,
“Action”: [“ssm:GetParameter”],
“Resource”: “arn:aws:ssm:us-east-2:ACCOUNT_ID:parameter/key”
}
/* If the parameter is encrypted with a CMK, also allow:
{
“Effect”: “Allow”,
“Action”: [“kms:Decrypt”]
}
*/
]
}
**Apply from laptop:**""",
        DocumentKind.PERMISSIONS,
        said="curly-quotes comment",
    ),
    _posted(
        "a page's source with its tags",
        """<code className="text-sm">
&#123;<br/>
&nbsp;&nbsp;&quot;Version&quot;: &quot;2012-10-17&quot;,<br/>
&nbsp;&nbsp;&quot;Statement&quot;: [<br/>
&nbsp;&nbsp;&nbsp;&nbsp;&#123;<br/>
&nbsp;&nbsp;&quot;Effect&quot;: &quot;Allow&quot;, &quot;Action&quot;: [<br/>
&nbsp;&nbsp;&quot;ec2:DescribeInstances&quot;<br/>
],<br/>&nbsp;&quot;Resource&quot;: &quot;*&quot;<br/>
&#125;<br/>
]<br/>
&#125;
</code>""",
        DocumentKind.PERMISSIONS,
        said="html odd-spaces",
    ),
    _posted(
        "a vendor's documentation, one line of HTML",
        '<pre tabindex="0"><code class="language-json">{&#10;\t&quot;I'
        "d&quot;: &quot;&lt;POLICY_ID&gt;"
        "&quot;,&#10;\t&quot;Version&quot;: &quot;2012-10-17&quot;,&#10;\t&quot;Statement&quot;: ["
        "&#10;\t\t{&#10;\t\t\t&quot;Action&quot;: [&quot;s3:PutObject&quot;],&#10;\t\t\t"
        "&quot;Effect&quot;: &quot;Allow&quot;,&#10;\t\t\t&quot;Resource&quot;: "
        "&quot;arn:aws:s3:::burritobot/logs/*&quot;,&#10;\t\t\t&quot;P"
        "rincipal&quot;: {&#10;\t\t\t\t"
        "&quot;AWS&quot;: [&quot;arn:aws:iam::391854517948:user/logpus"
        "h&quot;]&#10;\t\t\t}&#10;\t\t}"
        "&#10;\t]&#10;}&#10;</code></pre>",
        DocumentKind.BUCKET,
        said="html places",
    ),
    _posted(
        "a highlighted page",
        '<span class="line"><span style="color:#e1e4e8;">{</span></span>\n'
        '<span class="line"><span style="color:#e1e4e8;">&quot;Statement&quot;: {</span></span>\n'
        '<span class="line"><span style="color:#e1e4e8;">&quot;Effect&quot;: &quot;Deny&quot;, '
        "&quot;Action&quot;: &quot;ec2:RunInstances&quot;,   // only Seoul</span></span>\n"
        '<span class="line"><span>&quot;Resource&quot;: &quot;*&quot; }}</span></span>',
        DocumentKind.PERMISSIONS,
        said="html comment",
    ),
    _posted(
        "a role in Terraform, its policy in a heredoc",
        """resource "aws_iam_role" "stream" {
  assume_role_policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::${var.account}:root" },
      "Action": "sts:AssumeRole",
      "Condition": { "StringEquals": { "sts:ExternalId": "${var.external_id}" } }
    }
  ]
}
EOF
}""",
        DocumentKind.TRUST,
        said="places",
    ),
    _posted(
        "a script in TypeScript",
        """const crossAccountPolicy = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: `arn:aws:iam::${process.env.MASTER_ACCOUNT_ID}:root`,
          },
          Action: "sts:AssumeRole",
        },
      ],
    };""",
        DocumentKind.TRUST,
        said="bare-name extra-comma curly-quotes places",
    ),
    _posted(
        "what a library's function returns",
        """This method will return:
```
{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Action": "sts:AssumeRole",
            "Effect": "Allow",
            "Condition": {"StringEquals": {"sts:ExternalId": "test_data"}},
            "Principal": {"AWS": "arn:aws:iam::123456789012:role/dfi/import-api"},
        }
    ],
}
 ```""",
        DocumentKind.TRUST,
        said="extra-comma",
    ),
    _posted(
        "a test of another program, a list of roles as IAM's API gives them",
        """const roles = [
    {
        "Path": "/",
        "RoleName": "test-role",
        "Arn": "arn:aws:iam::123456654321:role/test-role",
        "AssumeRolePolicyDocument": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B"""
        """%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22ec2.amazonaws"""
        """.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D",
        "MaxSessionDuration": 3600
    }
];""",
        DocumentKind.ROLE,
        DocumentKind.TRUST,
        said="other-account other-role",
    ),
    _posted(
        "an event of CloudTrail, in a program's margin",
        '        |{ "eventName": "CreateRole",\n        |  "requestParameters": {\n'
        '        |    "roleName": "TestRole",\n        |    "assumeRolePolicyDocument": '
        '"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":'
        '[\\"sts:AssumeRole\\"],\\"Principal\\":{\\"Service\\":[\\"ec2.amazonaws.com\\"]}}]}"\n'
        "        |  }}",
        DocumentKind.TRUST,
        said="quoted-lines",
    ),
    _posted(
        "a synthesised stack in Terraform's JSON",
        '{"resource": {"aws_iam_role_policy": {"x": {"policy": "{\\"Version\\":\\"2012-10-17\\",'
        '\\"Statement\\":[{\\"Action\\":[\\"s3:PutObject*\\"],\\"Resource\\":[\\"${aws_s3_bucket.'
        'x.arn}/*\\"],\\"Effect\\":\\"Allow\\"}]}", "role": "${aws_iam_role.x.name}"}}}}',
        DocumentKind.PERMISSIONS,
        said="places",
    ),
    _posted(
        "an AWS CLI example of another service",
        'Output::\n\n    {\n        "SinkId": "a1b2", "Policy": "{\\"Version\\":\\"2012-10-17\\",'
        '\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"AWS\\":\\"arn:aws:iam::'
        '123456789111:root\\"},\\"Action\\":[\\"oam:CreateLink\\"],\\"R'
        'esource\\":\\"*\\"}]}"\n    }',
        DocumentKind.OTHER,
        said="other-service",
    ),
    _posted(
        "an issue: a bucket policy for a reader",
        '{\n\t"Version": "2012-10-17",\n\t"Statement": [\n\t\t{\n\t\t\t"'
        'Sid": "PublicAccess",\n\t\t\t'
        '"Effect": "Allow",\n\t\t\t"Principal": "*",\n\t\t\t"Action": "s3:GetObject",\n\t\t\t'
        '"Resource": "arn:aws:s3:::my-bucket/*"\n\t\t}\n\t]\n}',
        DocumentKind.BUCKET,
        said="other-bucket",
    ),
    _posted(
        "an issue: placeholders in angle brackets, tabs among spaces",
        """{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": {
                "AWS": [
                    "<account-ID>"
                ]
            },
            "Action": [ "s3:ListBucket" ],
            "Resource": [
                "arn:aws:s3:::<bucket-name>",
\t\t"arn:aws:s3:::<bucket-name>/*"
            ]
        }
    ]
}""",
        DocumentKind.BUCKET,
        said="places",
    ),
    _posted(
        "AWS's guide, what it calls incorrect: two objects",
        '{ "Version": "2012-10-17", "Statement": { "Effect":"Allow", "Action":"ec2:Describe*", '
        '"Resource":"*" } } { "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": '
        '"arn:aws:s3:::my-bucket/*" } }',
        DocumentKind.PERMISSIONS,
        DocumentKind.PERMISSIONS,
    ),
    _posted(
        "a question: one condition operator twice",
        '{"Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": '
        '{"StringEquals": {"ec2:Region": "a"}, "StringEquals": {"ec2:Owner": "b"}}}}',
        DocumentKind.PERMISSIONS,
        said="name-twice",
    ),
    _posted(
        "a how-to: a quotation mark is missing",
        '{\n"Version": "2012-10-17",\n"Statement": [\n{\n"Effect": "Allow",\n"Principal": {"AWS": '
        '"arn:aws:iam::123456789012:user/remote-user"},\n"Action": "sts:AssumeRole]\n}\n]\n}',
        said="quote",
    ),
    _posted(
        "a how-to: one statement alone",
        '{\n  "Effect": "Allow",\n  "Principal": { "Service": "lambda.amazonaws.com" },\n  '
        '"Action": "sts:AssumeRole"\n}',
        said="statement-alone",
    ),
    _posted(
        "a review: lines of a diff, the end left out",
        '+{\n+  "Version": "2012-10-17",\n+  "Statement": [\n+    {\n+'
        '      "Sid": "S3ListBucket",\n'
        '+      "Effect": "Allow",\n+      "Action": ["s3:GetObject", "s3:ListBucket"],\n',
        said="cut-short",
    ),
    _posted(
        "a feature request: permissions in YAML",
        "- Effect: Allow\n  Action:\n  - kms:Decrypt\n  Resource:\n  - !GetAtt KmsKey.Arn\n",
        said="yaml",
    ),
)
