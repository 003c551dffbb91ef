"""Suggest pairs of territory and technology that are not on a list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stikg.cli.invocation import Invocation
from stikg.cli.matrix import NETWORK
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table
from stikg.cli.suggestions import suggest_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stikg.dataset import Dataset
    from stikg.networks.suggesting import Suggestion
    from stikg.results import Table

    Options = Mapping[str, str | int | bool | None]


@click.command(short_help="Suggest pairs that are not on the shortlist, with the reasons.")
@click.option("--territory", metavar="NAME", help="Only for this territory.",
              shell_complete=suggest_names("sti:Area"))  # fmt: skip
@click.option("--technology", metavar="NAME", help="Only for this technology.",
              shell_complete=suggest_names("sti:Technology"))  # fmt: skip
@click.option("--stage", metavar="NAME", default="shortlisted", show_default=True,
              help="The list on which suggested pairs are not.",
              shell_complete=suggest_names("sti:Stage"))  # fmt: skip
@click.option("--method", default="combined", show_default=True, help="What ranks the pairs.",
              type=click.Choice(["combined", "density", "pagerank", "attachment"]))  # fmt: skip
@click.option("--any-technology", is_flag=True,
              help="Also technologies for which nothing is on the list.")  # fmt: skip
@click.option("--top", type=click.IntRange(1), default=10, show_default=True,
              help="Only so many suggestions.")  # fmt: skip
@click.option("--explain", is_flag=True, help="One row for each reason and its passage.")
@click.option("--backtest", "as_test", is_flag=True,
              help="Say how well the methods foretell the list itself.")  # fmt: skip
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Start of the backtest's draws."
)
@format_option()
@output_option()
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    as_test: bool,
    seed: int,
    format_name: str | None,
    output: Path | None,
    **options: str | int | bool | None,
) -> None:
    """Suggest pairs of territory and technology that are near the shortlist and not on it.

    What is printed is computed from the lists; no document states it. `density` asks how much of
    what is often listed with the technology the territory has; `pagerank` how often a random walk
    from the territory along the lists comes by the technology; `attachment` multiplies their
    numbers of links; `combined` is the mean of the three ranks, from 0 to 1. Each row says why, and
    which passages state what it is computed from. docs/suggestions.md says how far to trust them.
    """
    dataset = invocation.dataset()
    table = _backtest(dataset, options, seed) if as_test else _suggest(dataset, options)
    emit(render_table(table, format_name, output), output)


def _suggest(dataset: Dataset, options: Options) -> Table:
    """Return the table of suggestions, or of their reasons; say on stderr what they are."""
    from stikg.networks.suggesting import (
        criteria_of,
        of,
        reasons_table,
        suggest,
        suggestions_table,
    )

    graph = dataset.to_networkx(NETWORK)
    stage = _stage(dataset, options)
    everything = suggest(
        graph,
        stage=stage,
        method=str(options["method"]),
        any_technology=bool(options["any_technology"]),
        reached=through_groups(dataset, stage),
    )
    wanted = {
        name: dataset.names.resolve(str(options[name]), cls)
        for name, cls in (("territory", "sti:Area"), ("technology", "sti:Technology"))
        if options[name]
    }
    found = of(everything, **{name: iri.value for name, iri in wanted.items()})
    shown = found[: int(options["top"] or 0)]
    missing = [dataset.names.label(iri) for iri in wanted.values() if iri.value not in graph]
    tell(_summary(found, shown, missing, str(options["stage"])))
    criteria, labels = criteria_of(dataset.query("selection-criteria"))
    names = {**labels, **{node: str(graph.nodes[node]["label"]) for node in graph}}
    table = reasons_table if options["explain"] else suggestions_table
    return table(shown, names, criteria)


def _summary(
    found: Sequence[Suggestion], shown: Sequence[Suggestion], missing: Sequence[str], stage: str
) -> str:
    if missing:
        return f"{missing[0]} is on no list, so there is nothing to compute from"
    if not found:
        return f"nothing to suggest: all that is asked for is {stage} already, or no technology is"
    return (
        f"{len(shown)} of {len(found)} suggestions, ranked among {found[0].of} pairs that are not "
        f"{stage}; computed, stated by no document; trust them as far as: stikg suggest --backtest"
    )


def _backtest(dataset: Dataset, options: Options, seed: int) -> Table:
    from stikg.networks.suggesting import backtest, backtest_table, criteria_of

    stage = _stage(dataset, options)
    criteria, _ = criteria_of(dataset.query("selection-criteria"))
    reached = through_groups(dataset, stage)
    found = backtest(
        dataset.to_networkx(NETWORK), criteria, stage=stage, reached=reached, seed=seed
    )
    tell(
        "auc: how often a pair of the list scores above another, 0.5 by luck; within: the same in "
        "one territory; low and high: 95 per cent; precision: share of the first k that are right"
    )
    return backtest_table(found)


def _stage(dataset: Dataset, options: Options) -> str:
    return dataset.names.resolve(str(options["stage"]), "sti:Stage").value


def through_groups(dataset: Dataset, stage: str) -> set[tuple[str, str]]:
    """Return the pairs of which a group is on the list that the territory is a member of.

    Of some a document prints the members beside the group, of others another passage names them.
    """
    links = dataset.query("country-technology-links", stage=stage)
    columns = [links.column(name) for name in ("territory", "technology", "viaGroup")]
    pairs = [(str(one), str(other), group) for one, other, group in zip(*columns, strict=True)]
    listed: dict[str, set[str]] = {}
    for territory, technology, _ in pairs:
        listed.setdefault(territory, set()).add(technology)
    text = Path(__file__).with_name("members.rq").read_text(encoding="utf-8")
    found = {(territory, technology) for territory, technology, group in pairs if group}
    for group, member in dataset.store.select(text).rows:
        found |= {(str(member), technology) for technology in listed.get(str(group), ())}
    return found
