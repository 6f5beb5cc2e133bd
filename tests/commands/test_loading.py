"""The collector rests while modules load, and works on afterwards."""

import gc
from collections.abc import Iterator

import pytest

from app.commands.loading import loading


@pytest.fixture(autouse=True)
def nothing_stays_frozen() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_the_collector_rests_only_while_modules_load() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_a_missing_module_leaves_the_collector_at_work() -> None:
    with pytest.raises(ModuleNotFoundError), loading():
        raise ModuleNotFoundError("a part is missing")
    assert gc.isenabled()
