"""What a push would change: this release against what is on the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from stikg.errors import InputError
from stikg.publishing.push.content import Digest, Release, digests_of
from stikg.publishing.push.description import DATASET, Published, read_list, read_published
from stikg.publishing.push.names import LOCK, RELEASE, STAGING, short
from stikg.store.dialects import VIRTUOSO_DEFAULT_GRAPH
from stikg.store.writing import WritableStore
from stikg.terms import expand

Action = Literal["add", "replace", "remove", "keep"]
NOTHING: Final = Digest(0, "")


@dataclass(frozen=True)
class Change:
    """What becomes of a graph: it held ``before`` and will hold ``after``.

    ``graph`` is its name in the release, None for the default graph.
    """

    action: Action
    graph: str | None
    before: int
    after: Digest


@dataclass(frozen=True)
class Plan:
    """The changes that make a server hold a release.

    ``version`` is that of the release, ``there`` the release that readers have, ``unfinished`` the
    versions of pushes that were broken off. ``separate`` tells whether the server has a default
    graph of its own; where it is the union of all, ours is kept under a name.
    """

    version: str
    changes: tuple[Change, ...]
    there: Published | None
    unfinished: tuple[str, ...]
    separate: bool

    @property
    def idle(self) -> bool:
        """Tell whether there is nothing to do."""
        described = self.there is not None and self.there.version == self.version
        return described and not self.unfinished and not self.of("add", "replace", "remove")

    def of(self, *actions: Action) -> list[Change]:
        """Return the changes of some kinds."""
        return [change for change in self.changes if change.action in actions]

    def target(self, graph: str | None) -> str | None:
        """Return the graph on the server that holds a graph of the release."""
        return VIRTUOSO_DEFAULT_GRAPH if graph is None and not self.separate else graph


def make_plan(store: WritableStore, release: Release, *, overwrite: bool = False) -> Plan:
    """Compare a release with what the server holds; nothing is written.

    The server's list of graphs is believed where the counts agree with it, unless a push was broken
    off: then the graphs themselves are read.

    :raises InputError: if the server has other content where a graph of ours would be, and
        ``overwrite`` is not said; or the release uses a name that pushes need.
    :raises EndpointError: if the server does not answer.
    """
    _refuse_reserved(release)
    published = read_published(store)
    staged = staged_lists(store)
    listed = dict(published.graphs) if published else {}
    ours = {**{graph: NOTHING for names in staged.values() for graph in names}, **listed}
    plan = Plan(release.version, (), published, tuple(sorted(staged)), has_own_default(store))
    counts = _counts(store, plan, {**ours, **release.graphs})
    doubtful = {
        graph: count
        for graph, count in counts.items()
        if staged or graph not in listed or listed[graph].triples != count
    }
    digests = {**listed, **read_back(store, plan, doubtful)}
    changes = [
        _change(graph, counts.get(graph, 0), digests.get(graph, NOTHING), release)
        for graph in {**release.graphs, **ours}
        if graph in release.graphs or graph in counts
    ]
    foreign = [
        change for change in changes if change.action == "replace" and change.graph not in ours
    ]
    if foreign and not overwrite:
        raise _foreign(store, foreign)
    return replace(plan, changes=tuple(changes))


def staged_lists(store: WritableStore) -> dict[str, dict[str | None, Digest]]:
    """Return the lists of graphs that are prepared, or were once, by their version.

    :raises EndpointError: if the server does not answer.
    """
    pattern = f"{DATASET.n3()} {expand('dcat:version').n3()} ?version"
    staged = f'FILTER(STRSTARTS(STR(?g), "{STAGING}"))'
    rows = store.select(f"SELECT ?g ?version {{ GRAPH ?g {{ {pattern} }} {staged} }}").rows
    return {str(version): read_list(store, str(graph)) for graph, version in rows}


def has_own_default(store: WritableStore) -> bool:
    """Tell whether the default graph is apart from named ones, as far as can be told by reading.

    :raises EndpointError: if the server does not answer.
    """
    if store.places.virtuoso:
        return False
    node = f"<{RELEASE}#{short(None)}>"
    seen = f"{{ {node} ?p ?o }} UNION {{ <{LOCK}> ?p ?o }}"
    return not store.select(f"SELECT ?p {{ {seen} }} LIMIT 1").rows


def read_back(
    store: WritableStore, plan: Plan, counts: Mapping[str | None, int]
) -> dict[str | None, Digest]:
    """Return the digests of graphs of a release, of so many triples, as the server holds them.

    :raises EndpointError: if the server does not answer.
    """
    names = {plan.target(graph): graph for graph in counts}
    found = digests_of(store.triples({plan.target(graph): n for graph, n in counts.items()}))
    return {names[target]: digest for target, digest in found.items()}


def _counts(
    store: WritableStore, plan: Plan, graphs: Mapping[str | None, Digest]
) -> dict[str | None, int]:
    by_target = {target: graph for graph in graphs if (target := plan.target(graph)) is not None}
    found = store.counts(sorted(by_target))
    counts = {by_target[target]: count for target, count in found.items()}
    if plan.separate and (number := store.count_default()):
        counts[None] = number
    return counts


def _change(graph: str | None, count: int, before: Digest, release: Release) -> Change:
    after = release.graphs.get(graph, NOTHING)
    if graph not in release.graphs:
        return Change("remove", graph, count, after)
    if not count:
        return Change("add", graph, 0, after)
    return Change("keep" if before == after else "replace", graph, count, after)


def _refuse_reserved(release: Release) -> None:
    for graph in release.graphs:
        if graph in {RELEASE, LOCK, VIRTUOSO_DEFAULT_GRAPH} or (graph or "").startswith(STAGING):
            raise InputError(
                "this graph's name is one that a push uses itself", where=graph, remedy="rename it"
            )


def _foreign(store: WritableStore, foreign: list[Change]) -> InputError:
    first = foreign[0]
    name = "the default graph" if first.graph is None else first.graph
    others = f", and so do {len(foreign) - 1} other graphs" if len(foreign) > 1 else ""
    return InputError(
        f"{name} holds {first.before} triples that no push has put there{others}",
        where=store.connection.url,
        remedy="push to an empty dataset, or say --overwrite if they may be replaced",
    )
