"""The commands ask each server by its address alone; what it is they find out."""

from __future__ import annotations

import json
from typing import Final

import pytest
from click.testing import CliRunner, Result

from stikg.cli.application import application
from stikg.dataset import Dataset
from tests.engines.servers import Server

COUNT: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COMMANDS: Final = (
    ("query", "programmes", "--organisation", "JST", "--format", "csv"),
    ("network", "country-technology", "--territory", "Japan", "--format", "json"),
    ("validate", "--format", "json"),
    ("sparql", COUNT, "--format", "csv"),
    ("show", "JST", "--format", "json"),
)


def said(result: Result) -> object:
    """Return the standard output of a command; of a validation what it found.

    The structure of the files is checked only where there are files.
    """
    assert result.stdout
    if result.stdout.startswith('{\n  "conforms"'):
        report = json.loads(result.stdout)
        return report["conforms"], report["findings"]
    return result.stdout


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(application, arguments)


@pytest.fixture(scope="session")
def here(real_dataset: Dataset) -> list[Result]:
    """Return what the commands say of the dataset on this machine."""
    assert real_dataset.store_folder is not None
    return [ask(*command) for command in COMMANDS]


@pytest.mark.parametrize("name", ["virtuoso", "fuseki", "oxigraph_server", "own_endpoint"])
def test_every_command_says_the_same_of_every_server(
    name: str,
    here: list[Result],
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server: Server = request.getfixturevalue(name)
    for command, expected in zip(COMMANDS, here, strict=True):
        found = ask("--endpoint", server.query, "--timeout", "250", *command)
        assert found.exit_code == expected.exit_code, (command, found.stderr)
        assert said(found) == said(expected), command
        told = ["asked in its dialect" in message for message in caplog.messages]
        assert told == [True] * (name == "virtuoso"), command
        caplog.clear()
