"""From staging to use: the operations that give readers the new release.

Added triples come first, then those go that the new release has no more, so that even a server
which does not change all at once never shows less than one whole release. Every operation may be
sent again without harm as long as the staging graphs are there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stikg.publishing.push.description import day_triple
from stikg.publishing.push.names import RELEASE, VEILED, staging_name
from stikg.publishing.push.plan import Plan
from stikg.store.writing import WritableStore

OPERATIONS: Final = 100
"""Operations in one request to Virtuoso, which makes one program of them, of limited length."""


def swap(plan: Plan, version: str, day: str) -> list[str]:
    """Return the operations that bring staged graphs into use, in their order."""
    moved = [
        (plan.target(change.graph), staging_name(version, change.graph), change.action)
        for change in plan.of("add", "replace")
    ]
    moved.append((RELEASE, staging_name(version, RELEASE), "replace"))
    return [
        *(_addition(graph, staged) for graph, staged, _ in moved),
        *(_rest(graph, staged) for graph, staged, action in moved if action == "replace"),
        *(drop(plan.target(change.graph)) for change in plan.of("remove")),
        f"INSERT DATA {{ GRAPH <{RELEASE}> {{ {day_triple(day).strip()} }} }}",
    ]


def drop(graph: str | None) -> str:
    """Return the operation that removes a graph, whether there or not."""
    return "CLEAR SILENT DEFAULT" if graph is None else f"DROP SILENT GRAPH <{graph}>"


def run(store: WritableStore, operations: list[str]) -> None:
    """Run operations: at once where the server can.

    :raises EndpointError: if the server does not answer or refuses.
    """
    step = OPERATIONS if store.places.virtuoso else len(operations) or 1
    for start in range(0, len(operations), step):
        store.update(" ;\n".join(operations[start : start + step]))


def remove(store: WritableStore, graphs: Iterable[str | None]) -> None:
    """Remove graphs, by whatever the server offers.

    :raises EndpointError: if the server does not answer or refuses.
    """
    if store.places.update:
        run(store, [drop(graph) for graph in graphs])
    else:
        for graph in graphs:
            store.delete(graph)


def _addition(graph: str | None, staged: str) -> str:
    """Return the addition of what is staged to a graph."""
    if graph == RELEASE:
        return f"ADD <{staged}> TO <{RELEASE}>"
    unveiled = f'BIND(IRI(STRAFTER(STR(?veiled), "{VEILED}")) AS ?p)'
    pattern = f"GRAPH <{staged}> {{ ?s ?veiled ?o }} {unveiled}"
    return f"INSERT {{ {_triples(graph)} }} WHERE {{ {pattern} }}"


def _rest(graph: str | None, staged: str) -> str:
    """Return the removal of what a graph has and its staging graph has not."""
    triples = _triples(graph)
    veil = "" if graph == RELEASE else f'BIND(IRI(CONCAT("{VEILED}", STR(?p))) AS ?veiled) '
    predicate = "?veiled" if veil else "?p"
    kept = f"{veil}FILTER NOT EXISTS {{ GRAPH <{staged}> {{ ?s {predicate} ?o }} }}"
    return f"DELETE {{ {triples} }} WHERE {{ {triples} {kept} }}"


def _triples(graph: str | None) -> str:
    return "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
