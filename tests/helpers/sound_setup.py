"""A whole set-up as it should be, on the practice AWS."""

from app.core.draft import Draft
from app.practice.scenarios.stage import RehearsalStage
from app.practice.server import PracticeAws


def sound_setup(aws: PracticeAws, draft: Draft) -> None:
    """Make the whole set-up of ``draft`` as it should be, by real calls of the administrator.

    The documents are the guide's, with ``kms:GenerateDataKey`` added to the key's statement.
    """
    stage = RehearsalStage(aws)
    stage.draft = draft
    stage.everything()
