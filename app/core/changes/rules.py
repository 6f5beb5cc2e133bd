"""What makes one kind of change: all that the program has to know of it but its words.

Each kind has one ``ChangeRules``, in the module of what it changes: ``role``, ``managed_policy``,
``attachment``, ``key_policy``, ``key_grant``, ``bucket_policy``. ``kinds`` collects them.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum
from typing import Final, Generic

from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import AwsCall
from app.core.changes.sides import RESTORED, ChangeSettings, S, TypedChange, typed_as
from app.core.documents.policy_size import SizeLimit
from app.core.frozen import frozen, replace
from app.core.journal import Step
from app.core.snapshot import Snapshot

Inverse = Callable[[Step], tuple[Change, ...]]

NOT_KNOWN_YET: Final = frozenset({"NoSuchEntity"})
"""What AWS answers while a new role or policy is not known everywhere ("Changes that I make are
not always immediately visible", IAM User Guide, troubleshooting)."""

STILL_IN_USE: Final = NOT_KNOWN_YET | {"DeleteConflict"}
"""The same where something is deleted and a detachment before it may not be known everywhere."""


class Thing(StrEnum):
    """What a change's target is."""

    ROLE = "role"
    POLICY = "policy"
    KEY = "key"
    BUCKET = "bucket"


class Saved(StrEnum):
    """The document that a person without this program saves in AWS for a change."""

    TRUST = "trust"
    PERMISSIONS = "permissions"
    KEY = "key"


class GuideStep(StrEnum):
    """The guide's steps that a plan's changes carry out."""

    ROLE = "role"
    TRUST = "trust"
    PERMISSIONS = "permissions"


def _ends_none(_change: TypedChange[S]) -> bool:
    return False


@frozen
class ChangeRules(Generic[S]):
    """One kind of change.

    What it is: ``side`` is the type of its two sides, ``acts_on`` what its target is,
    ``guide_step`` the guide's step that it carries out (None for what no step asks for), and
    ``size_limit`` the limit that AWS sets to the document after it. ``tag_action`` is the
    permission that it takes to put tags on what it creates, None where it creates nothing.
    ``saved`` is the document that makes it where somebody saves that in AWS by hand, None where
    more is to do.

    What it does: ``requests`` are sent for it, with this program's tag on what it newly creates;
    ``action`` is the permission that it needs most of all, ``seen_by`` are those with which
    ``app.aws.present`` reads what AWS has there, before and after. ``effect`` is the snapshot once
    it is made, and ``found_in`` what a snapshot has where it acts, None for nothing or what was
    not read.

    How it is taken back: ``inverse`` gives the changes that undo a step of a journal, in their
    order. ``comes_back_changed`` tells that even so it is not as before. ``without_gone`` leaves
    out of a side the principals that no longer exist, the roles it is given among them; None for
    sides that name no principals. AWS takes no policy that names them.

    How it goes in AWS: ``spreading_codes`` are AWS's answers while what was made before is not
    known everywhere; in answer to any other change the same codes mean what they say. ``awaited``:
    a change that ``names_the_role`` is only sent once this one shows in AWS. ``names_the_role``:
    the document may name a role that the same run makes or deletes before. ``writes_trust``: the
    role's trust policy is another one after it. ``makes_version``: AWS
    answers with the version that it made. ``keeps_what_it_deletes``: what AWS has there is put
    into the journal before the request, since nobody could read it afterwards.
    ``ends_sessions`` tells whether open sessions of the role end with a change of the kind.
    ``dated`` completes a side that names a time with AWS's own, which is known only when the
    request goes out; None for sides that name none. As it was sent it is journalled, compared
    and taken back.
    """

    kind: ChangeKind
    side: type[S]
    acts_on: Thing
    action: str
    seen_by: tuple[str, ...]
    requests: Callable[[TypedChange[S]], tuple[AwsCall, ...]]
    effect: Callable[[Snapshot, TypedChange[S]], Snapshot]
    found_in: Callable[[Snapshot, TypedChange[S]], S | None]
    inverse: Inverse
    guide_step: GuideStep | None = None
    size_limit: SizeLimit | None = None
    tag_action: str | None = None
    saved: Saved | None = None
    comes_back_changed: bool = False
    without_gone: Callable[[S, Collection[str]], S] | None = None
    is_half_way: Callable[[TypedChange[S], S], bool] | None = None
    spreading_codes: frozenset[str] = frozenset()
    awaited: bool = False
    names_the_role: bool = False
    writes_trust: bool = False
    makes_version: bool = False
    keeps_what_it_deletes: bool = False
    ends_sessions: Callable[[TypedChange[S]], bool] = _ends_none
    dated: Callable[[S, datetime], S] | None = None

    @property
    def creates(self) -> bool:
        """Whether it makes a new thing, which can carry tags."""
        return self.tag_action is not None

    @property
    def names_principals(self) -> bool:
        """Whether its sides are policies that name principals."""
        return self.without_gone is not None

    def typed(self, change: Change) -> TypedChange[S]:
        """Return ``change``, one of this kind, with its sides as types."""
        return typed_as(self.side, change)

    def change(
        self,
        target: str,
        before: S | None,
        after: S | None,
        *,
        reversible: bool = True,
        settings: ChangeSettings | None = None,
        addition: bool = False,
    ) -> Change:
        """Return a change of this kind; the arguments are the fields of ``Change``."""
        return Change(
            self.kind,
            target,
            None if before is None else before.to_json(),
            None if after is None else after.to_json(),
            reversible,
            settings.to_json() if settings else {},
            addition,
        )


def swapped(step: Step) -> tuple[Change, ...]:
    """Return the change of the same kind with its two sides swapped: most are undone by it."""
    return swapped_into(step.change.kind)(step)


def swapped_into(kind: ChangeKind) -> Inverse:
    """Return the inverse of a kind that is undone by a change of ``kind``."""

    def inverse(step: Step) -> tuple[Change, ...]:
        change = step.change
        return (
            replace(change, kind=kind, before=change.after, after=change.before, reversible=True),
        )

    return inverse


def made_anew_by(kind: ChangeKind) -> Inverse:
    """Return the inverse of a deletion: ``kind`` makes the thing anew, with what it had."""

    def inverse(step: Step) -> tuple[Change, ...]:
        (creation,) = swapped_into(kind)(step)
        return (replace(creation, settings={**creation.settings, RESTORED: True}),)

    return inverse


def no_way_back(_step: Step) -> tuple[Change, ...]:
    """Return no change: the kind can't be taken back."""
    return ()
