"""The guide's section "Before you begin": what is needed, and where it is found."""

from app.core.frozen import frozen
from app.core.guide import DATABASE_ID_PLACE
from app.core.i18n import tr


@frozen
class Need:
    """One line of the guide's table: its name, and what it is or where it stands."""

    name: str
    where: str


def what_you_need() -> tuple[Need, ...]:
    """Return the guide's table, and who may do what in AWS."""
    return (
        Need(tr("AWS account ID"), tr("12 digits. In AWS: the account menu, top right.")),
        Need(tr("S3 bucket name"), tr("The bucket that UbiQuity reads from or writes to.")),
        Need(tr("S3 region"), tr("The AWS region of the bucket, for example ap-southeast-2.")),
        Need(
            tr("UbiQuity Account ID"),
            tr("In UbiQuity: {place}.").format(place=DATABASE_ID_PLACE),
        ),
        Need(
            tr("Permission in AWS"),
            tr(
                "Someone who may create roles and policies in your AWS account. If that is not "
                "you, this program writes down what to send to them."
            ),
        ),
    )
