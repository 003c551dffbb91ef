"""What follows from what is said: the CONSTRUCT queries of queries/rules, to a fixpoint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stikg.building.parsing import problems_of
from stikg.errors import InputError
from stikg.library import Query
from stikg.store import LocalStore
from stikg.terms import IRI, Quad, Triple
from stikg.validation import GRAPH

INFERRED = GRAPH + "inferred/"
MOST_ROUNDS = 20
"""Rules of this kind end after a few rounds; more means that they invent terms without end."""


def infer(quads: Sequence[Quad], rules: Iterable[Query]) -> tuple[LocalStore, list[Quad]]:
    """Return a store of the quads, their default graph and all that follows, and what follows.

    Rules see the default graph, which is every statement once, and the named graphs. What a rule
    concludes and no graph says yet goes to the graph ``inferred/<rule>``. Every round asks each
    rule once, by name, until none has anything new.

    :raises SyntaxProblem: if a rule does not parse, with its file.
    :raises InputError: if the rules do not come to an end.
    """
    rules = sorted(rules, key=lambda rule: rule.name)
    known: set[Triple] = {quad[:3] for quad in quads}
    inferred: list[Quad] = []
    store = LocalStore.in_memory([*quads, *((*triple, None) for triple in known)])
    for _ in range(MOST_ROUNDS):
        fresh: list[Quad] = []
        for rule in rules:
            graph = IRI(INFERRED + rule.name)
            for triple in _conclusions(store, rule):
                if triple not in known:
                    known.add(triple)
                    fresh += [(*triple, graph), (*triple, None)]
        if not fresh:
            return store, inferred
        inferred += fresh[::2]
        store.extend(fresh)
    raise InputError(
        f"the rules still conclude something new after {MOST_ROUNDS} rounds",
        where="queries/rules",
        remedy="look for a rule that makes terms of terms it made",
    )


def _conclusions(store: LocalStore, rule: Query) -> list[Triple]:
    with problems_of(rule):
        return store.construct(rule.text)
