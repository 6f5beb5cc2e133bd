"""What a screen reader on Linux gets of a program: AT-SPI, spoken over D-Bus as Orca does.

It knows the program by roles and names alone, and hears what the program has said of itself.
https://gnome.pages.gitlab.gnome.org/at-spi2-core/devel-docs/ has the interfaces.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from jeepney import DBusAddress, MatchRule, Message, MessageType, Properties, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields

T = TypeVar("T")

PATIENCE: Final = 60.0
"""Seconds that one step may take."""

ROLES: Final[Mapping[int, str]] = {
    2: "alert",
    7: "check box",
    11: "combo box",
    16: "dialog",
    23: "frame",
    27: "icon",
    29: "label",
    31: "list",
    32: "list item",
    33: "menu",
    34: "menu bar",
    35: "menu item",
    39: "panel",
    42: "progress bar",
    43: "button",
    44: "radio button",
    48: "scroll bar",
    49: "scroll pane",
    52: "spin button",
    60: "text",
    61: "text",
    62: "toggle button",
    69: "window",
    75: "application",
    79: "entry",
    83: "heading",
    85: "group",
    88: "link",
}
"""AT-SPI's numbers of the roles that the program has, and their names."""

STATES: Final[Mapping[int, str]] = {
    3: "busy",
    4: "checked",
    5: "collapsed",
    7: "editable",
    8: "enabled",
    9: "expandable",
    10: "expanded",
    11: "focusable",
    12: "focused",
    17: "multi line",
    20: "pressed",
    23: "selected",
    24: "sensitive",
    25: "showing",
    30: "visible",
    36: "invalid",
    39: "default",
    43: "read only",
}
"""AT-SPI's numbers of the states."""

_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_COMPONENT: Final = "org.a11y.atspi.Component"
_ROOT: Final = "/org/a11y/atspi/accessible/root"
_REGISTRY: Final = "org.a11y.atspi.Registry"
_HEARD: Final = (
    "announcement",
    "state-changed:focused",
    "state-changed:checked",
    "property-change:accessible-description",
)
"""The kinds of events that a screen reader speaks of; a program sends many others."""


class NotHeardError(AssertionError):
    """What was waited for did not come."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an object is: whose program, and which of its objects."""

    program: str
    path: str

    def address(self, interface: str) -> DBusAddress:
        """Return it as a receiver of calls to ``interface``."""
        return DBusAddress(self.path, self.program, interface)


@dataclass(frozen=True, slots=True)
class Thing:
    """One object as it was when the program was read."""

    reference: Reference
    role: str
    name: str
    description: str
    states: frozenset[str]
    depth: int

    def __str__(self) -> str:
        shown = [self.role, repr(self.name), *sorted(self.states & _TELLING)]
        told = f" — {self.description}" if self.description else ""
        return f"{'  ' * self.depth}{' '.join(shown)}{told}"


_TELLING: Final = frozenset(
    {"busy", "checked", "collapsed", "expandable", "expanded", "focused", "selected", "read only"}
)


@dataclass(frozen=True, slots=True)
class Event:
    """What the program has said on its own accord.

    ``kind`` is as "announcement" or "state-changed:focused"; ``on`` its number, 1 for a state that
    has begun; ``words`` what goes with it.
    """

    kind: str
    on: int
    words: str
    source: Reference


