"""The rows of a report's ``access``, in the connector's order (formats.md, "The report").

``resource`` of a listing is the bucket's ARN, as in the example of formats.md; that of the
object actions is ``arn:aws:s3:::<bucket>/<prefix>*`` to the letter, which stands for a name under
the prefix that no policy mentions.
"""

from collections.abc import Iterator

from app.core.diagnosis.role_view import RoleView
from app.core.diagnosis.setup import Answer, Connection, Setup
from app.core.report import Access
from app.core.wording.because import because_of


def access_of(setup: Setup) -> tuple[Access, ...]:
    """Return every decision about the connector's requests."""
    rows = (row for connection in setup.connections for row in _rows(connection, setup.role))
    return (
        _assuming(setup.assume, setup.role),
        _assuming(setup.assume_without, setup.role, without_external_id=True),
        *rows,
    )


def _assuming(answer: Answer, role: RoleView, *, without_external_id: bool = False) -> Access:
    return Access(
        action=answer.action,
        resource=role.required_arn,
        decision=answer.decision.value,
        because=because_of(answer, role),
        without_external_id=without_external_id,
    )


def _rows(connection: Connection, role: RoleView) -> Iterator[Access]:
    for answer in (*connection.s3, *connection.key):
        yield Access(
            action=answer.action,
            resource=str(answer.question.request.resource),
            decision=answer.decision.value,
            because=because_of(answer, role),
            bucket=connection.bucket,
            prefix=connection.connector.entry.prefix,
        )
