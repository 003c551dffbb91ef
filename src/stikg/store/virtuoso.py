"""Queries as Virtuoso 7 must be asked, so that it answers as the standard says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from stikg.store.folding import fold_filters

if TYPE_CHECKING:
    from stikg.library.tokens import Token

DEFAULT_GRAPH: Final = "https://w3id.org/stikg/graph/default"
"""The named graph that holds our default graph."""

SYSTEM_GRAPHS: Final = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/ns/ldp#",
)
"""Graphs that Virtuoso makes for itself."""

_MOST_KEYS: Final = 20
"""Of DISTINCT and ORDER BY together."""

_TRUTH: Final = ("=", "!=", "<", ">", "<=", ">=", "||", "&&", "!")


def rewrite(query: str, default_graph: str = DEFAULT_GRAPH) -> str:
    """Return a query for Virtuoso whose answer is that of the standard to the given one.

    It is to be asked with the IRI of the graph that stands for the default graph as
    default-graph-uri.
    """
    query = fold_filters(query)
    for step in (_same_strings, _truth_values, _alone, _whole_strings):
        query = step(query)
    query = _own_graphs(query, default_graph)
    excluded = (f"define input:named-graph-exclude <{graph}>\n" for graph in SYSTEM_GRAPHS)
    return f"{''.join(excluded)}{query}"


def _own_graphs(query: str, default_graph: str) -> str:
    """Keep ``GRAPH ?g`` from the graph that stands for the default graph.

    Excluding it by a pragma would take it from the default graph too.
    """
    tokens = _tokens(query)
    insertions = [
        (tokens[i + 2].start + 1, f" FILTER({tokens[i + 1].text} != <{default_graph}>)")
        for i in range(len(tokens) - 2)
        if tokens[i].is_word("GRAPH") and tokens[i + 1].kind == "variable"
    ]
    return _inserted(query, insertions)


def _same_strings(query: str) -> str:
    """Compare with strings by their value: to Virtuoso no stored string is sameTerm as a constant.

    There ``=`` tells a string from one with a language.
    """
    tokens = _tokens(query)
    pieces, after = [], 0
    for index, token in enumerate(tokens[:-5]):
        variable, string, close = (tokens[index + place] for place in (2, 4, 5))
        if not token.is_word("SAMETERM") or string.kind != "string" or not close.is_mark(")"):
            continue
        pieces += [query[after : token.start], f"({variable.text} = {string.text}"]
        after = close.start
    return "".join(pieces) + query[after:]


def _truth_values(query: str) -> str:
    """Let truth values that are projected be booleans: Virtuoso gives the integers 0 and 1.

    Those of BIND are left: a cast one no longer works in a filter.
    """
    tokens = _tokens(query)
    insertions = []
    for index, token in enumerate(tokens):
        if not token.is_word("AS"):
            continue
        first = _opening(tokens, index)
        bound = first is None or tokens[first - 1].is_word("BIND")
        if first is not None and not bound and _is_truth(tokens[first + 1 : index]):
            insertions.append((tokens[first].start + 1, f"<{_BOOLEAN}>("))
            insertions.append((token.start, ") "))
    return _inserted(query, insertions)


_BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"


def _is_truth(tokens: list[Token]) -> bool:
    depth = 0
    for token in tokens:
        if depth == 0 and (token.is_mark(*_TRUTH) or token.is_word("EXISTS", "IN")):
            return True
        depth += token.is_mark("(", "{", "[") - token.is_mark(")", "}", "]")
    return False


def _alone(query: str) -> str:
    """Put each UNION into a sub-select, lest filters behind it are pushed into its branches.

    There Virtuoso loses them, gives wrong rows, or fails with an internal error.
    """
    from stikg.library.tokens import closing

    tokens = _tokens(query)
    insertions: list[tuple[int, str]] = []
    index = 0
    while index < len(tokens):
        if tokens[index].is_word("EXISTS"):
            index = closing(tokens, index + 1) or index
        last = closing(tokens, index) if tokens[index].is_mark("{") else None
        if last is not None and _is_union(tokens, last):
            start = index
            while last is not None and _is_union(tokens, last):
                last = closing(tokens, last + 2)
            if last is not None and _is_tested(tokens, start, last):
                insertions.append((tokens[start].start, "{ SELECT * WHERE { "))
                insertions.append((tokens[last].start + 1, " } }"))
        index += 1
    return _inserted(query, insertions)


def _is_tested(tokens: list[Token], start: int, last: int) -> bool:
    """Tell whether a UNION is whole, and an EXISTS comes behind it in its group."""
    depth = 0
    for token in tokens[last + 1 :]:
        if token.is_word("EXISTS") and depth == 0:
            return not tokens[start - 1].is_word("UNION")
        depth += token.is_mark("{") - token.is_mark("}")
        if depth < 0:
            break
    return False


def _is_union(tokens: list[Token], last: int) -> bool:
    return last + 1 < len(tokens) and tokens[last + 1].is_word("UNION")


def _whole_strings(query: str) -> str:
    """Let ORDER BY compare whole labels: Virtuoso compares the beginnings of long strings.

    What is compared is a key more, and with DISTINCT it takes at most 20 of them; so the distinct
    solutions are made first. It may lose DISTINCT of a sub-select, so both say it where they may.
    """
    tokens = _tokens(query)
    depth = 0
    order = None
    for index, token in enumerate(tokens):
        depth += token.is_mark("{") - token.is_mark("}")
        if depth == 0 and token.is_word("ORDER"):
            order = index
    first = next((i for i, token in enumerate(tokens) if token.is_word("SELECT")), None)
    if order is None or first is None:
        return query
    body, clause = query[: tokens[order].start], query[tokens[order].start :]
    insertions = [
        edge
        for token in tokens[order:]
        if token.kind == "variable" and token.text.endswith("Label")
        for edge in ((token.start, "STR("), (token.start + len(token.text), ")"))
    ]
    at = tokens[order].start
    clause = _inserted(clause, [(start - at, text) for start, text in insertions])
    if not tokens[first + 1].is_word("DISTINCT"):
        return body + clause
    start = tokens[first].start
    sorted_by = sum(token.kind == "variable" for token in tokens[order:])
    few = sorted_by + _projected(tokens[first + 2 :]) <= _MOST_KEYS
    again = "DISTINCT " if few else ""
    return f"{body[:start]}SELECT {again}* WHERE {{ {{ {body[start:]} }} }}\n{clause}"


def _projected(tokens: list[Token]) -> int:
    """Return how many variables a SELECT clause projects."""
    depth, count = 0, 0
    for token in tokens:
        if token.is_mark("{"):
            break
        depth += token.is_mark("(") - token.is_mark(")")
        count += (token.kind == "variable" and depth == 0) or token.is_word("AS")
    return count


def _opening(tokens: list[Token], index: int) -> int | None:
    """Return the index of the bracket in which a token is."""
    depth = 0
    for at in range(index - 1, -1, -1):
        depth += tokens[at].is_mark(")", "}", "]") - tokens[at].is_mark("(", "{", "[")
        if depth < 0:
            return at if tokens[at].is_mark("(") else None
    return None


def _tokens(query: str) -> list[Token]:
    from stikg.library.tokens import significant, tokenise

    return significant(tokenise(query))


def _inserted(query: str, insertions: list[tuple[int, str]]) -> str:
    pieces, after = [], 0
    for at, text in sorted(insertions, key=lambda each: each[0]):
        pieces += [query[after:at], text]
        after = at
    return "".join(pieces) + query[after:]
