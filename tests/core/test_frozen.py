"""Values under ``frozen`` behave as those of ``@dataclass(frozen=True, slots=True)``.

Where both can be class_or_value the same, both are.
"""

import copy
import dataclasses
import pickle
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.frozen import field, frozen, replace


@frozen
class Spot:
    x: int
    y: int = 2
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.x + self.y

    def moved(self, by: int) -> "Spot":
        return replace(self, x=self.x + by)


@dataclasses.dataclass(frozen=True, slots=True)
class StandardSpot:
    x: int
    y: int = 2
    tags: Mapping[str, str] = dataclasses.field(default_factory=dict)


@frozen
class Place:
    x: int
    y: int = 2


@frozen
class Nothing:
    pass


@frozen
class Quiet:
    secret: str

    def __repr__(self) -> str:
        return "Quiet()"


BOTH: Final = (Spot, StandardSpot)


def _values(value: Any) -> tuple[object, ...]:  # noqa: ANN401
    return value.x, value.y, dict(value.tags)


def _outcome(kind: Any, *args: object, **kwargs: object) -> object:  # noqa: ANN401
    """Return the values that are value, or the kind of exception."""
    try:
        return _values(kind(*args, **kwargs))
    except TypeError:
        return TypeError


@pytest.mark.parametrize(
    ("args", "kwargs", "outcome"),
    [
        ((1,), {}, (1, 2, {})),
        ((1, 3), {}, (1, 3, {})),
        ((1, 3, {"a": "b"}), {}, (1, 3, {"a": "b"})),
        ((), {"x": 1}, (1, 2, {})),
        ((1,), {"tags": {"a": "b"}}, (1, 2, {"a": "b"})),
        ((), {"y": 5, "x": None}, (None, 5, {})),
        ((), {}, TypeError),
        ((), {"y": 1}, TypeError),
        ((1, 2, {}, 4), {}, TypeError),
        ((1,), {"x": 2}, TypeError),
        ((1,), {"z": 2}, TypeError),
        ((), {"z": 2}, TypeError),
    ],
)
def test_making(args: tuple[object, ...], kwargs: dict[str, object], outcome: object) -> None:
    assert [_outcome(kind, *args, **kwargs) for kind in BOTH] == [outcome, outcome]


def test_an_unknown_or_missing_name_is_said() -> None:
    kind: Any = Spot
    with pytest.raises(TypeError, match="Spot needs “x”"):
        kind()
    with pytest.raises(TypeError, match="Spot does not take “z”"):
        kind(1, z=3)
    with pytest.raises(TypeError, match="at most 3 values, and 4"):
        kind(1, 2, {}, 4)


def test_a_factory_makes_a_default_for_each() -> None:
    assert Spot(1).tags is not Spot(1).tags
    assert Spot(1).tags == {}


def test_a_value_without_fields() -> None:
    assert Nothing() == Nothing()
    assert repr(Nothing()) == "Nothing()"


@given(st.integers(), st.integers(), st.integers(), st.integers())
def test_equality_and_hash(x: int, y: int, other_x: int, other_y: int) -> None:
    same = (x, y) == (other_x, other_y)
    assert (Place(x, y) == Place(other_x, other_y)) is same
    assert (Place(x, y) != Place(other_x, other_y)) is not same
    assert hash(Place(x, y)) == hash(Place(x, y))
    assert len({Place(x, y), Place(other_x, other_y)}) == (1 if same else 2)


def test_equal_to_its_own_kind_alone() -> None:
    spot: object = Spot(1)
    others: tuple[object, ...] = (Place(1), StandardSpot(1), (1, 2, {}), None)
    assert [spot == other for other in others] == [False] * 4


def test_what_can_not_be_hashed_can_not_be_in_one_that_is() -> None:
    for value in (Spot(1), StandardSpot(1)):
        with pytest.raises(TypeError, match="unhashable"):
            hash(value)


def test_repr() -> None:
    assert repr(Spot(1, tags={"a": "b"})) == "Spot(x=1, y=2, tags={'a': 'b'})"
    assert repr(StandardSpot(1)) == f"Standard{Spot(1)!r}"
    assert repr(Quiet("hush")) == "Quiet()"


@pytest.mark.parametrize("name", ["x", "total", "new"])
def test_nothing_can_be_changed(name: str) -> None:
    for value in (Spot(1), StandardSpot(1)):
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, 5)
        with pytest.raises((AttributeError, TypeError)):
            delattr(value, name)
        assert not hasattr(value, "__dict__")
    assert Spot(1).total == 3


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))],  # noqa: S301 - its own
)
def test_copies(copied: Callable[[object], object]) -> None:
    value = Spot(1, 3, {"a": "b"})
    again = copied(value)
    assert (again, type(again)) == (value, Spot)


@pytest.mark.parametrize("change", [replace, dataclasses.replace, Spot.moved])
def test_replacing(change: Callable[..., Spot]) -> None:
    value = Spot(1, 3, {"a": "b"})
    changed = change(value, 4) if change is Spot.moved else change(value, x=5)
    assert (changed, value) == (Spot(5, 3, {"a": "b"}), Spot(1, 3, {"a": "b"}))


@pytest.mark.parametrize("change", [replace, dataclasses.replace])
@pytest.mark.parametrize("value", [Spot(1), StandardSpot(1)])
def test_replacing_what_is_not_there(change: Callable[..., object], value: object) -> None:
    with pytest.raises(TypeError):
        change(value, z=1)


def test_replacing_in_a_dataclass() -> None:
    assert replace(StandardSpot(1), y=9) == StandardSpot(1, 9)


def test_what_dataclasses_know_of_it() -> None:
    kind: Any = Spot
    value: Any = Spot(1, 3, {"a": "b"})
    assert [dataclasses.is_dataclass(class_or_value) for class_or_value in (kind, value)] == [
        True,
        True,
    ]
    for class_or_value in (kind, value):
        assert [f.name for f in dataclasses.fields(class_or_value)] == ["x", "y", "tags"]
    assert [f.type for f in dataclasses.fields(kind)] == [int, int, Mapping[str, str]]
    missing = dataclasses.MISSING
    given_ = [
        f.default is missing and f.default_factory is missing for f in dataclasses.fields(kind)
    ]
    assert given_ == [True, False, False]
    assert dataclasses.asdict(value) == {"x": 1, "y": 3, "tags": {"a": "b"}}
    assert dataclasses.astuple(value) == (1, 3, {"a": "b"})


def test_nested_values_become_plain() -> None:
    value: Any = Spot(Place(1, 2), 3)  # type: ignore[arg-type]
    assert dataclasses.asdict(value)["x"] == {"x": 1, "y": 2}


def test_matching() -> None:
    match Spot(1, 3):
        case Spot(x, 3, tags={}):
            assert x == 1
        case _:
            pytest.fail("The pattern should fit.")


def test_the_class_keeps_its_name_and_words() -> None:
    assert (Spot.__name__, Spot.__qualname__, Spot.__module__) == ("Spot", "Spot", __name__)
    assert Spot.__match_args__ == StandardSpot.__match_args__
