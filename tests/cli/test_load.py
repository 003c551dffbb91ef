"""``stikg load``, as it is called."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from stikg.cli import application
from tests.cli.conftest import Run
from tests.fixtures.folders import Folder

LINE = (
    "<https://w3id.org/stikg/agency/jst> <http://www.w3.org/2004/02/skos/core#prefLabel> "
    '"Japan Science and Technology Agency"@en .\n'
)


def test_what_was_loaded_can_be_asked(tiny: Folder, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(LINE, encoding="utf-8")
    store = str(tmp_path / "store")
    loaded = run(tiny, "load", str(tmp_path / "a.nt"), "--store", store)
    assert loaded.exit_code == 0, loaded.stderr
    assert loaded.stdout == ""
    assert "loaded 3 quads" in loaded.stderr
    asked = CliRunner().invoke(
        application, ["--store", store, "sparql", "SELECT ?l { ?s sti:label ?l }"]
    )
    assert "Japan Science and Technology Agency" in asked.stdout


def test_a_bad_line_is_told_with_its_place(tiny: Folder, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text(LINE + "nonsense\n", encoding="utf-8")
    result = run(tiny, "load", str(path), "--store", str(tmp_path / "store"))
    assert result.exit_code == 2
    assert f"{path}:2:" in result.stderr
    assert "remedy:" in result.stderr
    assert list((tmp_path / "store").iterdir()) == []


def test_without_a_folder_nothing_is_loaded(tiny: Folder, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(LINE, encoding="utf-8")
    result = run(tiny, "load", str(tmp_path / "a.nt"))
    assert result.exit_code == 2
    assert "--store" in result.stderr
