"""The error tree, and the page that explains it."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stikg import errors
from stikg.building import build
from stikg.errors import NameProblem, ParameterError, StikgError
from tests.fixtures.folders import copy_tiny


def tree(parent: type[StikgError]) -> list[type[StikgError]]:
    """Return a class and all below it."""
    return [parent, *(below for child in parent.__subclasses__() for below in tree(child))]


PUBLIC = [error for error in tree(StikgError) if error.__module__ == "stikg.errors"]


@pytest.fixture(scope="module")
def sections(root: Path) -> dict[str, str]:
    """Return the sections of docs/errors.md by heading."""
    page = (root / "docs" / "errors.md").read_text(encoding="utf-8")
    pieces = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_every_error_has_a_heading_and_every_heading_an_error(sections: dict[str, str]) -> None:
    assert sorted(sections) == sorted({error.anchor for error in PUBLIC})


@pytest.mark.parametrize("error", PUBLIC, ids=lambda error: error.__name__)
def test_a_section_names_its_error_and_exit_code(
    error: type[StikgError], sections: dict[str, str]
) -> None:
    section = sections[error.anchor]
    assert f"`{error.__name__}`" in section
    assert f"Exit code {error.exit_code}." in section
    words = [word for word in ("**Problem.**", "**Example.**", "**Solution.**") if word in section]
    assert words == ["**Problem.**", "**Example.**", "**Solution.**"]


@pytest.mark.parametrize("error", PUBLIC, ids=lambda error: error.__name__)
def test_the_tree_is_drawn_in_the_module(error: type[StikgError]) -> None:
    documentation = errors.__doc__ or ""
    assert error.__name__ in documentation or error is NameProblem


def test_no_two_errors_share_a_heading_but_a_class_and_its_parent() -> None:
    for error in PUBLIC:
        twins = [other for other in PUBLIC if other.anchor == error.anchor]
        assert all(issubclass(a, b) or issubclass(b, a) for a in twins for b in twins)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny knowledge graph, compiled."""
    tiny = copy_tiny(tmp_path_factory.mktemp("built") / "tiny")
    build(tiny.layout)
    return tiny.root


@pytest.mark.parametrize("anchor", sorted({error.anchor for error in PUBLIC}))
def test_an_example_happens_as_it_is_written(
    anchor: str, sections: dict[str, str], built: Path, tmp_path: Path
) -> None:
    example = re.search(r"```console\n(.*?)```", sections[anchor], re.DOTALL)
    if example is None:
        assert anchor in {"stikg-error", "missing-dependency", "limit-exceeded", "busy"}
        return
    folder = shutil.copytree(built, tmp_path / "tiny")
    commands = re.findall(r"^\$ (.*)", example[1], re.MULTILINE)
    run = run_in(folder, commands)
    error = next(error for error in PUBLIC if error.anchor == anchor)
    assert run.returncode == error.exit_code
    expected = re.sub(r"^\$ .*\n", "", example[1], flags=re.MULTILINE)
    pattern = re.escape(expected).replace("…", ".*")
    assert re.fullmatch(pattern, run.stdout.replace(f"{folder}/", "")), run.stdout


def run_in(folder: Path, commands: list[str]) -> subprocess.CompletedProcess[str]:
    """Run shell commands in a folder; stikg is the program under test, installed or not."""
    function = f'stikg() {{ {shlex.quote(sys.executable)} -m stikg.cli "$@"; }}'
    return subprocess.run(
        ["bash", "-c", "\n".join([function, *commands])],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_python_example_happens_as_it_is_written(
    sections: dict[str, str], built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    example = re.search(r"```pycon\n(.*?)```", sections["stikg-error"], re.DOTALL)
    assert example is not None
    parsed = doctest.DocTestParser().get_doctest(example[1], {}, "stikg-error", None, None)
    assert doctest.DocTestRunner().run(parsed) == (0, 3)


def test_a_message_says_what_where_and_what_to_do() -> None:
    error = StikgError("no such file", where="graph/a.ttl:3", remedy="create it")
    assert str(error) == "graph/a.ttl:3: no such file\n  remedy: create it"
    assert str(StikgError("no such file")) == "no such file"


def test_names_carry_candidates_and_parameters_their_name() -> None:
    assert NameProblem("x", candidates=["a", "b"]).candidates == ("a", "b")
    assert ParameterError("x", parameter="since").parameter == "since"
