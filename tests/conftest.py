"""What every test gets: no clock in hypothesis, a home of its own, and no way to the network."""

import gc
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.network_guard import only_this_computer
from tests.helpers.rewriting import rewrite_ahead

# A slow or busy machine is no reason for a test to fail.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")

_PACKAGING = Path(__file__).resolve().parent.parent / "packaging"
_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_SETTINGS = ("AWS_", "REQUESTS_CA_BUNDLE")
"""How the names of AWS's settings begin; boto3 reads a bundle of certificates for each client."""
_BESIDE_HOME = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues anew where a ``.po`` is another one, before any test reads them."""
    if not hasattr(config, "workerinput"):
        sys.path.insert(0, str(_PACKAGING))
        try:
            importlib.import_module("translations").compile_stale(_PACKAGING.parent)
        finally:
            sys.path.remove(str(_PACKAGING))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Rewrite the assertions of this worker's share of all tests; the others do theirs meanwhile.

    Each would else rewrite all of them, at the same time as the others, in a clone that is new.
    """
    worker = getattr(session.config, "workerinput", None)
    all_of_them = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if worker and all_of_them and not sys.dont_write_bytecode:
        tests = sorted(Path(__file__).parent.rglob("test_*.py"))
        own = int(worker["workerid"].removeprefix("gw"))
        rewrite_ahead(session.config, tests[own :: worker["workercount"]])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare the collector of circles the tests and what they import: all of that stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Keep the collector of circles to this thread while there are windows, as the program does.

    A test's window goes when the collector comes by, and that may be in a thread of the next one.
    """
    if _has_windows(item):
        gc.disable()
    elif not gc.isenabled():
        gc.collect()
        gc.enable()


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Collect what is due between two tests of the window."""
    if _has_windows(item):
        from app.ui.collecting import collect_what_is_due

        collect_what_is_due()


def _has_windows(item: pytest.Item) -> bool:
    return "qapp" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Return the arguments of Qt's application that tests share: they have the program's style."""
    from app.ui.look.qt_application import QT_ARGUMENTS

    return ["tests", *QT_ARGUMENTS]


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty-home")


@pytest.fixture(scope="session", autouse=True)
def what_passes_stays_here(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let files that pass lie in pytest's own folder, as tests and what they start make them.

    A killed process leaves its own; pytest clears its folders, and nobody the system's. Elsewhere
    than on Linux the path would be longer than a socket's name may be.
    """
    if sys.platform.startswith("linux"):
        folder = tmp_path_factory.getbasetemp() / "t"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


@pytest.fixture(autouse=True)
def nothing_leaves_this_computer() -> Iterator[None]:
    """Refuse every address but this computer's own, and see that no other was tried."""
    with only_this_computer() as refused:
        yield
    assert refused == []


@pytest.fixture(autouse=True)
def no_session_of_everybodys() -> Iterator[None]:
    """See that nobody made boto3's default session: it would keep this test's settings for all."""
    yield
    boto3 = vars(sys.modules["boto3"]) if "boto3" in sys.modules else {}
    if boto3.get("DEFAULT_SESSION") is not None:
        boto3["DEFAULT_SESSION"] = None
        pytest.fail("A client or resource was asked of boto3 itself, not of a session.")


@pytest.fixture(autouse=True)
def nobody_at_home(
    nothing_leaves_this_computer: None, monkeypatch: pytest.MonkeyPatch, empty_home: Path
) -> Iterator[Path]:
    """Give each test an empty home and none of this computer's AWS settings, in English.

    The guard is set up before ``monkeypatch`` and taken down after it: what a test puts in the
    place of a guarded call would else bring the guard back for good.
    """
    del nothing_leaves_this_computer
    for name in list(os.environ):
        if name.upper().startswith(_SETTINGS) or name in _BESIDE_HOME:
            monkeypatch.delenv(name)
    for name in _HOMES:
        monkeypatch.setenv(name, str(empty_home))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("LANGUAGE", "en")
    yield empty_home
    for left in empty_home.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


@pytest.fixture
def real_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Run a real Secret Service for keyring to find; yield the folder where it keeps its files."""
    from keyring import backend, core

    from tests.helpers.secret_service import is_here, secret_service

    if not sys.platform.startswith("linux"):
        pytest.skip("The Secret Service is Linux's")
    if not is_here() and not Path("/usr/bin/apt-get").exists():
        # On a Debian packaging/linux_packages.py has seen to it.
        pytest.skip("needs gnome-keyring and dbus")
    home = tmp_path / "keyring-home"
    home.mkdir(mode=0o700)
    with secret_service(home) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(core, "_keyring_backend", None)
        # keyring remembers which there were when it was first asked.
        _forget(backend.get_all_keyring)
        yield home
        _forget(backend.get_all_keyring)


def _forget(once: Callable[[], object]) -> None:
    vars(once).pop("saved_result", None)
