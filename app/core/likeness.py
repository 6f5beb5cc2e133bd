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
    row = list(range(len(second) + 1))
    for line, char in enumerate(first, start=1):
        above, row = row, [line]
        for place, other in enumerate(second, start=1):
            row.append(min(row[-1] + 1, above[place] + 1, above[place - 1] + (char != other)))
    return row[-1] <= limit
