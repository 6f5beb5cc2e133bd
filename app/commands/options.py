"""The options of a command: long names only, with a value or without.

argparse takes 15 ms of a start that may take 60 (``tests/benchmarks/check_start.py``), and its
sentences can't be translated with ours; the few options here need no more than this.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from app.core.conventions import row
from app.core.i18n import tr


class WrongUsage(Exception):  # noqa: N818 - a wish that can't be fulfilled, not a fault
    """The command line can't be understood; the message is the whole sentence."""


class Option(NamedTuple):
    """One option. ``value`` says what it takes, in capitals; None for one that is on or off."""

    name: str
    value: str | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    """Options that can't be given together with this one."""
    may_be_empty: bool = False
    operands: bool = False
    """Not an option, but all words that are none: files, most often."""


GivenOptions = Mapping[str, str]
"""The options that were given, by name; one that is on or off has the value ``on``.

Operands stand under their name too: ``operands_in`` takes them apart.
"""

_BETWEEN: Final = "\0"
"""Between operands: no word of a command line can hold it."""


def parse(options: Sequence[Option], arguments: Sequence[str]) -> GivenOptions:
    """Return what ``arguments`` give; raise ``WrongUsage`` where they can't be understood."""
    options_by_name = {f"--{o.name}": o for o in options if not o.operands}
    operands = next((option.name for option in options if option.operands), None)
    given: dict[str, str] = {}
    rest = iter(arguments)
    for word in rest:
        if operands is not None and word and not word.startswith("-"):
            given[operands] = _BETWEEN.join(filter(None, (given.get(operands), word)))
            continue
        name, equals, attached = word.partition("=")
        option = options_by_name.get(name)
        if option is None:
            raise WrongUsage(tr("“{word}” is not an option of this command.").format(word=name))
        if option.name in given:
            raise WrongUsage(tr("{name} is given twice.").format(name=name))
        given[option.name] = _value(option, attached if equals else None, rest, options_by_name)
    _check(options, given)
    return given


def operands_in(given: GivenOptions, name: str) -> tuple[str, ...]:
    """Return the words that were given beside the options, in their order."""
    return tuple(given[name].split(_BETWEEN)) if name in given else ()


def _value(
    option: Option, attached: str | None, rest: Iterator[str], option_names: Collection[str]
) -> str:
    if option.value is None:
        if attached is not None:
            raise WrongUsage(tr("--{name} takes no value.").format(name=option.name))
        return "on"
    value = attached if attached is not None else next(rest, None)
    # A text may begin with dashes; an option in the value's place means that it was left out.
    left_out = value is None or (attached is None and value.partition("=")[0] in option_names)
    if value is None or left_out or not (value or option.may_be_empty):
        sentence = tr("--{name} needs a value: {value}.")
        raise WrongUsage(sentence.format(name=option.name, value=option.value))
    if option.choices and value not in option.choices:
        sentence = tr("--{name} should be one of {choices}, and is “{value}”.")
        choices = row(option.choices)
        raise WrongUsage(sentence.format(name=option.name, choices=choices, value=value))
    return value


def _check(options: Sequence[Option], given: GivenOptions) -> None:
    missing = [f"--{o.name} {o.value}" for o in options if o.required and o.name not in given]
    if missing:
        raise WrongUsage(tr("This is missing: {options}.").format(options=row(missing)))
    for option in options:
        others = [name for name in option.excludes if name in given]
        if others and option.name in given:
            sentence = tr("--{one} and --{other} can’t be given together.")
            raise WrongUsage(sentence.format(one=option.name, other=others[0]))


def usage(command: str, purpose: str, options: Sequence[Option]) -> tuple[str, ...]:
    """Return the lines of help for one command."""
    written = " ".join(_written(option) for option in options)
    return f"ubiquity-s3-setup {command} {written}".rstrip(), "", purpose


def _written(option: Option) -> str:
    if option.operands:
        return f"[{option.value}…]"
    value = "|".join(option.choices) if option.choices else option.value
    words = f"--{option.name} {value}" if value else f"--{option.name}"
    return words if option.required else f"[{words}]"
