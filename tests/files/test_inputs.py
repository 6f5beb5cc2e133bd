"""A chosen file, and what is said where it can't be used."""

from pathlib import Path

from app.core.formats.reading import InputProblem
from app.files.inputs import read_input


def test_a_text_is_read_and_a_problem_names_the_file_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    missing, named = read_input(str(path)), read_input(str(path), "draft.json")
    assert isinstance(missing, InputProblem)
    assert missing.text.startswith(f"{path}: the file can’t be read: ")
    assert isinstance(named, InputProblem)
    assert named.text.startswith("draft.json: the file can’t be read: ")
    path.write_bytes(b"\xff")
    assert read_input(str(path), "it") == InputProblem("it", "it: this is not a UTF-8 text.")
    path.write_text("words", encoding="utf-8")
    assert read_input(str(path)) == "words"
