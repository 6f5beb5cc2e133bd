"""What a bundle needs on Windows in particular, as a trial under Wine found it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


def test_each_package_keeps_the_library_that_lies_beside_it(
    load: Callable[[str], ModuleType],
) -> None:
    """Python's own library is asked for in another spelling, and a package has one as well."""
    contents = load("bundle.contents")
    entries = [
        contents.Entry("python313.dll", "/py/python313.dll", "BINARY"),
        contents.Entry("vcruntime140.dll", "/py/vcruntime140.dll", "BINARY"),
        contents.Entry("shiboken6\\VCRUNTIME140.dll", "/sh/VCRUNTIME140.dll", "BINARY"),
        contents.Entry("libunused.dll", "/py/libunused.dll", "BINARY"),
    ]
    asked = {"/py/python313.dll": ["VCRUNTIME140.dll", "KERNEL32.dll"]}
    kept = contents.reached(entries, lambda source: asked.get(source, []))
    assert [entry.target for entry in kept] == [
        "python313.dll",
        "vcruntime140.dll",
        "shiboken6\\VCRUNTIME140.dll",
    ]


def test_nothing_that_compiles_for_cffi_comes_along(load: Callable[[str], ModuleType]) -> None:
    """Half of it there, Windows' keyring would choose it and fail."""
    assert {"cffi", "pycparser"} <= set(load("bundle.distributions").UNUSED_MODULES)
