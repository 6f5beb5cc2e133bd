"""The exports as the window reaches them: they are loaded when the first is made."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.iam.work import Work
    from app.core.problem import Problem
    from app.core.support_case import SupportCase
    from app.flow.ports.files import NamedText


class LateBundles:
    """Makes the files of a support bundle, as ``app.exports.support_bundle`` does."""

    def bundle_files(
        self, case: "SupportCase", seed: bytes | None, work: "Work | None" = None
    ) -> "Sequence[NamedText]":
        """Return the files."""
        from app.exports.support_bundle import bundle_files

        return bundle_files(case, seed, work)


class LateHandoff:
    """Makes what is sent to an administrator, as ``app.exports.handoff`` does."""

    def handoff_forms(self) -> tuple[str, ...]:
        """Return the names of the exports that can be sent."""
        from app.exports.handoff import handoff_forms

        return handoff_forms()

    def handoff_files(self, draft: "Draft", form: str) -> "tuple[NamedText, ...]":
        """Return what is sent in the form of an export."""
        from app.exports.handoff import handoff_files

        return handoff_files(draft, form)

    def template_link(self, draft: "Draft", template_address: str) -> "str | Problem":
        """Return the link that opens the template at an address in S3; else what is wrong."""
        from app.exports.handoff import template_link

        return template_link(draft, template_address)
