"""The sentence of a field's problem, and the words of what is offered in the value's place.

The tables of words are loaded where one is said: a check of a file without problems starts
faster without them.
"""

from collections.abc import Mapping

from app.core.i18n import tr
from app.core.message import render, translated
from app.core.problem import Correction, Problem


def problem_text(problem: Problem) -> str:
    """Return the sentence of ``problem``, in the installed language."""
    return problem_template(problem).format_map(problem_values(problem))


def problem_template(problem: Problem) -> str:
    """Return the sentence in the installed language, its {places} still empty."""
    from app.core.wording.problem_words import PROBLEM_WORDS

    return translated(PROBLEM_WORDS[problem.code], problem.params)


def problem_values(problem: Problem) -> Mapping[str, str]:
    """Return what fills the places of the sentence, as text.

    ``number`` is the ``count`` as a word, where it is small.
    """
    from app.core.wording.problem_words import NUMBER_WORDS

    count = problem.params.get("count")
    values = {name: str(value) for name, value in problem.params.items()}
    if isinstance(count, int):
        values["number"] = tr(NUMBER_WORDS[count]) if count in NUMBER_WORDS else str(count)
    return values


def correction_text(correction: Correction) -> str:
    """Return the words of the button that takes ``correction``, in the installed language."""
    from app.core.wording.problem_words import PROBLEM_WORDS

    return render(PROBLEM_WORDS[correction.code], {"value": correction.value})
