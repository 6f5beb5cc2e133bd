"""What AWS has recorded of UbiQuity, below the report of ``check``."""

from datetime import UTC, datetime
from typing import Final

from app.commands.recorded_text import recorded_lines
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.observation import Identity, ObservedOutcome
from app.core.snapshot import LastUse, RoleFacts, Snapshot, State
from app.flow.look_back import NOT_IN_TIME, LookBack
from app.flow.ports.aws import Visit
from app.flow.since_setup import observations_of
from tests.helpers.drafts import PLAIN, untouched

AT: Final = datetime(2026, 11, 26, 10, 2, tzinfo=UTC)
USED: Final = RoleFacts(State.FOUND, last_used=LastUse(AT, "eu-west-1"))
SNAPSHOT: Final = replace(untouched(PLAIN), role=USED)
LAST: Final = "  The role was last used on 2026-11-26 10:02 UTC, in eu-west-1."


def _refused(region: str, code: str = "AccessDeniedException") -> AwsFailure:
    return AwsFailure("cloudtrail:LookupEvents", code, "no", 400, params={"region": region})


def _notes(found: LookBack | None, snapshot: Snapshot = SNAPSHOT) -> list[str]:
    return recorded_lines(snapshot, found)


def test_a_visit_and_the_last_use_also_where_the_snapshot_was_sent() -> None:
    visits = observations_of([Visit(AT, "us-east-1", "right")], PLAIN)
    lines = _notes(None, SNAPSHOT.with_observations_by_time(*visits))
    assert lines == [
        "",
        "What AWS has recorded:",
        LAST,
        "  On 2026-11-26 10:02 UTC UbiQuity assumed the role, with your External ID.",
    ]


def test_a_snapshot_that_tells_nothing_of_it_has_no_such_lines() -> None:
    assert _notes(None, untouched(PLAIN)) == []
    assert _notes(LookBack(), untouched(PLAIN)) == []


def test_none_seen_and_where_it_could_not_be_asked() -> None:
    failures = (
        _refused("eu-west-1"),
        _refused("us-east-1"),
        _refused("ap-southeast-2", "ThrottlingException"),
    )
    lines = _notes(LookBack(since=AT, failures=failures, complete=False))
    assert lines[:3] == ["", "What AWS has recorded:", LAST]
    none, more, denied, silent = lines[3:]
    assert none.startswith("  CloudTrail has no record of UbiQuity since 2026-11-26 10:02 UTC.")
    assert more.startswith("  There are more events in CloudTrail")
    assert "eu-west-1 and us-east-1" in denied
    assert "in ap-southeast-2" in silent


def test_what_the_organisation_hides_no_permission_opens() -> None:
    denied = "is not authorized to perform: cloudtrail:LookupEvents with an explicit deny in a "
    by_rule = replace(_refused("us-east-1"), message=f"{denied}service control policy")
    by_own = replace(_refused("eu-west-1"), message=f"{denied}identity-based policy")
    own, rule = _notes(LookBack(failures=(by_rule, by_own)))[3:]
    assert "in eu-west-1" in own
    assert "adds the permission" in own
    assert "in us-east-1" in rule
    assert "Only the person who looks after your AWS organisation can allow it" in rule
    assert "adds the permission" not in rule


def test_a_file_that_holds_something_else_as_recorded_is_not_believed() -> None:
    (visit,) = observations_of([Visit(AT, "us-east-1", "right")], PLAIN)
    for other in (
        replace(visit, outcome=ObservedOutcome.DENIED),
        replace(visit, identity=Identity.CUSTOMER),
        replace(visit, action="s3:ListBucket"),
    ):
        assert _notes(None, SNAPSHOT.with_observations_by_time(other))[3:] == []


def test_an_event_history_that_did_not_answer_in_time() -> None:
    late = AwsFailure("cloudtrail:LookupEvents", NOT_IN_TIME, "", finding="env.timeout")
    assert _notes(LookBack(failures=(late,)))[3].startswith("  CloudTrail did not tell whether")


def test_a_visit_from_before() -> None:
    assert "proves nothing" in _notes(LookBack(since=AT, earlier=Visit(AT, "x", "right")))[3]