class ScreenReader:
    """Reads and works the one program that is on a desktop, and hears it."""

    def __init__(self, session_bus: str) -> None:
        """Take the address of the desktop's session bus. Close it in the end."""
        with open_dbus_connection(session_bus) as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            (address,) = _answer(session.send_and_get_reply(new_method_call(bus, "GetAddress")))
            status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
            for name in ("IsEnabled", "ScreenReaderEnabled"):
                session.send_and_get_reply(Properties(status).set(name, "b", True))
        self._bus: DBusConnection = open_dbus_connection(address)
        self.heard: list[Event] = []
        """All that was heard, in its order."""
        for kind in _HEARD:
            registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
            self._calls([new_method_call(registry, "RegisterEvent", "s", (f"object:{kind}",))])
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        self._calls([message_bus.AddMatch(rule)])

    def close(self) -> None:
        """Listen no more."""
        self._bus.close()

    # Looking

    def read(self) -> list[Thing]:
        """Return all that can be seen of the program, in the order of its tree."""
        below: dict[Reference, list[Thing]] = {}
        top = Reference(_REGISTRY, _ROOT)
        level = [top]
        depth = 0
        while level:
            lists = self._calls(
                [new_method_call(at.address(_ACCESSIBLE), "GetChildren") for at in level]
            )
            found = [
                (at, Reference(*child))
                for at, answer in zip(level, lists, strict=True)
                if answer is not None
                for child in answer[0]
            ]
            things = self._read([child for _, child in found], depth)
            level = []
            for (at, child), thing in zip(found, things, strict=True):
                if thing is not None and (depth < 2 or "showing" in thing.states):
                    below.setdefault(at, []).append(thing)
                    level.append(child)
            depth += 1
        return list(_in_order(top, below))

    def find(self, role: str, name: str) -> Thing:
        """Return the one object of this role and name that can be seen; else LookupError."""
        everything = self.read()
        found = [thing for thing in everything if (thing.role, thing.name) == (role, name)]
        if len(found) != 1:
            seen = "\n".join(map(str, everything))
            raise LookupError(f"{len(found)} × {role} {name!r} in:\n{seen}")
        return found[0]

    def wait_for(self, role: str, name: str, *states: str) -> Thing:
        """Wait until there is one object of this role and name, with all of ``states``."""

        def there() -> Thing | None:
            try:
                thing = self.find(role, name)
            except LookupError:
                return None
            return thing if thing.states.issuperset(states) else None

        try:
            return self._until(f"{role} {name!r} {states}", there)
        except NotHeardError as error:
            seen = "\n".join(map(str, self.read()))
            raise NotHeardError(f"{error}\nThere is:\n{seen}\n{self._fault()}") from None

    def _fault(self) -> str:
        """Return the report of the crash dialog, where the program has one open."""
        reports = [thing for thing in self.read() if thing.name == "Report for support"]
        return "\n".join(map(self.text_of, reports))

    # Doing

    def press(self, role: str, name: str) -> None:
        """Do what the object of this role and name does first: press it, toggle it."""
        thing = self.wait_for(role, name, "enabled")
        action = thing.reference.address("org.a11y.atspi.Action")
        (answer,) = self._calls([new_method_call(action, "DoAction", "i", (0,))])
        if answer != (True,):
            raise NotHeardError(f"{role} {name!r} can't be pressed: {answer}")

    def focus(self, thing: Thing) -> None:
        """Ask ``thing`` to take the focus, and wait until it has it."""
        self._calls([new_method_call(thing.reference.address(_COMPONENT), "GrabFocus")])
        self.wait_for(thing.role, thing.name, "focused")

    def type_into(self, name: str, words: str) -> None:
        """Put ``words`` into the place of what stands in the field of this name."""
        thing = self.wait_for("text", name, "editable")
        text = thing.reference.address("org.a11y.atspi.EditableText")
        (answer,) = self._calls([new_method_call(text, "SetTextContents", "s", (words,))])
        if answer != (True,):
            raise NotHeardError(f"{name!r} takes no text: {answer}")

    def text_of(self, thing: Thing) -> str:
        """Return the text inside a field or document."""
        text = thing.reference.address("org.a11y.atspi.Text")
        (answer,) = self._calls([new_method_call(text, "GetText", "ii", (0, -1))])
        return "" if answer is None else str(answer[0])

    def level_of(self, heading: Thing) -> str:
        """Return the level of a heading, ``""`` where it has none."""
        place = heading.reference.address(_ACCESSIBLE)
        (answer,) = self._calls([new_method_call(place, "GetAttributes")])
        return "" if answer is None else str(answer[0].get("level", ""))

    # Listening

    @property
    def announced(self) -> list[str]:
        """What was announced until now, in its order."""
        self._listen(0.0)
        return [event.words for event in self.heard if event.kind == "announcement"]

    def wait_to_hear(self, *words: str, after: int = 0) -> int:
        """Wait for an announcement that has all of ``words``; return how many there were with it.

        ``after`` is how many announcements of before don't count.
        """

        def said() -> int | None:
            places = enumerate(self.announced[after:], after + 1)
            return next(
                (place for place, text in places if all(word in text for word in words)), None
            )

        try:
            return self._until(f"“{words}”", said)
        except NotHeardError as error:
            heard = self.announced[after:]
            raise NotHeardError(f"{error}\nHeard: {heard}\n{self._fault()}") from None

    def hears(self, words: str, within: float = 5.0) -> bool:
        """Tell whether an announcement has ``words``, by now or ``within`` so many seconds."""

        def said() -> bool | None:
            return any(words in text for text in self.announced) or None

        try:
            return self._until(f"“{words}”", said, within)
        except NotHeardError:
            return False

    def _until(self, what: str, there: Callable[[], T | None], within: float = PATIENCE) -> T:
        end = time.monotonic() + within
        while (found := there()) is None:
            if time.monotonic() > end:
                raise NotHeardError(f"{what} did not come within {within:.0f} seconds")
            self._listen(0.1)
        return found

    def _listen(self, seconds: float) -> None:
        """Take in what the program says, for at most ``seconds`` or until it says something."""
        try:
            while True:
                self._take(self._bus.receive(timeout=seconds))
                seconds = 0.0
        except TimeoutError:
            return

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is not MessageType.signal or len(message.body) < 4:
            return
        detail, on, _, (_, value) = message.body[:4]
        member = _dashed(fields[HeaderFields.member])
        kind = f"{member}:{detail}" if detail else member
        if kind in _HEARD:
            source = Reference(fields[HeaderFields.sender], fields[HeaderFields.path])
            self.heard.append(Event(kind, on, value if isinstance(value, str) else "", source))

    # D-Bus

    def _read(self, references: Sequence[Reference], depth: int) -> list[Thing | None]:
        calls: list[Message] = []
        for reference in references:
            address = reference.address(_ACCESSIBLE)
            calls += [
                new_method_call(address, "GetRole"),
                Properties(address).get("Name"),
                Properties(address).get("Description"),
                new_method_call(address, "GetState"),
            ]
        answers = self._calls(calls)
        things = []
        for at, reference in enumerate(references):
            parts = answers[4 * at : 4 * at + 4]
            things.append(_thing(reference, parts, depth))
        return things

    def _calls(self, messages: Sequence[Message]) -> list[tuple[Any, ...] | None]:
        """Send all messages at once; return what each was answered, None for an error.

        An object may go while it is read: that is no error of the program.
        """
        serials = []
        for message in messages:
            serial = next(self._bus.outgoing_serial)
            self._bus.send(message, serial=serial)
            serials.append(serial)
        answers: dict[int, tuple[Any, ...] | None] = {}
        while len(answers) < len(serials):
            reply = self._bus.receive(timeout=PATIENCE)
            to = reply.header.fields.get(HeaderFields.reply_serial)
            if to in serials:
                failed = reply.header.message_type is MessageType.error
                answers[to] = None if failed else reply.body
            else:
                self._take(reply)
        return [answers[serial] for serial in serials]


def _thing(
    reference: Reference, parts: Sequence[tuple[Any, ...] | None], depth: int
) -> Thing | None:
    role, name, description, states = parts
    if role is None or name is None or description is None or states is None:
        return None
    low, high = states[0]
    bits = low | high << 32
    known = frozenset(word for number, word in STATES.items() if bits >> number & 1)
    called = ROLES.get(role[0], f"role {role[0]}")
    return Thing(reference, called, name[0][1], description[0][1], known, depth)


def _in_order(at: Reference, below: Mapping[Reference, Sequence[Thing]]) -> Iterator[Thing]:
    for thing in below.get(at, ()):
        yield thing
        yield from _in_order(thing.reference, below)


def _dashed(member: str) -> str:
    """Return "StateChanged" as "state-changed"."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in member).lstrip("-")


def _answer(reply: Message) -> tuple[Any, ...]:
    if reply.header.message_type is MessageType.error:
        raise NotHeardError(f"no AT-SPI on this desktop: {reply.body}")
    body: tuple[Any, ...] = reply.body
    return body
