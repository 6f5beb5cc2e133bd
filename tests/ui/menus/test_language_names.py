"""A language whose letters no font here has is named so that it can be read."""

import pytest
from PySide6.QtWidgets import QApplication

from app.core.languages import ENGLISH, Language
from app.ui.menus.language_names import readable_name


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (ENGLISH, "English"),
        (Language("fr", "Français"), "Français"),
        (Language("ja", "\U000f0000\U000f0001"), "Japanese"),  # letters of no font
        (Language("pt-BR", "Português \U000f0000"), "Portuguese"),
    ],
)
def test_it_can_be_read(qapp: QApplication, language: Language, name: str) -> None:
    del qapp
    assert readable_name(language) == name
