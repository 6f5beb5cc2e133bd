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


def test_all_modules_of_a_package_are_found_by_their_files(
    load: Callable[[str], ModuleType],
) -> None:
    distributions = load("bundle.distributions")
    modules = distributions.modules_below("app.core")
    assert {"app.core", "app.core.draft", "app.core.iam.conditions"} <= set(modules)
    assert all(module.startswith("app.core") and "__" not in module for module in modules)
    assert distributions.modules_below("no_such_package_at_all") == []
