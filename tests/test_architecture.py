"""The layering of folders, read from the source: nothing of the program is imported for it.

import-linter (``pyproject.toml``) holds the layers. This file holds what it can't say: that no two
folders import each other, that each page of the window stands alone, that no room of ``app`` is
forgotten in a contract, and that no two classes have one name.

The modules that lie directly in a folder are a folder of their own here, beside the folders in
it: ``app/ui/saving.py`` is of ``app.ui``, ``app/ui/widgets/field.py`` is not. At the root of
``app`` lie the program's start and its version, at opposite ends of the layers: there each module
counts alone.

Imports inside functions count, and so do those under ``TYPE_CHECKING``: whoever reads a module has
to know the types it speaks of, whenever Python loads them.
"""

import ast
import itertools
import re
import tomllib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parent.parent

USERS_OF_LIBRARIES: Final = {
    "boto3 and botocore only in aws and practice": {"app.aws", "app.practice"},
    "moto only in practice": {"app.practice"},
    "Qt only in ui and bootstrap": {"app.ui", "app.bootstrap"},
}
"""The contracts that forbid libraries, and the rooms that may use those."""


@dataclass(frozen=True)
class Module:
    """A module of the program: its dotted name (a package has its folder's) and its text."""

    name: str
    text: str
    is_package: bool = False

    @property
    def folder(self) -> str:
        """The folder that it counts to."""
        parent = self.name.rpartition(".")[0]
        return self.name if self.is_package or parent in ("", "app") else parent


@dataclass(frozen=True, order=True)
class Import:
    """One module imports another, both by dotted name, in a line of the first."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}, imports {self.imported}"


Graph = Mapping[str, Mapping[str, list[Import]]]
"""What imports (a folder or a module) to what is imported, with the imports that lead there."""


def program() -> dict[str, Module]:
    """Return the program's modules by name."""
    modules = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        *folders, stem = path.relative_to(ROOT).with_suffix("").parts
        is_package = stem == "__init__"
        name = ".".join(folders if is_package else [*folders, stem])
        modules[name] = Module(name, path.read_text(encoding="utf-8"), is_package)
    return modules


