"""The words of what is wrong with a start URL, or with the region of Identity Center."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message

PORTAL_PROBLEM_WORDS: Final[dict[str, Message]] = {
    "portal.empty": mark(
        "Enter the address of your AWS access portal. It looks like "
        "https://your-company.awsapps.com/start."
    ),
    "portal.malformed": mark(
        "This isn’t the address of an AWS access portal. It looks like "
        "https://your-company.awsapps.com/start. Your AWS administrator knows it."
    ),
    "portal.id-only": mark(
        "This is only the portal’s ID. The start URL is the whole address of the page on which "
        "you sign in."
    ),
    "portal.placeholder": mark(
        "This is an example from AWS’s guides. Enter your own company’s address."
    ),
    "portal.console": mark(
        "This is an address of the AWS console. The access portal is another page: it lists "
        "your AWS accounts, and its address usually ends in awsapps.com/start."
    ),
    "portal.other-cloud": mark(
        "This portal belongs to AWS China, GovCloud or the European Sovereign Cloud, which are "
        "separate clouds: UbiQuity’s account can’t be trusted across them."
    ),
    "portal.unusual": mark(
        "This address has none of the forms that AWS access portals have. Check it; if it is "
        "right, go on."
    ),
    "portal.taken": mark("The start URL was put into the form that AWS uses."),
    "portal.region-empty": mark(
        "Enter the region of IAM Identity Center. Your AWS administrator knows it; it may differ "
        "from your bucket’s."
    ),
    "portal.region-ambiguous": mark(
        "More than one region is called that: {regions}. Enter the one where IAM Identity "
        "Center is."
    ),
    "portal.region-several": mark("IAM Identity Center is in one region. Leave only that one."),
}
