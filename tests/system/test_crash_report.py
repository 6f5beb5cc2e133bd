"""A crash report says where it happened, and nothing of what was typed or whose computer it is."""

import platform
from collections.abc import Callable
from typing import Final, NoReturn

import pytest

from app import __version__
from app.core.fields.details import check_details
from app.core.fields.form import DetailsForm
from app.system.crash_report import crash_report

CANARY: Final = "Kanarienvogel-4711"


def crashed(crash: Callable[[], object]) -> str:
    """Return the report of what ``crash`` raises."""
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - any crash
        crash()
    return crash_report(caught.value)


def _quoting() -> NoReturn:
    raise ValueError(CANARY)


def _key() -> object:
    return {}[CANARY]  # type: ignore[index]


def _noted() -> NoReturn:
    error = RuntimeError("x")
    error.add_note(CANARY)
    raise error


def _caused() -> None:
    try:
        _quoting()
    except ValueError as error:
        raise RuntimeError(f"{CANARY} again") from error


def _in_the_core() -> None:
    check_details(DetailsForm(CANARY), {})
    check_details(CANARY, {})  # type: ignore[arg-type]


def _grouped() -> NoReturn:
    raise ExceptionGroup(CANARY, [ValueError(CANARY)])


@pytest.mark.parametrize("crash", [_quoting, _key, _noted, _caused, _in_the_core, _grouped])
def test_nothing_that_was_typed(crash: Callable[[], object]) -> None:
    report = crashed(crash)
    assert CANARY not in report
    assert crash.__name__ in report
    assert __version__ in report
    assert platform.python_version() in report


def test_the_first_cause_comes_first() -> None:
    report = crashed(_caused)
    assert report.index("builtins.ValueError") < report.index("builtins.RuntimeError")


def test_the_place_in_the_code() -> None:
    report = crashed(_in_the_core)
    assert "  app/core/fields/details.py:" in report
    assert "in check_details" in report
    assert "builtins.AttributeError" in report


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/jo/x.py", "x.py"),
        ("/home/jo/app/cli.py", "app/cli.py"),
        ("/home/jo/clone/app/core/plan.py", "app/core/plan.py"),
        (r"C:\Users\Jo Bloggs\ubiquity\app\ui\window.py", "app/ui/window.py"),
        (
            "/home/jo/app/.venv/lib/python3.11/site-packages/botocore/client.py",
            "site-packages/botocore/client.py",
        ),
        ("/usr/lib/python3.12/asyncio/tasks.py", "python3.12/asyncio/tasks.py"),
        (
            r"C:\Users\Jo\AppData\Local\Programs\Python\Python311\Lib\json\decoder.py",
            "Lib/json/decoder.py",
        ),
        ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"),
        ("<string>", "<string>"),
    ],
)
def test_no_folder_that_names_a_person(path: str, shown: str) -> None:
    space: dict[str, Callable[[], object]] = {}
    exec(compile("def fail():\n    raise KeyError\n", path, "exec"), space)  # noqa: S102 - to have such a path
    report = crashed(space["fail"])
    assert f"  {shown}:2 in fail" in report
    assert "Jo" not in report
    assert "/home" not in report


class _Stubborn(Exception):  # noqa: N818 - a name as libraries have them
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Exception.__hash__


def test_errors_that_say_they_are_equal() -> None:
    inner, outer = _Stubborn(), _Stubborn()
    outer.__cause__ = inner
    assert crash_report(outer).count("_Stubborn") == 2


def test_errors_that_go_round_in_circles() -> None:
    one, other = ValueError(), KeyError()
    one.__context__, other.__context__ = other, one
    assert crash_report(one).count("builtins.") == 2


def test_a_cause_that_is_hidden() -> None:
    error = RuntimeError()
    error.__context__, error.__suppress_context__ = ValueError(), True
    assert "ValueError" not in crash_report(error)
