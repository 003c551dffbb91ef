"""Datasets that are not that of the checkout: a store folder of any kind, by name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner, Result

import stikg
from stikg.building.publication import publish, unfinished_version
from stikg.cli import application
from stikg.dataset.places import Place, find_place, hold
from stikg.errors import DatasetError, InputError
from stikg.server.service import Service
from stikg.server.settings import Settings
from stikg.store import LocalStore
from stikg.terms import IRI, expand

JST = expand("agency:jst")
QUERY = "SELECT ?s { ?s a sti:FundingAgency }"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a store that the engine wrote, and no build."""
    folder = tmp_path / "bare"
    store = pyoxigraph.Store(str(folder))
    agency = (
        "<https://w3id.org/stikg/agency/mine> a <https://w3id.org/stikg/ontology/FundingAgency> ."
    )
    store.load(agency.encode(), pyoxigraph.RdfFormat.TURTLE)
    store.flush()
    del store
    return folder


def agencies(*, folder: Path | None = None, store: Path | None = None) -> list[str]:
    table = stikg.open(folder, store=store).sparql(QUERY)
    return sorted(str(row[0]) for row in table)  # type: ignore[union-attr]


def test_the_three_kinds_of_folder(compiled: Path, bare: Path) -> None:
    build, version = compiled / "build", compiled / "build" / "v1"
    assert find_place(version) == find_place(build) == Place(version / "store", version)
    assert find_place(version / "store") == Place(version / "store", version)
    assert find_place(bare) == Place(bare, None)
    known = agencies(folder=compiled)
    assert known
    for folder in (build, version, version / "store"):
        assert agencies(store=folder) == known
    assert agencies(folder=compiled, store=bare) == ["https://w3id.org/stikg/agency/mine"]


