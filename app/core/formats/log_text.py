"""A line of the program's log: the time (UTC), what happened, and its fields."""

from datetime import UTC, datetime

from app.core.log_event import Event, fields_of, name_of


def log_line(at: datetime, event: Event) -> str:
    """Return the line of an event, without its end.

    A value with spaces is in quotes; none has quotes of its own (``log_event.SHAPES``).
    """
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    fields = (
        f'{name}="{text}"' if " " in text else f"{name}={text}"
        for name, text in fields_of(event).items()
    )
    return " ".join((moment, name_of(event), *fields))
