"""Rules of query files that a header alone cannot keep.

Each rule stands for a query that ran in one engine and not in the other, or gave other rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from stikg.library.clauses import Clauses, read_clauses
from stikg.library.model import LABELLED, Parameter, Query
from stikg.library.tokens import Token, closing, place, significant, tokenise
from stikg.terms import PREFIXES

Rule = Callable[[Query, list[Token], Clauses], Iterator[tuple[int, str]]]


def lint(query: Query) -> list[str]:
    """Return what a query breaks of docs/writing-queries.md, each with file and line."""
    tokens = significant(tokenise(query.text))
    clauses = read_clauses(tokens)
    found: list[tuple[int, str]] = []
    for rule in _RULES:
        found.extend(rule(query, tokens, clauses))
    return [
        f"{query.path}:{query.line + place(query.text, offset)[0] - 1}: {message}"
        for offset, message in sorted(found, key=lambda item: item[0])
    ]


def _form(query: Query, tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, str]]:
    wanted = "CONSTRUCT" if query.kind == "rule" else "SELECT"
    if clauses.form != wanted:
        yield 0, f"a {query.kind} is a {wanted} query, not {clauses.form or 'this'}"
    for token in tokens:
        if token.kind == "stray":
            yield token.start, f"{token.text!r} begins no token of SPARQL"
        if token.kind == "iri" and (":" not in token.text or set("$?'()") & set(token.text)):
            yield token.start, f"{token.text} is taken for an IRI: put spaces around < and >"
        if token.is_word("SERVICE"):
            yield token.start, "SERVICE asks another server: a query asks one dataset"


def _top_level(query: Query, tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, str]]:
    for token in clauses.modifiers:
        if token.is_word("LIMIT", "OFFSET"):
            yield token.start, f"{token.text} at the top: paging belongs to the interface"
    for token in clauses.dataset:
        yield token.start, "FROM chooses graphs: write GRAPH instead"


def _columns(query: Query, tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, str]]:
    if clauses.form != "SELECT":
        return
    declared = [column.name for column in query.columns]
    projected = list(clauses.projection)
    if clauses.star:
        yield clauses.start, "SELECT * projects what nobody declared: name the columns"
    elif declared != projected:
        yield (
            clauses.start,
            f"the columns are {' '.join(declared)}, but SELECT projects {' '.join(projected)}",
        )
    for column in query.columns:
        if column.type in LABELLED and f"{column.name}Label" not in projected:
            yield clauses.start, f"column {column.name} has no label column {column.name}Label"


def _order(query: Query, tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, str]]:
    if clauses.form != "SELECT":
        return
    if not clauses.ordered:
        yield clauses.start, "no ORDER BY: the order of the rows would be chance"
        return
    keys = clauses.grouped or clauses.projection
    labels = {f"{column.name}Label" for column in query.columns if column.type in LABELLED}
    missing = [
        name
        for name in clauses.projection
        if name in keys and name not in labels and name not in clauses.ordered
    ]
    if missing:
        yield clauses.start, f"ORDER BY is not total: add {' '.join('?' + n for n in missing)}"


def _once(query: Query, tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, str]]:
    """Ask of a network without direction that it orders the ends of a pair."""
    if query.kind != "network" or query.directed:
        return
    wanted = f"STR(?{query.source}) < STR(?{query.target})"
    text = "".join(token.text for token in tokens)
    if wanted.replace(" ", "") not in text:
        yield clauses.start, f"a pair without direction comes twice: FILTER({wanted})"


def _prefixes(query: Query, tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, str]]:
    used = {
        token.text.partition(":")[0]: token.start
        for token in reversed(clauses.body)
        if token.kind == "name"
    }
    for prefix, (iri, start) in clauses.prefixes.items():
        if PREFIXES.get(prefix) != iri:
            wanted = f"<{PREFIXES[prefix]}>" if prefix in PREFIXES else "no prefix of stikg"
            yield start, f"PREFIX {prefix}: is {wanted}"
        elif prefix not in used:
            yield start, f"PREFIX {prefix}: is not used"
    for prefix, start in used.items():
        if prefix not in clauses.prefixes:
            yield start, f"PREFIX {prefix}: is not declared"


def _parameters(query: Query, tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, str]]:
    for token in tokens:
        is_dollar = token.kind == "variable" and token.text[0] == "$"
        if is_dollar and query.find_parameter(token.text[1:]) is None:
            yield (
                token.start,
                f"{token.text} is no parameter of the header: write ?{token.text[1:]}",
            )
    for parameter in query.parameters:
        places = [i for i, t in enumerate(tokens) if t.text == f"${parameter.name}"]
        if not places:
            yield 0, f"the parameter {parameter.name} is not used"
        for index in places:
            if problem := _misuse(parameter, tokens, index, clauses):
                yield tokens[index].start, problem


def _misuse(parameter: Parameter, tokens: list[Token], index: int, clauses: Clauses) -> str:
    token = tokens[index]
    name = token.text
    if index and tokens[index - 1].is_word("AS"):
        return f"{name} is the target of AS: a parameter is a constant"
    if any(token is other for other in clauses.projected_tokens):
        return f"{name} is projected: a parameter is a constant"
    if any(token is other for other in clauses.modifiers):
        return f"{name} is used behind WHERE: a parameter belongs into it"
    around = _around(tokens, index)
    before, after = tokens[index - 1], tokens[min(index + 1, len(tokens) - 1)]
    alone = before.is_mark("{") and after.is_mark("}")
    if "VALUES" in around and (alone or not parameter.multiple):
        return ""
    if parameter.multiple:
        return f"{name} has several values: write VALUES ?x {{ {name} }}"
    if "BOUND" in around:
        return f"BOUND({name}) is no SPARQL once {name} has a value: use COALESCE"
    if parameter.optional and "COALESCE" not in around:
        return f"{name} is optional: write FILTER(COALESCE(<test on {name}>, true)) or VALUES"
    return ""


def _around(tokens: list[Token], index: int) -> set[str]:
    """Return which of VALUES, COALESCE and BOUND hold a token directly or deeper."""
    found = set()
    for start in range(index):
        word = tokens[start].text.upper() if tokens[start].kind == "word" else ""
        opening = "{" if word == "VALUES" else "("
        if word not in _HOLDERS:
            continue
        first = next((i for i in range(start, index) if tokens[i].is_mark(opening)), None)
        end = closing(tokens, first) if first is not None else None
        if end is not None and end > index:
            found.add(word)
    return found


_HOLDERS: Final = ("VALUES", "COALESCE", "BOUND")
_RULES: Final[tuple[Rule, ...]] = (
    _form, _top_level, _columns, _order, _once, _prefixes, _parameters,
)  # fmt: skip
