"""A version takes the place of the old one as a whole, whatever happens on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.building.publication import publish, unfinished_version
from stikg.errors import OutputError


def make(build: Path, version: str) -> Path:
    with unfinished_version(build) as folder:
        (folder / "manifest.json").write_text(version)
        return publish(folder, build, version)


def versions(build: Path) -> set[str]:
    return {path.name for path in build.iterdir()}


def test_pointer_names_the_new_version(tmp_path: Path) -> None:
    target = make(tmp_path / "build", "aaaa")
    assert target == tmp_path / "build" / "aaaa"
    assert (tmp_path / "build" / "current").read_text() == "aaaa\n"
    assert (target / "manifest.json").read_text() == "aaaa"
    assert versions(tmp_path / "build") == {"current", "aaaa"}


def test_the_version_before_stays_for_its_readers_and_older_ones_go(tmp_path: Path) -> None:
    for version in ("aaaa", "bbbb", "cccc"):
        make(tmp_path, version)
    assert versions(tmp_path) == {"current", "bbbb", "cccc"}


def test_the_same_version_built_again_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    first = make(tmp_path, "aaaa")
    second = make(tmp_path, "aaaa")
    assert (first.name, second.name) == ("aaaa", "aaaa-2")
    assert (tmp_path / "current").read_text() == "aaaa-2\n"
    assert (first / "manifest.json").is_file()


def test_a_build_that_fails_leaves_the_old_version_and_nothing_else(tmp_path: Path) -> None:
    make(tmp_path, "aaaa")
    with pytest.raises(ValueError, match="halfway"), unfinished_version(tmp_path) as folder:
        (folder / "store").mkdir()
        raise ValueError("halfway")
    assert versions(tmp_path) == {"current", "aaaa"}
    assert (tmp_path / "current").read_text() == "aaaa\n"


def test_leftovers_of_a_killed_build_go_and_those_of_a_running_one_stay(tmp_path: Path) -> None:
    left = tmp_path / ".building-abcd"
    (left / "store").mkdir(parents=True)
    (tmp_path / ".stikg-abcd.part").write_text("x")
    with unfinished_version(tmp_path) as running:
        make(tmp_path, "aaaa")
        assert versions(tmp_path) == {"current", "aaaa", running.name}


def test_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="the dataset cannot be written"):
        make(tmp_path / "file" / "build", "aaaa")
    assert (tmp_path / "file").read_text() == ""
