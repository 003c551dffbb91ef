"""The options that say what is measured of a network, and the tables that they lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

from stikg.cli.output import emit, tell

if TYPE_CHECKING:
    from stikg.networks.building import Graph
    from stikg.results import Table

SIDES: Final = ("source", "target")
WEIGHTS: Final = ("count", "newman")
INTERVALS: Final = ("documents", "bootstrap")


@dataclass(frozen=True)
class Measuring:
    """What is asked of a network: measures of its nodes, or another table."""

    measure: tuple[str, ...] = ()
    components: bool = False
    communities: bool = False
    robustness: bool = False
    bridges: bool = False
    projection: str | None = None
    weights: str = "count"
    intervals: str | None = None
    seed: int = 0

    def table(self, graph: Graph) -> Table:
        """Return the table that is asked for; tell on standard error what to know of it.

        :raises InputError: if a measure is unknown or does not fit the network.
        :raises click.UsageError: if two tables are asked for at once.
        """
        asked = [
            name
            for name in ("components", "communities", "robustness", "bridges", "intervals")
            if getattr(self, name)
        ]
        if len(asked) > 1 or (self.measure and asked and asked != ["intervals"]):
            given = ["measure"] if self.measure and asked != ["intervals"] else []
            names = " and ".join(f"--{name}" for name in [*given, *asked])
            raise click.UsageError(f"{names} give one table each: ask for one at a time")
        return self._table(self._projected(graph), graph, asked[0] if asked else "")

    def _projected(self, graph: Graph) -> Graph:
        from stikg.networks import project

        return project(graph, self.projection, weight=self.weights) if self.projection else graph

    def _table(self, network: Graph, graph: Graph, asked: str) -> Table:
        from stikg.networks import bridges, component_table, projected_edges

        if asked:
            tables = {
                "components": component_table,
                "communities": self._communities,
                "robustness": self._robustness,
                "bridges": bridges,
                "intervals": self._intervals,
            }
            return tables[asked](network)
        if self.projection and not self.measure:
            return projected_edges(graph, network)
        return self._measures(network)

    def _measures(self, graph: Graph) -> Table:
        from stikg.networks import examine, get_measure

        found = examine(graph, self.measure or None, seed=self.seed)
        for note in found.notes:
            tell(note)
        names = [name for name in self.measure if name != "all"]
        if (
            names
            and all(get_measure(name).whole for name in names)
            and len(names) == len(self.measure)
        ):
            return found.whole
        for _, title, value in found.whole:
            tell(f"{title}: {'not defined here' if value is None else value}")
        return found.table

    def _communities(self, graph: Graph) -> Table:
        from stikg.networks import community_table, find_communities

        found = find_communities(graph, seed=self.seed)
        tell(
            f"{len(found.members)} communities, modularity {found.modularity:.4f}, "
            f"stability {found.stability:.4f} (mean adjusted Rand index of {found.runs} runs)"
        )
        for note in found.notes:
            tell(note)
        return community_table(graph, found)

    def _robustness(self, graph: Graph) -> Table:
        from stikg.networks import remove_nodes, robustness_table

        found = remove_nodes(graph, seed=self.seed)
        tell(
            f"mean share of the largest component: {found.index('degree'):.4f} by degree, "
            f"{found.index('betweenness'):.4f} by betweenness, {found.index('random'):.4f} "
            f"at random (mean of {found.runs} orders)"
        )
        for note in found.notes:
            tell(note)
        return robustness_table(found)

    def _intervals(self, graph: Graph) -> Table:
        from stikg.networks import resample_passages, without_each_document

        measures = self.measure or ("degree", "betweenness")
        if self.intervals == "documents":
            return without_each_document(graph, measures)
        return resample_passages(graph, measures, seed=self.seed)


def measuring_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of measuring; it gets them as one argument, ``measuring``."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        given = {item.name: options.pop(item.name) for item in fields(Measuring)}
        return command(*arguments, measuring=Measuring(**given), **options)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from stikg.networks.measures.catalogue import MEASURES

    offered = {name: item.tells for name, item in MEASURES.items()} | {"all": "Every measure."}
    return [
        CompletionItem(name, help=tells)
        for name, tells in offered.items()
        if name.startswith(incomplete)
    ]


def _list_measures(context: click.Context, _: click.Parameter, given: bool) -> None:
    if given and not context.resilient_parsing:
        from stikg.networks.measures.catalogue import MEASURES

        lines = [f"{name}\n    {item.tells}\n    {item.source}" for name, item in MEASURES.items()]
        emit("\n".join(lines) + "\n")
        context.exit()


_OPTIONS: Final[tuple[Callable[[Any], Any], ...]] = (
    click.option(
        "--measure", multiple=True, metavar="NAME", shell_complete=_complete,
        help="Measure of the nodes, or of the whole network; several rank in their order. "
        "all: every one that fits. Listed by --measures.",
    ),
    click.option(
        "--measures", is_flag=True, is_eager=True, expose_value=False, callback=_list_measures,
        help="List the measures with what each tells, and stop.",
    ),
    click.option(
        "--components", is_flag=True, help="Parts of the network that no edge links."
    ),
    click.option(
        "--communities", is_flag=True, help="Groups of nodes linked more among themselves."
    ),
    click.option(
        "--robustness", is_flag=True,
        help="Share of the largest component while nodes are removed by degree, by betweenness "
        "and at random.",
    ),
    click.option("--bridges", is_flag=True, help="Edges that alone link two parts."),
    click.option(
        "--projection", type=click.Choice(SIDES),
        help="Link the nodes of one side by what they share; the other options then measure that.",
    ),
    click.option(
        "--weights", type=click.Choice(WEIGHTS), default="count", show_default=True,
        help="Weight of a projected edge: shared nodes, or each by 1 / (k − 1).",
    ),
    click.option(
        "--intervals", type=click.Choice(INTERVALS),
        help="Range of values and ranks when one document is missing, or passages are drawn anew.",
    ),
    click.option("--seed", type=int, default=0, show_default=True, help="Seed of what is drawn."),
)  # fmt: skip
