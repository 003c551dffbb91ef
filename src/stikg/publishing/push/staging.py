"""A release on its way to a server: uploaded beside the one in use, and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from stikg.publishing.push.content import Digest, Release, batches, digests_of
from stikg.publishing.push.description import describe, read_list
from stikg.publishing.push.lock import Lock
from stikg.publishing.push.names import RELEASE, VEILED, staging_name
from stikg.publishing.push.plan import Plan
from stikg.publishing.push.swap import remove
from stikg.store.writing import WritableStore
from stikg.terms import IRI

Progress = Callable[[str, int, int], None]
"""Told of each step: what it is, its number, how many there are."""

BATCH: Final = 10_000
SMALL_BATCH: Final = 1_000
"""Triples in one request; the smaller is for Virtuoso, whose compiler of queries takes no more than
some thousand."""

SIZE: Final = 2_000_000
"""Characters in one request."""


def stage(
    store: WritableStore, release: Release, plan: Plan, lock: Lock, progress: Progress
) -> None:
    """Upload the graphs that change, from where an earlier push of this release broke off.

    The list of graphs goes first: it tells later what is staged.

    :raises EndpointError: if the server does not answer, refuses, or holds other than was sent.
    """
    wanted = _wanted(release, plan)
    _send(store, release, wanted, store.counts(list(wanted)), lock, progress)
    wrong = _wrong(store, release, wanted)
    if wrong:  # what an earlier push left is not what it should be, or something was lost
        remove(store, wrong)
        _send(store, release, {graph: wanted[graph] for graph in wrong}, {}, lock, progress)
        wrong = _wrong(store, release, wanted)
    if wrong:
        raise store.connection.error(
            f"of {len(wanted)} staged graphs {len(wrong)} do not hold what was sent",
            remedy="readers still have what was there before; look into the server's log",
        )


def clean(store: WritableStore, versions: Mapping[str, Mapping[str | None, Digest]]) -> None:
    """Remove staging graphs of some versions; their lists go last, for they name the others.

    :raises EndpointError: if the server does not answer or refuses.
    """
    for version, graphs in versions.items():
        names = [staging_name(version, graph) for graph in graphs]
        there = sorted(store.counts(names))
        remove(store, [*there, staging_name(version, RELEASE)])


def _wanted(release: Release, plan: Plan) -> dict[str, str | None]:
    """Return the graph of the release by its staging graph, the list of all first."""
    graphs = [RELEASE, *(change.graph for change in plan.of("add", "replace"))]
    return {staging_name(release.version, graph): graph for graph in graphs}


def _send(
    store: WritableStore,
    release: Release,
    wanted: Mapping[str, str | None],
    there: Mapping[str, int],
    lock: Lock,
    progress: Progress,
) -> None:
    """Send lines in batches, graph after graph; of a graph that is there in part, the rest.

    Batches are cut alike in every run and sent in order, so so many triples are the first ones.
    """
    most = SMALL_BATCH if store.places.virtuoso else BATCH
    about = describe(release)
    sizes = {
        staged: len(about) if graph == RELEASE else release.graphs[graph].triples
        for staged, graph in wanted.items()
    }

    def missing() -> Iterator[tuple[str, str]]:
        for staged, graph in wanted.items():
            done = there.get(staged, 0)
            if done < sizes[staged]:
                lines = about if graph == RELEASE else release.lines(graph)
                veil = _as_it_is if graph == RELEASE else _veiled
                yield from ((staged, veil(line)) for line in lines[done:])

    done, total = sum(there.values()), sum(sizes.values())
    for batch in batches(missing(), triples=most, size=SIZE):
        lock.renew()
        store.update(_insertion(batch))
        done += len(batch)
        progress("uploading quads", min(done, total), total)


def _veiled(line: str) -> str:
    """Return a line whose predicate is that of nothing in use; a subject holds no space."""
    subject, rest = line.split(" <", 1)
    return f"{subject} <{VEILED}{rest}"


def _as_it_is(line: str) -> str:
    return line


def _insertion(batch: list[tuple[str, str]]) -> str:
    parts = ["INSERT DATA {\n"]
    open_graph = ""
    for graph, line in batch:
        if graph != open_graph:
            parts.append(f"{'}' if open_graph else ''} GRAPH <{graph}> {{\n")
            open_graph = graph
        parts.append(line)
    return "".join([*parts, "} }"])


def _wrong(store: WritableStore, release: Release, wanted: Mapping[str, str | None]) -> list[str]:
    """Return the staging graphs whose content, read back, is not that of the release."""
    expected = {
        staged: release.graphs[graph] for staged, graph in wanted.items() if graph != RELEASE
    }
    staged_triples = store.triples({name: sum.triples for name, sum in expected.items()})
    found = digests_of(
        (staged, (subject, IRI(str(predicate).removeprefix(VEILED)), value))
        for staged, (subject, predicate, value) in staged_triples
    )
    wrong = [staged for staged, digest in expected.items() if found.get(staged) != digest]
    listing = staging_name(release.version, RELEASE)
    same = read_list(store, listing) == dict(release.graphs)
    return wrong if same else [listing, *wrong]
