"""The options that measure a network, on a command of their own."""

from __future__ import annotations

import click
import networkx as nx
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from stikg.cli.measuring import Measuring, measuring_options
from stikg.networks import MEASURES
from stikg.terms import BASE


def graph() -> nx.MultiDiGraph[str]:
    """Return two funders of one programme; one funds another."""
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="test")
    for source, target, document in (("a", "p", "x"), ("b", "p", "y"), ("a", "q", "x")):
        for node, side in ((source, "source"), (target, "target")):
            found.add_node(node, label=node, kind=side, side=side)
        passages = (f"{BASE}document/{document}/1",)
        found.add_edge(
            source, target, key="r", label="r", weight=1.0, passages=passages, origins=("stated",)
        )
    return found


@click.command()
@measuring_options
def command(measuring: Measuring) -> None:
    """Print the table of the options."""
    table = measuring.table(graph())
    click.echo(",".join(table.columns))
    for row in table:
        click.echo(",".join("" if term is None else str(term) for term in row))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def lines(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_without_options_the_table_is_the_usual_one() -> None:
    head, first, *_ = lines()
    assert head == "node,nodeLabel,kind,degree,edges,betweenness,rank"
    assert first == "a,a,source,2,2,0.666667,1"


def test_measures_in_their_order() -> None:
    head, first, *_ = lines("--measure", "closeness", "--measure", "k-core")
    assert head == "node,nodeLabel,kind,closeness,kCore,rank,shared"
    assert first == "a,a,source,0.750000,1,1,2"


def test_all_measures_tell_those_of_the_network_apart() -> None:
    result = run("--measure", "all")
    assert "twoSidedClustering,rank,shared" in result.stdout.splitlines()[0]
    assert "Degree assortativity: -0.500000" in result.stderr


def test_a_measure_of_the_network_alone_is_a_table() -> None:
    assert lines("--measure", "kind-assortativity") == [
        "measure,title,value", "kind-assortativity,Assortativity by kind,-1.000000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "head"),
    [
        (["--communities"], "node,nodeLabel,kind,community,size,steadiness"),
        (["--robustness"], "removed,removedShare,byDegree,byBetweenness,atRandom"),
        (["--bridges"], "source,sourceLabel,target,targetLabel,relations,parted,passages"),
        (["--intervals", "documents"], "node,nodeLabel,kind,measure,value,low,high,rank"),
        (["--intervals", "bootstrap", "--measure", "degree"], "node,nodeLabel,kind,measure"),
        (["--projection", "source"], "source,sourceLabel,sourceKind,target,targetLabel"),
        (["--projection", "target", "--measure", "strength"], "node,nodeLabel,kind,strength"),
        (["--projection", "source", "--communities"], "node,nodeLabel,kind,community"),
    ],
)
def test_each_option_has_its_table(options: list[str], head: str) -> None:
    found = lines(*options)
    assert found[0].startswith(head)
    assert len(found) > 1


def test_newmans_weights_are_asked_for() -> None:
    assert lines("--projection", "source", "--weights", "newman")[1].split(",")[6:8] == [
        "1.000000", "1",
    ]  # fmt: skip


def test_two_tables_at_once_are_refused() -> None:
    for options in (["--communities", "--robustness"], ["--bridges", "--measure", "degree"]):
        result = run(*options)
        assert result.exit_code == 2
        assert "one table each" in result.stderr


def test_the_list_has_every_measure_with_what_it_tells() -> None:
    text = run("--measures").stdout
    assert all(f"{name}\n    {item.tells}\n" in text for name, item in MEASURES.items())


def test_names_are_completed_with_what_they_tell() -> None:
    completion = ShellComplete(command, {}, "stikg", "_STIKG_COMPLETE")
    found = {
        item.value: item.help for item in completion.get_completions(["--measure"], "two-sided-d")
    }
    assert found == {"two-sided-degree": MEASURES["two-sided-degree"].tells}
