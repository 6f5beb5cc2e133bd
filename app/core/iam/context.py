"""The request context: what is known of each condition key, and what is not.

A value is a set of cases, one of which holds: the key is absent, or present with these texts.
A text may be known only in part, such as the ``aws:userid`` of a session whose name only its
maker knows. Source: AWS "The request context" and "AWS global condition context keys".
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

from app.core.frozen import field, frozen


class Anything(NamedTuple):
    """A run of at least ``least`` characters that nobody here knows."""

    least: int = 1

    def __str__(self) -> str:
        return "*"


class Unnamed(NamedTuple):
    """A name that no policy mentions: each policy reaches it by ``*`` alone, or not at all.

    It stands for one name, not for all: it shares no character with any policy's literal text
    and is longer than any run of ``?``.
    """

    def __str__(self) -> str:
        return "*"


UNNAMED: Final = Unnamed()


class PartText(NamedTuple):
    """A text known only in part, in its order; it is none of the ``excluded``."""

    parts: tuple[str | Anything | Unnamed, ...]
    excluded: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)

    @property
    def known_runs(self) -> tuple[str, ...] | None:
        """All in which a literal text of a policy can stand; None where it can elsewhere too.

        A name that no policy mentions has nothing of one.
        """
        runs = [""]
        for part in self.parts:
            if isinstance(part, str):
                runs[-1] += part
            elif isinstance(part, Unnamed):
                runs.append("")
            else:
                return None
        return tuple(runs)


Text = str | PartText


class KeyValue(NamedTuple):
    """What is known of one key: exactly one of ``cases`` holds; None is "absent"."""

    cases: tuple[tuple[Text, ...] | None, ...]

    @property
    def text(self) -> str | None:
        """The one known text, or None where it is absent, has several or isn't known."""
        if len(self.cases) != 1 or self.cases[0] is None or len(self.cases[0]) != 1:
            return None
        only = self.cases[0][0]
        return only if isinstance(only, str) else None

    @property
    def is_one_of_known(self) -> bool:
        """Whether it is one of a few cases, each of which is known to the letter."""
        return all(isinstance(text, str) for case in self.cases for text in case or ())

    @property
    def is_absent(self) -> bool:
        """Whether the key is certainly not in the request."""
        return self.cases == (None,)


_ANY_TEXT: Final = (PartText((Anything(0),)),)

ABSENT: Final = KeyValue((None,))
"""The key is not in the request."""
UNKNOWN: Final = KeyValue((None, _ANY_TEXT))
"""The key may be absent, or have any value."""
PRESENT: Final = KeyValue((_ANY_TEXT,))
"""The key is there; its value isn't known."""


def known(*texts: Text) -> KeyValue:
    """Return the value of a key that is there with ``texts`` (several for a multivalued key)."""
    return KeyValue((texts,))


def one_of(*values: KeyValue) -> KeyValue:
    """Return a value that is one of ``values``, nobody here knows which."""
    return KeyValue(tuple(case for value in values for case in value.cases))


@frozen
class Context:
    """The values of all condition keys of one request.

    ``values`` has one for each key, ``families`` one for all keys that begin so (such as
    ``aws:principaltag/``); both in lower case, since key names are not case-sensitive
    (AWS "IAM JSON policy elements: Condition"). Any other key is absent.
    """

    values: Mapping[str, KeyValue] = field(default_factory=dict)
    families: Mapping[str, KeyValue] = field(default_factory=dict)

    @classmethod
    def known(cls, texts: Mapping[str, str | Sequence[str]]) -> Self:
        """Return a context in which everything is known: ``texts``, and nothing else."""
        return cls(
            {
                key.lower(): known(text) if isinstance(text, str) else known(*text)
                for key, text in texts.items()
            }
        )

    def value(self, key: str) -> KeyValue:
        """Return what is known of ``key``, in any case."""
        name = key.lower()
        if name in self.values:
            return self.values[name]
        fitting = [prefix for prefix in self.families if name.startswith(prefix)]
        return self.families[max(fitting, key=len)] if fitting else ABSENT

    def with_more(
        self, values: Mapping[str, KeyValue], families: Mapping[str, KeyValue] | None = None
    ) -> "Context":
        """Return the same context with other or further ``values`` and ``families``."""
        changed = {key.lower(): value for key, value in values.items()}
        return Context({**self.values, **changed}, {**self.families, **(families or {})})
