"""How alike two names are: whether one was probably meant to be the other."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def letters(name: str) -> str:
    """Return the letters and digits of ``name`` alone, whatever their case."""
    return "".join(char for char in name.casefold() if char.isalnum())


def differ_by_at_most(limit: int, first: str, second: str) -> bool:
    """Tell whether at most ``limit`` single letters make ``first`` into ``second``.

    A letter may be wrong, missing or too many (Levenshtein's distance). ``limit`` is small: with
    each letter the work is three times as much, and grows with the lengths no more than in step.
    """
    if limit <= 0:
        return limit == 0 and first == second
    if abs(len(first) - len(second)) > limit:
        return False
    start = _common_start(first, second)
    first, second = first[start:], second[start:]
    if not first or not second:
        return True
    return (
        differ_by_at_most(limit - 1, first[1:], second[1:])
        or differ_by_at_most(limit - 1, first[1:], second)
        or differ_by_at_most(limit - 1, first, second[1:])
    )


def _common_start(first: str, second: str) -> int:
    """Return how many letters both begin with in common."""
    least, most = 0, min(len(first), len(second))
    while least < most:
        middle = (least + most + 1) // 2
        if first.startswith(second[least:middle], least):
            least = middle
        else:
            most = middle - 1
    return least
