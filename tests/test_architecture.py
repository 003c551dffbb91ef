"""The house keeps its rules: style, types, floors, a light path, small modules."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import stikg

HEAVY = (
    "rdflib",
    "networkx",
    "matplotlib",
    "numpy",
    "pyshacl",
    "yaml",
    "openpyxl",
    "SPARQLWrapper",
    "starlette",
    "uvicorn",
)
CHECKS = {
    "style": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "types": ["mypy"],
    "floors": ["lint-imports", "--no-cache"],
}
MODULE_LINES, FUNCTION_LINES = 400, 40


@pytest.mark.parametrize("check", CHECKS)
def test_check_finds_nothing(check: str, root: Path) -> None:
    command, *arguments = CHECKS[check]
    program = Path(sys.executable).with_name(command)
    run = subprocess.run([program, *arguments], cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, f"\n{run.stdout}{run.stderr}"


def floors_of_the_contract(root: Path) -> list[set[str]]:
    """Return the modules of each floor as import-linter keeps them, from the top."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    layers = [re.split(r"\s*\|\s*", layer) for layer in contract["layers"]]
    return [{name for name in layer if not name.startswith("(")} for layer in layers]


def floors_of_the_page(root: Path) -> list[set[str]]:
    """Return the modules of each floor as docs/architecture.md draws them, from the top."""
    page = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    floors: list[set[str]] = []
    for floor, module in re.findall(r"^\| (\d \w+)? ?\| `(\w+)` \|", page, re.MULTILINE):
        if floor:
            floors.append(set())
        floors[-1].add(module)
    return floors


def test_the_page_draws_the_floors_of_the_contract(root: Path) -> None:
    *upper, terms, errors = floors_of_the_contract(root)
    assert floors_of_the_page(root) == [*upper, terms | errors]


def test_the_light_path_is_light() -> None:
    program = (
        "import sys, stikg, stikg.cli, stikg.cli.query, stikg.dataset, stikg.store, stikg.names\n"
        "import stikg.results, stikg.library, stikg.serialisation\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_import_of_the_package_alone_loads_nothing() -> None:
    program = "import sys, stikg; print([name for name in sys.modules if name.startswith('stikg')])"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "['stikg']\n"


def test_public_names_are_sorted_and_there() -> None:
    assert sorted(stikg.__all__) == stikg.__all__ == dir(stikg)
    for name in stikg.__all__:
        assert getattr(stikg, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nosuch'"):
        _ = stikg.nosuch


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_what_a_page_names_is_there(page: str, root: Path) -> None:
    text = (root / page).read_text(encoding="utf-8")
    words = {word for quoted in re.findall(r"`([^`\n]+)`", text) for word in quoted.split()}
    tops = ("src/", "tests/", "docs/", "graph/", "ontology/", "queries/")
    paths = {word for word in words if word.startswith(tops) and not re.search(r"[<>*…]", word)}
    assert paths
    assert {path for path in paths if not (root / path).exists()} == set()
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)`", text)) <= targets


def packages(root: Path) -> Iterator[Path]:
    """Yield every folder of the package that holds modules."""
    yield from (path.parent for path in (root / "src" / "stikg").rglob("__init__.py"))


def test_every_name_of_all_is_there(root: Path) -> None:
    missing = [
        f"{module.__name__}.{name}"
        for folder in packages(root)
        for module in [importlib.import_module(".".join(folder.relative_to(root / "src").parts))]
        for name in getattr(module, "__all__", [])
        if not hasattr(module, name)
    ]
    assert missing == []


def sources_of(root: Path) -> list[Path]:
    """Return every module of the package."""
    return sorted((root / "src" / "stikg").rglob("*.py"))


def test_modules_are_small(root: Path) -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources_of(root)}
    too_long = {str(path): size for path, size in sizes.items() if size >= MODULE_LINES}
    assert too_long == {}, "split it into a package with well-named modules"


def test_functions_are_small(root: Path) -> None:
    too_long = [
        f"{path.relative_to(root)}:{node.lineno}: {node.name} has {lines} lines"
        for path in sources_of(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (lines := lines_of_code(node)) >= FUNCTION_LINES
    ]
    assert too_long == []


def lines_of_code(function: ast.FunctionDef) -> int:
    """Return the lines of a function's body, its docstring apart."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0
