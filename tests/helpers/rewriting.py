"""Tests' assertions, rewritten by pytest and kept where it looks for them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from _pytest.assertion import rewrite


def rewrite_ahead(config: pytest.Config, tests: Iterable[Path]) -> None:
    """Rewrite those of ``tests`` that are not kept yet, without importing any."""
    state = config.stash[rewrite.assertstate_key]
    for path in tests:
        folder = rewrite.get_cache_dir(path)
        kept = folder / f"{path.stem}{rewrite.PYC_TAIL}"
        if rewrite._read_pyc(path, kept) is None and rewrite.try_makedirs(folder):
            source, code = rewrite._rewrite_test(path, config)
            rewrite._write_pyc(state, code, source, kept)
