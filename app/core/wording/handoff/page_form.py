"""The form of what is sent that is proposed: apart from its words, which the first page lacks."""

from typing import Final

PAGE_FORM: Final = "html"
"""The form for a person, which is proposed."""