def imports_of(module: Module, modules: Mapping[str, Module]) -> Iterator[Import]:
    """Yield what ``module`` imports of ``modules``, wherever in its text it does."""
    for node in ast.walk(ast.parse(module.text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in modules else node.module for name in within]
        else:
            continue
        for name in dict.fromkeys(names):
            if name in modules and name != module.name:
                yield Import(module.name, name, node.lineno)


def all_imports(modules: Mapping[str, Module]) -> list[Import]:
    """Return each import of one of ``modules`` by another."""
    return [each for module in modules.values() for each in imports_of(module, modules)]


def graph(imports: Iterable[Import], node_of: Callable[[str], str]) -> Graph:
    """Return ``imports`` as a graph of what ``node_of`` makes of the modules' names."""
    edges: dict[str, dict[str, list[Import]]] = defaultdict(lambda: defaultdict(list))
    for each in imports:
        importer, imported = node_of(each.importer), node_of(each.imported)
        if importer != imported:
            edges[importer][imported].append(each)
    return edges


def way(edges: Graph, start: str, end: str) -> list[str] | None:
    """Return the shortest way from ``start`` to ``end``; None where there is none."""
    ways = deque([[start]])
    reached = {start}
    while ways:
        path = ways.popleft()
        if path[-1] == end:
            return path
        for following in edges.get(path[-1], {}):
            if following not in reached:
                reached.add(following)
                ways.append([*path, following])
    return None


def circles(edges: Graph) -> list[str]:
    """Return each circle as sentences that name the imports; a node stands in one of them."""
    told: list[str] = []
    seen: set[str] = set()
    for importer in sorted(edges):
        for imported in sorted(edges[importer]):
            back = way(edges, imported, importer)
            if back is None or seen & {importer, *back}:
                continue
            seen |= {importer, *back}
            told.append(_told(edges, [importer, *back]))
    return told


def _told(edges: Graph, circle: list[str]) -> str:
    lines = [" -> ".join(circle)]
    for importer, imported in itertools.pairwise(circle):
        imports = sorted(edges[importer][imported])
        lines += [f"  {each}" for each in imports[:4]]
        if len(imports) > 4:
            lines.append(f"  … and {len(imports) - 4} more from {importer} to {imported}")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    return program()


@pytest.fixture(scope="module")
def imports(modules: dict[str, Module]) -> list[Import]:
    return all_imports(modules)


@pytest.fixture(scope="module")
def folders(modules: dict[str, Module], imports: list[Import]) -> Graph:
    return graph(imports, lambda name: modules[name].folder)


def test_no_two_folders_import_each_other(folders: Graph) -> None:
    told = circles(folders)
    assert not told, "\n" + "\n".join(told)


def test_no_two_modules_import_each_other(imports: list[Import]) -> None:
    """``from folder import module`` counts for the module, not for the folder's ``__init__``."""
    told = circles(graph(imports, lambda name: name))
    assert not told, "\n" + "\n".join(told)


def _within(name: str, folder: str) -> bool:
    return name == folder or name.startswith(f"{folder}.")


def _wrong(imports: Iterable[Import], importer: str, *imported: str) -> list[str]:
    """Return the imports of ``imported`` folders by modules in the folder ``importer``."""
    return [
        str(each)
        for each in imports
        if _within(each.importer, importer) and any(_within(each.imported, to) for to in imported)
    ]


def test_a_page_imports_no_other_page(imports: list[Import]) -> None:
    """Only the list of pages knows them all."""
    others = [each for each in imports if each.importer != "app.ui.pages.page_list"]
    assert not _wrong(others, "app.ui.pages", "app.ui.pages")


def test_what_pages_are_made_of(imports: list[Import]) -> None:
    """Pages know neither window nor tour; what they share knows no page."""
    ui = "app.ui."
    above = (f"{ui}window", f"{ui}tour", f"{ui}pages")
    assert not _wrong(imports, f"{ui}pages", f"{ui}window", f"{ui}tour")
    for folder in ("sign_in", "review", "report"):
        assert not _wrong(imports, ui + folder, *above), folder
    rooms = (*above, f"{ui}sign_in", f"{ui}review", f"{ui}report")
    assert not _wrong(imports, f"{ui}parts", *rooms)
    assert not _wrong(imports, f"{ui}widgets", *rooms, f"{ui}parts")
    assert not _wrong(imports, f"{ui}look", *rooms, f"{ui}parts", f"{ui}widgets")


def _namesakes(modules: Mapping[str, Module]) -> dict[str, list[str]]:
    """Return the names of public classes that several modules have; a port counts as what it is."""
    places = defaultdict(list)
    for module in modules.values():
        if not module.name.startswith("app.flow.ports."):
            for name in re.findall(r"^class ([A-Za-z]\w*)", module.text, re.MULTILINE):
                places[name].append(module.name)
    return {name: homes for name, homes in places.items() if len(homes) > 1}


def test_a_class_has_a_name_of_its_own(modules: dict[str, Module]) -> None:
    """One word has one meaning, so that a search for it leads to one thing."""
    assert not _namesakes(modules)


def test_namesakes_are_found() -> None:
    both = _modules(**{"app.aws.a": "class Place:\n", "app.ui.b": "class Place(Enum):\n"})
    assert _namesakes(both) == {"Place": ["app.aws.a", "app.ui.b"]}


def _contracts() -> dict[str, dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["name"]: each for each in settings["tool"]["importlinter"]["contracts"]}


def _rooms(modules: Mapping[str, Module]) -> set[str]:
    """Return each folder and module that lies directly in ``app``."""
    return {name for name in modules if name.count(".") == 1}


def test_each_room_has_its_layer(modules: dict[str, Module]) -> None:
    layers = _contracts()["Layers: siblings above flow, flow above core"]["layers"]
    named = [name.strip() for layer in layers for name in layer.split("|")]
    assert sorted(named) == sorted(_rooms(modules))


@pytest.mark.parametrize("contract", USERS_OF_LIBRARIES)
def test_each_other_room_is_forbidden_the_library(
    contract: str, modules: dict[str, Module]
) -> None:
    forbidden = _contracts()[contract]["source_modules"]
    assert sorted(forbidden) == sorted(_rooms(modules) - USERS_OF_LIBRARIES[contract])


def test_each_contract_that_forbids_is_known_here() -> None:
    forbidding = {name for name, each in _contracts().items() if each["type"] == "forbidden"}
    assert forbidding == {*USERS_OF_LIBRARIES, "core is pure: no files, clock, network or threads"}


# The rules themselves, on small programs.


def _modules(**texts: str) -> dict[str, Module]:
    names = {name.replace("__", "."): text for name, text in texts.items()}
    packages = {name.rpartition(".")[0] for name in names} | {"app"}
    every = {name: "" for name in packages if name} | names
    return {name: Module(name, text, name in packages) for name, text in every.items()}


def _circles_of_folders(**texts: str) -> list[str]:
    modules = _modules(**texts)
    return circles(graph(all_imports(modules), lambda name: modules[name].folder))


@pytest.mark.parametrize(
    "text",
    [
        "from app.b.y import Y",
        "from app.b import y",
        "import app.b.y",
        "def late():\n    from app.b.y import Y",
        "if TYPE_CHECKING:\n    from app.b.y import Y",
    ],
)
def test_a_circle_is_found_and_told(text: str) -> None:
    (told,) = _circles_of_folders(app__a__x=text, app__b__y="from app.a.x import X")
    assert told.splitlines()[0] == "app.a -> app.b -> app.a"
    assert "app.b.y, line 1, imports app.a.x" in told


def test_a_circle_over_three_folders_is_found() -> None:
    (told,) = _circles_of_folders(
        app__a__x="import app.b.y",
        app__b__y="import app.c.z",
        app__c__z="import app.a.w",
        app__a__w="",
    )
    assert told.splitlines()[0] == "app.a -> app.b -> app.c -> app.a"


def test_a_folder_and_one_within_it_are_two() -> None:
    (told,) = _circles_of_folders(
        app__a__x="import app.a.within.y", app__a__within__y="import app.a.z", app__a__z=""
    )
    assert told.splitlines()[0] == "app.a -> app.a.within -> app.a"


def test_one_direction_is_no_circle() -> None:
    assert not _circles_of_folders(
        app__a__x="import app.b.y\nimport app.a.w", app__a__w="", app__b__y="import json"
    )
