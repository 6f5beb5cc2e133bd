"""One row of a field's table: what is typed, and what its check makes of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from app.core.problem import Checked, Problem
from app.core.wording.problems import problem_text

Check = Callable[[str], Checked]


@dataclass(frozen=True, slots=True)
class Row:
    """``codes`` are those of all problems, worst first. An error's row says how it is mended."""

    text: str
    value: str | None
    codes: str = ""
    mended: str | None = None
    offer: str | None = None
    other_fields: Mapping[str, str] = field(default_factory=dict)

    def verify(self, check: Check) -> None:
        """Check the text; where it is wrong, mend it and see that it passes."""
        checked = check(self.text)
        assert codes_of(checked.problems) == self.codes.split(), checked
        assert checked.value == self.value
        assert (checked.value is None) == bool(checked.errors)
        assert (checked.offer.value if checked.offer else None) == self.offer
        assert dict(checked.other_fields) == dict(self.other_fields)
        if checked.errors:
            self._verify_mended(check)
        else:
            assert self.value is not None
            assert check(self.value).value == self.value

    def _verify_mended(self, check: Check) -> None:
        mended = self.mended if self.mended is not None else self.offer
        assert mended is not None, "say how the error is mended"
        assert not check(mended).errors
        assert check(mended).value == mended


def codes_of(problems: Iterable[Problem]) -> list[str]:
    """Return the codes of ``problems`` in their order."""
    return [problem.code for problem in problems]


def texts_of(checked: Checked) -> list[str]:
    """Return the sentences of a check."""
    return [problem_text(problem) for problem in checked.problems]
