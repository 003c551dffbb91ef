"""Queries for servers that cut their answers: asked page by page, or for rows instead of triples.

A page needs an order in which each row has its place: the query's own, then that of all its
variables. The order stands in a sub-select, as Virtuoso sorts few rows under LIMIT and OFFSET.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from stikg.library.clauses import Clauses, read_clauses
from stikg.library.tokens import Token, closing, significant, tokenise
from stikg.results import Row
from stikg.terms import IRI, BlankNode, Term, Triple

_ROWS_AT_ONCE: Final = 1000
_BLANK: Final = "urn:stikg:blank:"


def projected(query: str) -> tuple[str, ...]:
    """Return the variables that a SELECT query projects; none for ``*``, which only answers tell.

    >>> projected("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b } GROUP BY ?a")
    ('a', 'n')
    """
    return read_clauses(significant(tokenise(query))).projection


def page_of(query: str, columns: Sequence[str], *, rows: int, offset: int) -> str:
    r"""Return the query for some rows of a SELECT query with these columns, from an offset on.

    >>> page_of("SELECT * FROM <e:g> { ?a ?p 1 } ORDER BY ?p", ("a", "p"), rows=9, offset=18)
    'SELECT ?a ?p FROM <e:g> WHERE { { SELECT * { ?a ?p 1 } ORDER BY ?p ?a ?p\n} } LIMIT 9 OFFSET 18'
    """  # noqa: E501
    tokens = significant(tokenise(query))
    clauses = read_clauses(tokens)
    named = "".join(f" ?{name}" for name in columns)
    behind = list(_outside(clauses.modifiers))
    values = next((token.start for token in behind if token.is_word("VALUES")), tokens[-1].end)
    cutting = next((t.start for t in behind if t.is_word("LIMIT", "OFFSET")), values)
    ordered = any(token.is_word("ORDER") for token in behind)
    order = named if ordered or not named else f" ORDER BY{named}"
    dataset = [(t[0].start, t[-1].end) for t in _dataset(clauses)]
    inner = _without(query[:cutting], dataset, clauses.start).rstrip()
    if block := query[values : tokens[-1].end]:
        inner = _with_values(inner, block, clauses)
    graphs = "".join(f" {query[start:stop]}" for start, stop in dataset)
    head = f"{query[: clauses.start]}SELECT{named or ' *'}{graphs}"
    inner = f"{inner}{order} {query[cutting:values]}".rstrip()
    return f"{head} WHERE {{ {{ {inner}\n}} }} LIMIT {rows} OFFSET {offset}"


def _with_values(select: str, block: str, clauses: Clauses) -> str:
    """Return a SELECT with the VALUES from behind it in its pattern, for Virtuoso 7.

    There VALUES behind a sub-select leaves no rows. The place is the same to all but aggregates
    that it would join by another variable than those of GROUP BY.

    :raises ValueError: if it would.
    """
    tokens = significant(tokenise(block))
    names = {t.text[1:] for t in tokens[: tokens.index(next(filter(_opens, tokens)))]}
    grouped = any(token.is_word("GROUP", "HAVING") for token in clauses.modifiers)
    if grouped and not {name for name in names if name} <= set(clauses.grouped):
        raise ValueError("more rows than the server gives, and VALUES behind GROUP BY")
    parts = significant(tokenise(select))
    opening = next(filter(_opens, parts))
    index = closing(parts, parts.index(opening))
    close = parts[index or -1]
    pattern = select[opening.start : close.end]
    return f"{select[: opening.start]}{{ {pattern} {block}\n}}{select[close.end :]}"


def _opens(token: Token) -> bool:
    return token.is_mark("{")


@dataclass(frozen=True, slots=True)
class Template:
    """A CONSTRUCT query taken apart: the SELECT query of its rows, and what is made of a row."""

    select: str
    prologue: str
    text: str
    variables: tuple[str, ...]

    def fill(self, rows: Sequence[Row]) -> Iterator[Triple]:
        """Yield the triples of rows; those that RDF does not allow are left out, as in SPARQL."""
        import pyoxigraph

        from stikg.serialisation.engine import triples_from_engine

        named = " ".join(f"?{name}" for name in self.variables)
        store, remaining = pyoxigraph.Store(), iter(rows)
        while batch := list(islice(remaining, _ROWS_AT_ONCE)):
            lines = "\n".join(f"({' '.join(map(_value, row))})" for row in batch)
            made = (
                f"{self.prologue}CONSTRUCT {self.text} WHERE {{ VALUES ({named}) {{ {lines} }} }}"
            )
            found = store.query(made)
            if isinstance(found, pyoxigraph.QueryTriples):
                for triple in triples_from_engine(found):
                    subject, predicate, value = map(_original, triple)
                    yield subject, predicate, value


def template_of(query: str) -> Template | None:
    """Return a CONSTRUCT query taken apart, or None if it is another query.

    >>> template_of("CONSTRUCT { ?a <e:p> ?b } WHERE { ?b ?p ?a } LIMIT 3").select
    'SELECT ?a ?b WHERE { ?b ?p ?a } LIMIT 3'
    """
    tokens = significant(tokenise(query))
    clauses = read_clauses(tokens)
    if clauses.form != "CONSTRUCT":
        return None
    body = clauses.body
    opening = next((index for index, token in enumerate(body) if token.is_mark("{")), None)
    close = None if opening is None else closing(body, opening)
    if opening is None or close is None:
        return None
    inside = body[opening : close + 1]
    text = query[inside[0].start : inside[-1].end]
    variables = tuple(dict.fromkeys(t.text[1:] for t in inside if t.kind == "variable"))
    rest = query[inside[-1].end if opening == 1 else body[0].end :]
    named = " ".join(f"?{name}" for name in variables) or "(1 AS ?one)"
    prologue = query[: clauses.start]
    select = f"{prologue}SELECT {named} {rest.strip()}"
    return Template(select, prologue, text, variables or ("one",))


def resources_of(query: str) -> str | None:
    """Return the SELECT query for what a DESCRIBE query describes, or None if it names all.

    >>> resources_of("DESCRIBE ?a <e:b> FROM <e:g> WHERE { ?a ?p 1 }")
    'SELECT DISTINCT ?a FROM <e:g> WHERE { ?a ?p 1 }'
    >>> resources_of("DESCRIBE <e:b>") is None
    True
    """
    clauses = read_clauses(significant(tokenise(query)))
    start = _end_of_list(clauses)
    if clauses.form != "DESCRIBE" or start is None:
        return None
    listed = clauses.body[1:start]
    named = " ".join(
        token.text for token in listed if token.kind == "variable" or token.text == "*"
    )
    rest = query[clauses.body[start].start :]
    return f"{query[: clauses.start]}SELECT DISTINCT {named} {rest}" if named else None


def descriptions(query: str, resources: Sequence[IRI], *, at_once: int) -> Iterator[str]:
    """Yield DESCRIBE queries for what a DESCRIBE query describes: these, and those it names.

    >>> list(descriptions("DESCRIBE ?a <e:b> FROM <e:g> { ?a ?p 1 }", [IRI("e:a")], at_once=2))
    ['DESCRIBE <e:a> <e:b> FROM <e:g>']
    """
    clauses = read_clauses(significant(tokenise(query)))
    listed = clauses.body[1 : _end_of_list(clauses)]
    names = [*(iri.n3() for iri in resources)]
    names += [token.text for token in listed if token.kind in {"iri", "name"}]
    graphs = "".join(f" {query[t[0].start : t[-1].end]}" for t in _dataset(clauses))
    for index in range(0, len(names), at_once):
        yield f"{query[: clauses.start]}DESCRIBE {' '.join(names[index : index + at_once])}{graphs}"


def _end_of_list(clauses: Clauses) -> int | None:
    """Return where the list of what is described ends, if a pattern follows."""
    body = clauses.body
    ends = (i for i, t in enumerate(body) if t.is_word("FROM", "WHERE") or t.is_mark("{"))
    return next(ends, None) if any(map(_opens, body)) else None


def _outside(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that no bracket surrounds."""
    depth = 0
    for token in tokens:
        depth -= token.is_mark("}", ")", "]")
        if not depth:
            yield token
        depth += token.is_mark("{", "(", "[")


def _dataset(clauses: Clauses) -> Iterator[list[Token]]:
    """Yield the tokens of each FROM clause."""
    for token in clauses.dataset:
        start = clauses.body.index(token)
        length = 3 if clauses.body[start + 1].is_word("NAMED") else 2
        yield clauses.body[start : start + length]


def _without(query: str, places: Sequence[tuple[int, int]], start: int) -> str:
    """Return a text from a place on, without some places in it."""
    parts = []
    for first, last in places:
        parts.append(query[start:first].rstrip())
        start = last
    return "".join([*parts, query[start:]])


def _value(term: Term | None) -> str:
    if term is None:
        return "UNDEF"
    return f"<{_BLANK}{term.label}>" if isinstance(term, BlankNode) else term.n3()


def _original(term: Term) -> Term:
    if isinstance(term, IRI) and term.value.startswith(_BLANK):
        return BlankNode(term.value.removeprefix(_BLANK))
    return term