def test_a_bare_store_has_the_names_of_this_machine_and_no_manifest(
    compiled: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stikg.dataset.opened.WARM", 0.0)
    dataset = stikg.open(compiled, store=bare)
    assert dataset.search("japan")
    assert dataset.manifest == {}
    assert dataset.store_folder == bare
    store = dataset.store
    for _ in range(2):
        dataset.sparql(QUERY)
    assert dataset.store is store  # of unknown size: never copied into memory
    (compiled / "build" / "current").unlink()
    assert stikg.open(compiled, store=bare).queries.get("programmes")


def test_a_sealed_store_of_its_own_is_checked(compiled: Path, tmp_path: Path) -> None:
    version = compiled / "build" / "v1"
    shutil.copytree(version / "store", tmp_path / "alone")
    shutil.copyfile(version / "store.json", tmp_path / "alone.json")
    assert agencies(store=tmp_path / "alone", folder=compiled) == agencies(folder=compiled)
    table = next((tmp_path / "alone").glob("*.sst"))
    table.write_bytes(table.read_bytes()[:-1])
    with pytest.raises(DatasetError, match="not those that were built"):
        agencies(store=tmp_path / "alone", folder=compiled)


@pytest.mark.parametrize(
    ("make", "problem", "remedy"),
    [
        (lambda f: None, "no such folder", "name a compiled version"),
        (lambda f: f.write_text("x"), "no such folder", "name a compiled version"),
        (lambda f: f.mkdir(), "there is no store in this folder", "name a compiled version"),
        (lambda f: (f / "build").mkdir(parents=True), "there is no store", "name a compiled"),
    ],
)
def test_any_other_folder_is_refused(
    tmp_path: Path, make: Callable[[Path], object], problem: str, remedy: str
) -> None:
    folder = tmp_path / "folder"
    make(folder)
    with pytest.raises(InputError, match=problem) as caught:
        stikg.open(store=folder)
    assert remedy in str(caught.value.remedy)
    assert not (folder / "LOCK").exists()


def test_the_neighbour_that_is_meant_is_named(compiled: Path) -> None:
    with pytest.raises(InputError) as caught:
        stikg.open(store=compiled)
    assert caught.value.remedy == f"name the folder build in it: {compiled / 'build'}"


def test_a_pointer_that_leads_nowhere(compiled: Path) -> None:
    (compiled / "build" / "current").write_text("v9\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="'v9' is not there"):
        stikg.open(store=compiled / "build")


def test_a_bare_store_is_served_alone(compiled: Path, bare: Path) -> None:
    """What else is in the folder of the store is not copied, nor shown."""
    (bare.parent / "private").write_text("secret", encoding="utf-8")
    service = Service(stikg.open(compiled, store=bare), Settings())
    service._hold()
    held = service.store_folder.parent
    assert sorted(path.name for path in held.iterdir()) == ["store", "store.json"]
    assert LocalStore.open(service.store_folder).count() == 1
    assert service.dataset.search("japan")


def ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(application, [str(argument) for argument in arguments])


def test_commands_take_the_folder(compiled: Path, bare: Path) -> None:
    answer = ask("--store", compiled / "build", "sparql", QUERY, "--format", "csv")
    assert answer.exit_code == 0, answer.output
    assert sorted(answer.stdout.split()[1:]) == agencies(folder=compiled)
    exported = ask("--store", bare, "--folder", compiled, "export", "--format", "nquads")
    assert exported.stdout.count("\n") == 1
    assert "agency/mine" in exported.stdout
    both = ask("--store", bare, "--endpoint", "http://127.0.0.1:9/", "sparql", "ASK {}")
    assert (both.exit_code, both.stdout) == (2, "")
    assert "two datasets" in both.stderr
    assert ask("--store", bare.parent / "none", "sparql", "ASK {}").exit_code == 2


def publish_another(build: Path, version: str) -> None:
    """Publish a version of one statement, as a build does."""
    with unfinished_version(build) as folder:
        LocalStore.create(folder / "store", [(IRI(f"http://e/{version}"), JST, JST, None)])
        for name in ("names.sqlite", "queries.json"):
            shutil.copyfile(find_place(build).store.parent / name, folder / name)
        (folder / "manifest.json").write_text('{"quads": 1}', encoding="utf-8")
        publish(folder, build, version)


def test_a_reader_sees_its_version_to_the_end(compiled: Path) -> None:
    """Builds are published in the middle of its reading, and it has not opened every part yet."""
    build = compiled / "build"
    reader = stikg.open(store=build)
    stream = reader.store.stream("SELECT ?s ?p ?o { ?s ?p ?o }")
    rows = [next(stream.rows)]
    for version in ("v2", "v3", "v4"):
        publish_another(build, version)
        rows.append(next(stream.rows))
    rows += stream.rows
    assert len(rows) == len(set(rows)) == 17
    assert reader.query("programmes", organisation="JST").rows
    assert stikg.open(store=build).store.count() == 1
    assert sorted(path.name for path in build.iterdir()) == ["current", "v1", "v3", "v4"]
    del reader, stream
    publish_another(build, "v5")
    assert sorted(path.name for path in build.iterdir()) == ["current", "v4", "v5"]


def test_processes_read_while_others_are_published(compiled: Path) -> None:
    build = compiled / "build"
    program = (
        "import sys, stikg; d = stikg.open(store=sys.argv[1]); print('open', flush=True);"
        "sys.stdin.readline(); print(len(d.sparql('SELECT * { ?s ?p ?o }')), len(d.search('jst')))"
    )
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", program, build],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
    for version in ("v2", "v3"):
        publish_another(build, version)
    assert [reader.communicate("\n")[0] for reader in readers] == ["17 1\n"] * 2
    publish_another(build, "v4")
    assert sorted(path.name for path in build.iterdir()) == ["current", "v3", "v4"]


def test_without_locks_a_version_is_read_nevertheless(
    compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert hold(compiled) is None
    assert agencies(store=compiled / "build")
    monkeypatch.undo()
    assert hold(compiled / "none") is None
