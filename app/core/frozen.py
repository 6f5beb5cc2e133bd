"""Frozen values that are quick to define.

The core is made of small frozen values, and ``check`` has to start in a blink. ``dataclasses``
takes 5 ms to import and half a millisecond for each class, since it writes and compiles their
methods; sixty classes were half of the start (``tests/benchmarks/check_start.py``). A class
under ``frozen`` costs a twentieth of that and behaves as ``@dataclass(frozen=True, slots=True)``
would, ``dataclasses.replace``, ``fields`` and ``__post_init__`` included.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar, dataclass_transform

T = TypeVar("T")


class Factory:
    """A default that is made anew for each value."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


if TYPE_CHECKING:
    # mypy's own checks of ``replace`` and ``field`` go by the names of the standard ones.
    from dataclasses import field as field  # noqa: PLC0414 - what this module offers
    from dataclasses import replace as replace  # noqa: PLC0414
else:

    def field(*, default_factory: Callable[[], object]) -> Factory:
        """Return a default that ``default_factory`` makes anew for each value."""
        return Factory(default_factory)

    def replace(value: T, /, **changes: object) -> T:
        """Return ``value`` with others in the fields named by ``changes``."""
        kind = type(value)
        if not hasattr(kind, "__value_defaults__"):
            import dataclasses

            return dataclasses.replace(value, **changes)
        fields = {name: getattr(value, name) for name in kind.__match_args__} | changes
        if kind.__init__ is not _init or len(fields) > len(kind.__match_args__):
            return kind(**fields)
        made = object.__new__(kind)
        for name, field_value in fields.items():
            object.__setattr__(made, name, field_value)
        return made


def values_of(value: object) -> dict[str, object]:
    """Return the fields of a value under ``frozen`` by their names."""
    names: tuple[str, ...] = type(value).__match_args__  # type: ignore[attr-defined]
    return {name: getattr(value, name) for name in names}


_MISSING: Final = object()


class _StandardFields:
    """``__dataclass_fields__``, made when somebody asks: until then it costs nothing."""

    def __init__(self) -> None:
        self._fields: dict[str, object] | None = None

    def __get__(self, _instance: object, cls: type) -> dict[str, object]:
        if self._fields is None:
            self._fields = self._fields_of(cls)
        return self._fields

    @staticmethod
    def _fields_of(kind: Any) -> dict[str, object]:  # noqa: ANN401 - any class under ``frozen``
        import dataclasses

        annotated = [
            (name, kind.__annotations__[name], _standard(kind.__value_defaults__, name))
            for name in kind.__match_args__
        ]
        twin: Any = dataclasses.make_dataclass(kind.__name__, annotated)
        fields: dict[str, object] = twin.__dataclass_fields__
        return fields


def _standard(defaults: dict[str, object], name: str) -> Any:  # noqa: ANN401 - a Field
    import dataclasses

    default = defaults.get(name, _MISSING)
    if default is _MISSING:
        return dataclasses.field()
    if isinstance(default, Factory):
        return dataclasses.field(default_factory=default.make)
    return dataclasses.field(default_factory=lambda: default)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make ``cls`` a frozen value with slots, a field for each of its annotations."""
    # Not inspect.get_annotations: importing inspect is what this module is there to avoid.
    names = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063
    space = {
        key: entry
        for key, entry in cls.__dict__.items()
        if key not in names and key not in {"__dict__", "__weakref__"}
    }
    space |= {
        "__slots__": names,
        "__match_args__": names,
        "__value_defaults__": {n: cls.__dict__[n] for n in names if n in cls.__dict__},
        "__dataclass_fields__": _StandardFields(),
        "__init__": _init_and_settle if "__post_init__" in cls.__dict__ else _init,
        "__eq__": _eq,
        "__hash__": _hash,
        "__reduce__": _reduce,
        "__replace__": replace,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    space.setdefault("__repr__", _repr)
    kind: Any = type(cls)
    slotted: type[T] = kind(cls.__name__, cls.__bases__, space)
    slotted.__qualname__ = cls.__qualname__
    return slotted


def _init(self: Any, *args: object, **kwargs: object) -> None:  # noqa: ANN401 - any value
    names, kind = self.__match_args__, type(self).__name__
    if len(args) > len(names):
        raise TypeError(f"{kind} takes at most {len(names)} values, and {len(args)} were given.")
    put = object.__setattr__
    for name, value in zip(names, args, strict=False):
        put(self, name, value)
    defaults = self.__value_defaults__
    for name in names[len(args) :]:
        value = kwargs.pop(name, _MISSING)
        if value is _MISSING:
            value = defaults.get(name, _MISSING)
            if value is _MISSING:
                raise TypeError(f"{kind} needs “{name}”.")
            if isinstance(value, Factory):
                value = value.make()
        put(self, name, value)
    if kwargs:
        raise TypeError(f"{kind} does not take “{next(iter(kwargs))}” here.")


def _init_and_settle(self: Any, *args: object, **kwargs: object) -> None:  # noqa: ANN401 - as above
    _init(self, *args, **kwargs)
    self.__post_init__()


def _values(self: Any) -> tuple[object, ...]:  # noqa: ANN401 - any value
    return tuple(getattr(self, name) for name in self.__match_args__)


def _eq(self: object, other: object) -> bool:
    return _is_same(self, other) if type(other) is type(self) else NotImplemented


def _is_same(one: Any, other: Any) -> bool:  # noqa: ANN401 - two values of one class
    # One by one: of two states of the window most fields are the same objects.
    for name in one.__match_args__:
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours is not theirs and ours != theirs:
            return False
    return True


def _hash(self: object) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:  # noqa: ANN401 - any value
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({fields})"


def _reduce(self: object) -> tuple[type, tuple[object, ...]]:
    return type(self), _values(self)


def _refuse(self: object, name: str, *_given: object) -> None:
    raise AttributeError(f"{type(self).__name__} is frozen: “{name}” can’t be changed.")
