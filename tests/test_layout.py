"""Where the knowledge graph is found, and which compiled version is in use."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stikg.errors import DatasetError, InputError
from stikg.layout import find_layout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the smallest folder that is a knowledge graph."""
    for name in ("ontology", "graph", "queries"):
        (tmp_path / name).mkdir()
    (tmp_path / "ontology" / "stikg.ttl").write_text("")
    return tmp_path.resolve()


def compile_into(folder: Path, version: str = "0a1b") -> Path:
    """Put a compiled version there."""
    (folder / "build" / version).mkdir(parents=True)
    (folder / "build" / "current").write_text(version + "\n")
    manifest = folder / "build" / version / "manifest.json"
    manifest.write_text("{}")
    return manifest


def test_a_given_folder_is_taken(folder: Path) -> None:
    layout = find_layout(folder)
    assert layout.root == folder
    assert layout.queries == folder / "queries"
    assert layout.build == folder / "build"
    assert layout.editable


def test_a_given_folder_must_be_a_knowledge_graph(folder: Path) -> None:
    (folder / "queries").rmdir()
    (folder / "ontology" / "stikg.ttl").unlink()
    with pytest.raises(InputError, match=r"no ontology/stikg\.ttl, no queries") as caught:
        find_layout(folder)
    assert caught.value.where == str(folder)


def test_a_parent_of_the_working_directory_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = folder / "graph" / "documents"
    deep.mkdir()
    monkeypatch.chdir(deep)
    assert find_layout().root == folder


def test_elsewhere_the_checkout_of_the_program_is_found(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_layout().root == root


def test_without_a_compiled_dataset_the_remedy_is_to_build(folder: Path) -> None:
    with pytest.raises(DatasetError, match="no compiled dataset") as caught:
        find_layout(folder).current()
    assert caught.value.remedy == "compile it with: stikg build"


@pytest.mark.parametrize("version", ["gone", "../elsewhere", "", ".."])
def test_a_pointer_to_nowhere_is_named(folder: Path, version: str) -> None:
    compile_into(folder)
    (folder / "manifest.json").write_text("{}")
    (folder / "build" / "current").write_text(version)
    with pytest.raises(DatasetError, match="is not there"):
        find_layout(folder).current()


def test_the_version_in_use_is_the_one_pointed_at(folder: Path) -> None:
    compile_into(folder, "0a")
    (folder / "build" / "0b").mkdir()
    assert find_layout(folder).current() == folder / "build" / "0a"


def test_inputs_are_sorted_and_without_hidden_files(folder: Path) -> None:
    for name in ("queries/b.rq", "queries/a.rq", "graph/.a.ttl.swp", "queries/a.rq~"):
        (folder / name).write_text("")
    (folder / "queries" / ".idea").mkdir()
    (folder / "queries" / ".idea" / "x").write_text("")
    found = [str(path.relative_to(folder)) for path in find_layout(folder).inputs()]
    assert found == ["ontology/stikg.ttl", "queries/a.rq", "queries/b.rq"]


CHANGES: dict[str, Callable[[Path], object]] = {
    "changes": lambda graph: (graph / "document.ttl").write_text("changed"),
    "goes": lambda graph: (graph / "document.ttl").unlink(),
    "comes": lambda graph: (graph / "new.ttl").touch(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_compiled_dataset_is_fresh_until_a_file(change: str, folder: Path) -> None:
    (folder / "graph" / "document.ttl").write_text("")
    manifest = compile_into(folder)
    past = time.time() - 100
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (past, past))
    os.utime(manifest, (past + 50, past + 50))
    assert not find_layout(folder).stale()
    CHANGES[change](folder / "graph")
    assert find_layout(folder).stale()


def test_stale_needs_something_compiled(folder: Path) -> None:
    with pytest.raises(DatasetError):
        find_layout(folder).stale()
