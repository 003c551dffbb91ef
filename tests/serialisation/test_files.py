"""Files appear whole or not at all; formatting loses nothing without a word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stikg.errors import InputError, OutputError, SyntaxProblem
from stikg.serialisation import format_file, write_atomically

UNTIDY = "<urn:a>   a <urn:b> .\n"
TIDY = "<urn:a> a <urn:b> .\n"


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, "日本")
    assert path.read_bytes() == b"\xe6\x97\xa5\xe6\x9c\xac"
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_new_file_can_be_read_by_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_atomically(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written: No such file") as caught:
        write_atomically(tmp_path / "no" / "a", b"x")
    assert caught.value.remedy == f"create the folder {tmp_path / 'no'}, or write elsewhere"


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="that is a folder"):
        write_atomically(tmp_path / "a", b"x")
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="check the permissions"):
        write_atomically(tmp_path / "a", b"x")


def test_format_tells_and_mends(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(UNTIDY)
    assert not format_file(path, check=True)
    assert path.read_text() == UNTIDY
    assert not format_file(path)
    assert path.read_text() == TIDY
    assert format_file(path)


def test_format_leaves_a_tidy_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(TIDY)
    os.utime(path, ns=(1, 1))
    assert format_file(path)
    assert path.stat().st_mtime_ns == 1


def test_a_comment_is_not_lost_silently(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    text = '<urn:a#b> a <urn:b> ; <urn:c> "# no" . # why\n'
    path.write_text(text)
    with pytest.raises(InputError, match=r"a\.ttl:1:40: a comment") as caught:
        format_file(path)
    assert "rdfs:comment or skos:editorialNote" in str(caught.value)
    assert path.read_text() == text


def test_what_does_not_parse_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> a")
    with pytest.raises(SyntaxProblem):
        format_file(path)
    assert path.read_text() == "<urn:a> a"


def test_only_turtle_and_trig_have_a_canonical_form(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="JSON-LD has no canonical form here"):
        format_file(tmp_path / "a.jsonld")
