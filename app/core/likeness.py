"""How alike two names are: whether one was probably meant to be the other."""


def letters(name: str) -> str:
    """Return the letters and digits of ``name`` alone, whatever their case."""
    return "".join(char for char in name.casefold() if char.isalnum())


def differ_by_at_most(limit: int, first: str, second: str) -> bool:
    """Tell whether at most ``limit`` single letters make ``first`` into ``second``.

    A letter may be wrong, missing or too many (Levenshtein's distance).
    """
    if abs(len(first) - len(second)) > limit:
        return False
    first, second = _where_they_differ(first, second)
    row = list(range(len(second) + 1))
    for line, char in enumerate(first, start=1):
        above, row = row, [line]
        for place, other in enumerate(second, start=1):
            row.append(min(row[-1] + 1, above[place] + 1, above[place - 1] + (char != other)))
        if min(row) > limit:
            return False
    return row[-1] <= limit


def _where_they_differ(first: str, second: str) -> tuple[str, str]:
    """Return both without what they begin and end with in common, which adds no difference."""
    start = _common_start(first, second)
    first, second = first[start:], second[start:]
    end = _common_start(first[::-1], second[::-1])
    return first[: len(first) - end], second[: len(second) - end]


def _common_start(first: str, second: str) -> int:
    """Return how many letters both begin with in common."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(first), len(second)))
