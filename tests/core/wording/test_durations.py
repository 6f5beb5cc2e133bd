import pytest

from app.core.wording.durations import seconds_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "under 0.1 s"),
        (0.0999, "under 0.1 s"),
        (0.1, "0.1 s"),
        (1.24, "1.2 s"),
        (9.94, "9.9 s"),
        (9.97, "10 s"),
        (74.6, "75 s"),
    ],
)
def test_how_long_it_took(seconds: float, words: str) -> None:
    assert seconds_words(seconds) == words
