"""What is said of the files that the connection test counted."""

import pytest

from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.ui.parts.connection_words import check_rows, success_words


def _listed(files: int, *, complete: bool = True) -> ConnectionCheck:
    return ConnectionCheck(CheckKind.LIST, CheckState.PASSED, files=files, complete=complete)


@pytest.mark.parametrize(
    ("checks", "row", "said"),
    [
        ([_listed(1)], "1 file found", "Found 1 files in bucket."),
        ([_listed(3), _listed(4)], "3 files found", "Found 7 files in bucket."),
        ([_listed(0)], "0 files found", "An empty bucket or folder is fine."),
        ([_listed(9, complete=False)], "More than 9 files found", "more than 9 files in bucket."),
        ([_listed(2), _listed(9, complete=False)], "2 files found", "more than 11 files"),
    ],
)
def test_how_many_files_there_are(checks: list[ConnectionCheck], row: str, said: str) -> None:
    result = ConnectionResult(tuple(checks), finished=True)
    assert check_rows(result)[0].detail == row
    assert said in success_words(result)
