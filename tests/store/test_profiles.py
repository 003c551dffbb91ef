"""Endpoints by name: the user's own configuration, right and wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

import stikg
from stikg.cli import application
from stikg.errors import InputError, UnknownName
from stikg.store import RemoteStore
from stikg.store.profiles import Endpoint, config_file, find_endpoint, read_profiles
from tests.fixtures.endpoint import Server, running

COUNT = (
    b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", '
    b'"datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "12"}}]}}'
)
GOOD = """
[endpoints.local]
url = "http://127.0.0.1:9/sparql?key=42"
timeout = 2.5
page = 10000
method = "POST"
default-graph = "http://e/g"
server = "virtuoso"

[endpoints.office]
url = "https://example.org/sparql"
"""


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the configuration is to be; there is none yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "stikg").mkdir()
    return tmp_path / "stikg" / "config.toml"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        server.behave = lambda handler: handler.reply(COUNT)
        yield server


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(application, list(arguments))


def test_profiles_are_read(config: Path) -> None:
    assert read_profiles() == {}
    config.write_text(GOOD, encoding="utf-8")
    local = Endpoint(
        "http://127.0.0.1:9/sparql?key=42", "local", 2.5, 10000, "POST", "http://e/g", "virtuoso"
    )
    office = Endpoint("https://example.org/sparql", "office")
    assert read_profiles() == {"local": local, "office": office}
    assert find_endpoint("office") == office
    assert find_endpoint("http://e/") == Endpoint("http://e/")
    assert Endpoint.from_json(local.to_json()) == local
    opened = stikg.open(endpoint="local").store
    assert isinstance(opened, RemoteStore)
    assert (opened.timeout, opened.dialect.name) == (2.5, "virtuoso")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[endpoints", "it cannot be read"),
        ("endpoints = 3", "endpoints are tables"),
        ("[endpoints.a]\ntimeout = 3", "a profile needs a url"),
        ("endpoints.a = 3", "a profile needs a url"),
        ("[endpoints.a]\nurl = 3", "a profile needs a url"),
        ("[endpoints.a]\nurl = 'http://e/'\ntimeout = 0", "timeout cannot be 0"),
        ("[endpoints.a]\nurl = 'http://e/'\ntimeout = true", "timeout cannot be True"),
        ("[endpoints.a]\nurl = 'http://e/'\npage = -1", "page cannot be -1"),
        ("[endpoints.a]\nurl = 'http://e/'\npage = 1.5", "page cannot be 1.5"),
        ("[endpoints.a]\nurl = 'http://e/'\nmethod = 'PUT'", "method cannot be 'PUT'"),
        ("[endpoints.a]\nurl = 'http://e/'\npaging = 3", "'paging' is no setting"),
        ("[endpoints.a]\nurl = 'http://e/'\npassword = 'sesame'", "password does not belong"),
        ("[endpoints.a]\nurl = 'http://e/'\nuser = 'me'", "user does not belong"),
    ],
)
def test_a_wrong_profile_says_where(config: Path, text: str, problem: str) -> None:
    config.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem) as caught:
        read_profiles()
    assert str(config) in str(caught.value.where)
    assert "sesame" not in str(caught.value)


def test_a_file_that_is_no_text(config: Path) -> None:
    config.write_bytes(b"\xff")
    with pytest.raises(InputError, match="it cannot be read"):
        read_profiles()


def test_an_unknown_name_says_the_nearest(config: Path) -> None:
    with pytest.raises(UnknownName, match="neither a URL nor the name") as caught:
        find_endpoint("ofice")
    assert str(config) in str(caught.value.remedy)
    config.write_text(GOOD, encoding="utf-8")
    with pytest.raises(UnknownName) as caught:
        find_endpoint("ofice")
    assert caught.value.candidates == ("office",)
    answer = ask("--endpoint", "ofice", "queries")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "the names are: office" in answer.stderr


def test_an_unknown_server_says_the_known_ones() -> None:
    with pytest.raises(InputError, match="'oracle' is known") as caught:
        Endpoint("http://e/", server="oracle").open()
    assert "virtuoso" in str(caught.value.remedy)


@pytest.mark.skipif(os.name == "nt", reason="POSIX paths")
def test_where_the_configuration_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "not/absolute")
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("APPDATA", "/roaming")
    for platform, path in {
        "linux": "/home/me/.config/stikg/config.toml",
        "darwin": "/home/me/Library/Application Support/stikg/config.toml",
        "win32": "/roaming/stikg/config.toml",
    }.items():
        monkeypatch.setattr(sys, "platform", platform)
        assert config_file().as_posix() == path


def test_the_command_lists_them_without_secrets(config: Path) -> None:
    empty = ask("endpoints", "--format", "csv")
    assert (empty.exit_code, empty.stdout.count("\n")) == (0, 1)
    assert str(config) in empty.stderr
    config.write_text(GOOD, encoding="utf-8")
    listed = ask("endpoints", "--format", "csv")
    assert listed.exit_code == 0
    assert listed.stdout.split() == [
        "name,url,server,timeout,page,method,defaultGraph",
        "local,http://127.0.0.1:9/sparql?…,virtuoso,2.5,10000,POST,http://e/g",
        "office,https://example.org/sparql,auto,30,,auto,",
    ]


def test_the_command_asks_them(config: Path, server: Server) -> None:
    config.write_text(f'[endpoints.here]\nurl = "{server.url}"\n', encoding="utf-8")
    checked = ask("endpoints", "--check", "--format", "csv")
    assert checked.exit_code == 0
    assert checked.stdout.splitlines()[1].endswith(",yes,Test/1.0,12")
    server.behave = lambda handler: handler.reply(b"gone", "text/plain", status=410)
    checked = ask("endpoints", "--check", "--format", "csv")
    assert checked.exit_code == 3
    assert "it refused with 410: gone" in checked.stdout
    broken = f'[endpoints.here]\nurl = "{server.url}"\nserver = "x"\n'
    config.write_text(broken, encoding="utf-8")
    assert "no server of the name" in ask("endpoints", "--check").stdout


def test_options_take_the_place_of_the_profile(config: Path, server: Server) -> None:
    config.write_text(
        f'[endpoints.here]\nurl = "{server.url}"\ndefault-graph = "http://e/g"\n', encoding="utf-8"
    )
    query = ("sparql", "SELECT ?n {}", "--format", "csv")
    assert ask("--endpoint", "here", *query).stdout.split() == ["n", "12"]
    assert "default-graph-uri=http" in server.seen[1]
    assert "e%2Fg" in server.seen[1] or "e/g" in server.seen[1]
    ask("--endpoint", "here", "--default-graph", "http://e/other", *query)
    assert "other" in server.seen[1]
    server.behave = lambda handler: handler.server.ended.wait(5)
    late = ask("--endpoint", "here", "--timeout", "0.05", *query)
    assert (late.exit_code, late.stdout) == (3, "")
    assert "no answer within 0.05 seconds" in late.stderr
    alone = ask("--timeout", "3", *query)
    assert alone.exit_code == 2
    assert "--timeout: for an endpoint only" in alone.stderr


def test_the_shell_completes_the_names(config: Path) -> None:
    def completions() -> list[tuple[str, str | None]]:
        shell = ShellComplete(application, {}, "stikg", "_STIKG_COMPLETE")
        return [(item.value, item.help) for item in shell.get_completions(["--endpoint"], "o")]

    assert completions() == []
    config.write_text(GOOD, encoding="utf-8")
    assert completions() == [("office", "https://example.org/sparql")]
    config.write_text("[", encoding="utf-8")
    assert completions() == []
