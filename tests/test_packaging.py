"""What is shipped: licences, pins, and a wheel that answers anywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import stikg
from tests.test_architecture import HEAVY


def closure(name: str, extras: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the names and versions of all that an installed distribution needs here."""
    found: dict[str, str] = {}
    waiting = [(canonicalize_name(name), extras)]
    done = set(waiting)
    while waiting:
        current, wanted = waiting.pop()
        try:
            meta = distribution(current)
        except PackageNotFoundError:
            continue
        found[current] = meta.version
        for line in meta.requires or []:
            requirement = Requirement(line)
            environments = [{"extra": extra} for extra in wanted or {""}]
            if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
                following = (canonicalize_name(requirement.name), frozenset(requirement.extras))
                if following not in done:
                    done.add(following)
                    waiting.append(following)
    return found


def licence_of(name: str) -> str:
    """Return what a distribution says about its licence, in capitals, without the full text."""
    meta = distribution(name).metadata
    said = [
        *(meta.get_all("License-Expression") or []),
        *(text.partition("\n")[0] for text in meta.get_all("License") or []),
        *(line for line in meta.get_all("Classifier") or [] if "License ::" in line),
    ]
    return " ".join(said).upper()


def test_nothing_that_is_shipped_is_copyleft() -> None:
    needed = closure("stikg", frozenset({"pandas", "documents", "fast", "pdf", "mcp", "spark"}))
    assert {"rdflib", "pyoxigraph", "python-docx"} <= set(needed)
    assert "GPL" in licence_of("owlready2")
    assert [name for name in needed if re.search("GPL|GENERAL PUBLIC", licence_of(name))] == []


def test_every_dependency_is_pinned_within_its_bounds(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    names = {canonicalize_name(name) for name in pins}
    needed = set(closure("stikg", frozenset({"dev"}))) - {"stikg"}
    assert needed - names == set(), "pin these in constraints.txt"
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = [*settings["dependencies"], *settings["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, bounds):
        if requirement.name != "stikg":
            assert requirement.specifier.contains(pins[requirement.name]), requirement


def test_the_citation_has_the_version(root: Path) -> None:
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {stikg.__version__}\n" in citation


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from the source archive as an installer would."""
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(root)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return next(target.glob("*.whl"))


def test_the_wheel_holds_program_graph_dataset_and_explorer(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "stikg/terms.py",
        "stikg/py.typed",
        "stikg/data/ontology/stikg.ttl",
        "stikg/data/graph/LICENSE",
        "stikg/data/queries/questions/programmes.rq",
        "stikg/data/build/current",
        "stikg/server/bundle/explorer.js",
        "stikg/server/bundle/explorer.licences.md",
        "stikg/server/bundle/network.js",
    ):
        assert name in names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"stikg"}


def test_the_lock_file_names_no_registry(root: Path) -> None:
    text = (root / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity": "sha512-' in text
    assert '"resolved"' not in text
    assert "omit-lockfile-registry-resolved=true" in (root / "web" / ".npmrc").read_text("utf-8")


def test_the_wheel_answers_in_any_folder_and_stays_light(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "from stikg.cli import main\n"
        "try: main(['query', 'documents', '--format', 'csv'])\n"
        f"finally: print(sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    command = [sys.executable, "-I", "-c", program]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    head, *rows, imported = run.stdout.splitlines()
    assert head.startswith("document,documentLabel,publisher,publisherLabel")
    assert "https://w3id.org/stikg/document/uuki-2022" in {row.partition(",")[0] for row in rows}
    assert imported == "[]", "a canned query imports what only other operations need"
