"""FILTER expressions without what is known before the query runs.

A question may be asked without a parameter: then the variable of the parameter is bound nowhere,
and its filters, such as ``FILTER(COALESCE(?of = $of, true))``, hold by the rules for errors of
SPARQL 1.1, section 17.2. Servers that do not keep these rules are sent what is left when they have
been applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from stikg.library.tokens import Token

_Kind = Literal["true", "false", "error", "safe", "iri", "open"]
_COMPARING: Final = ("=", "!=", "<", ">", "<=", ">=")
_CALCULATING: Final = ("+", "-", "*", "/")


@dataclass(frozen=True)
class _Part:
    """An expression: its text, what is known of it, and the variables that it needs bound.

    Kinds: its truth value; ``error``; ``iri`` for a constant IRI; ``safe`` for what is never an
    error; ``open`` for all else. ``needs`` are the variables without which it is an error; None
    if there may be another cause.
    """

    text: str
    kind: _Kind
    needs: frozenset[str] | None = frozenset()


_TRUE: Final = _Part("true", "true")
_FALSE: Final = _Part("false", "false")


def fold_filters(query: str) -> str:
    """Return a query whose filters do not mention the parameters that have no value.

    A parameter is a variable written ``$name`` that occurs in filters alone.

    >>> fold_filters("SELECT * { ?s ?p ?of FILTER(COALESCE(?of = $of_unset, true)) }")
    'SELECT * { ?s ?p ?of  }'
    >>> fold_filters("SELECT * { ?s ?p ?of FILTER(COALESCE(?of = <e:x>, true)) }")
    'SELECT * { ?s ?p ?of FILTER((!BOUND(?of) || ?of = <e:x>)) }'
    >>> fold_filters("ASK { ?s ?p ?o FILTER(IF(isIRI(<e:x>), EXISTS { ?s ?p <e:x> }, false)) }")
    'ASK { ?s ?p ?o FILTER(EXISTS { ?s ?p <e:x> }) }'
    """
    from stikg.library.tokens import significant, tokenise

    tokens = significant(tokenise(query))
    filters = list(_filters(tokens))
    unset = _unset(tokens, filters)
    pieces, after = [], 0
    for first, last in filters:
        part = _Reader(query, tokens[first + 2 : last], unset).read()
        text = "false" if part.kind == "error" else part.text
        instead = "" if part.kind == "true" else f"FILTER({text})"
        pieces += [query[after : tokens[first].start], instead]
        after = tokens[last].start + 1
    return "".join(pieces) + query[after:]


def _filters(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each ``FILTER( … )`` that is in no other one."""
    from stikg.library.tokens import closing

    index = 0
    while index < len(tokens) - 1:
        last = closing(tokens, index + 1) if tokens[index + 1].is_mark("(") else None
        if tokens[index].is_word("FILTER") and last is not None:
            yield index, last
            index = last
        index += 1


def _unset(tokens: list[Token], filters: list[tuple[int, int]]) -> frozenset[str]:
    inside = {index for first, last in filters for index in range(first, last)}
    names = {t.text for t in tokens if t.kind == "variable" and t.text[0] == "$"}
    elsewhere = {
        token.text[1:]
        for index, token in enumerate(tokens)
        if token.kind == "variable" and (token.text[0] == "?" or index not in inside)
    }
    return frozenset(name for name in names if name[1:] not in elsewhere)


class _Reader:
    """A reader of one expression, by the grammar of SPARQL 1.1 from [111] to [128]."""

    def __init__(self, query: str, tokens: list[Token], unset: frozenset[str]) -> None:
        self._query = query
        self._tokens = tokens
        self._unset = unset
        self._at = 0

    def read(self) -> _Part:
        parts = [self._and()]
        while self._take("||"):
            parts.append(self._and())
        return _any_of(parts)

    def _and(self) -> _Part:
        parts = [self._relation()]
        while self._take("&&"):
            parts.append(self._relation())
        return _all_of(parts)

    def _relation(self) -> _Part:
        start = self._at
        left = self._sum()
        operator = self._take(*_COMPARING)
        if operator:
            right = self._sum()
            parts = (left, right)
            known: _Kind = "open"
            if "iri" in (left.kind, right.kind) and operator in {"=", "!="}:
                known = "safe" if _needs(parts) == frozenset() else "open"
            return _strict(f"{left.text} {operator} {right.text}", parts, known)
        if self._is_word("IN", "NOT"):
            while not self._tokens[self._at].is_mark("("):
                self._at += 1
            self._skip_brackets()
            return _Part(self._text(start), "error" if left.kind == "error" else "open", None)
        return left

    def _sum(self) -> _Part:
        parts, texts = [self._primary()], []
        texts.append(parts[0].text)
        while operator := self._take(*_CALCULATING):
            parts.append(self._primary())
            texts += [operator, parts[-1].text]
        return parts[0] if len(parts) == 1 else _strict(" ".join(texts), parts, "open")

    def _primary(self) -> _Part:
        token = self._tokens[self._at]
        if token.is_mark("("):
            self._at += 1
            inner = self.read()
            self._at += 1
            closed = inner.kind in {"true", "false"}
            return inner if closed else _Part(f"({inner.text})", inner.kind, inner.needs)
        if token.is_mark("!", "-", "+"):
            self._at += 1
            return _signed(token.text, self._primary())
        if token.is_word("EXISTS", "NOT"):
            start = self._at
            while not self._tokens[self._at].is_mark("{"):
                self._at += 1
            self._skip_brackets()
            return _Part(self._text(start), "safe")
        self._at += 1
        if self._at < len(self._tokens) and self._tokens[self._at].is_mark("("):
            return self._call(token)
        return self._term(token)

    def _term(self, token: Token) -> _Part:
        if token.kind == "variable":
            if token.text in self._unset:
                return _Part(token.text, "error")
            return _Part(token.text, "open", frozenset({token.text}))
        if token.is_word("TRUE", "FALSE"):
            return _TRUE if token.text.lower() == "true" else _FALSE
        start = self._at - 1
        if self._take("^^"):
            self._at += 1
        elif self._at < len(self._tokens) and self._tokens[self._at].kind == "language":
            self._at += 1
        return _Part(self._text(start), "iri" if token.kind in {"iri", "name"} else "safe")

    def _call(self, function: Token) -> _Part:
        name = function.text.upper()
        start = self._at - 1
        self._at += 1
        if self._tokens[self._at].is_word("DISTINCT") or self._tokens[self._at].is_mark("*"):
            self._at -= 1
            self._skip_brackets()
            return _Part(self._text(start), "open", None)
        parts = []
        while not self._take(")"):
            parts.append(self.read())
            self._take(",")
        if name == "COALESCE":
            return _first_of(parts)
        if name == "IF":
            return _chosen(parts)
        if name == "BOUND":
            return _FALSE if parts[0].kind == "error" else _Part(f"BOUND({parts[0].text})", "safe")
        if name == "ISIRI" and parts[0].kind == "iri":
            return _TRUE
        text = f"{function.text}({', '.join(part.text for part in parts)})"
        return _strict(text, parts, "open")

    def _take(self, *marks: str) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at].is_mark(*marks):
            self._at += 1
            return self._tokens[self._at - 1].text
        return ""

    def _is_word(self, *words: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].is_word(*words)

    def _skip_brackets(self) -> None:
        from stikg.library.tokens import closing

        last = closing(self._tokens, self._at)
        self._at = len(self._tokens) if last is None else last + 1

    def _text(self, start: int) -> str:
        last = self._tokens[self._at - 1]
        return self._query[self._tokens[start].start : last.start + len(last.text)]


def _needs(parts: list[_Part] | tuple[_Part, ...]) -> frozenset[str] | None:
    needs: frozenset[str] = frozenset()
    for part in parts:
        if part.needs is None:
            return None
        needs |= part.needs
    return needs


def _strict(text: str, parts: list[_Part] | tuple[_Part, ...], kind: _Kind) -> _Part:
    """Return what is an error if one of its parts is."""
    failed = any(part.kind == "error" for part in parts)
    return _Part(text, "error" if failed else kind, _needs(parts))


def _any_of(parts: list[_Part]) -> _Part:
    if any(part.kind == "true" for part in parts):
        return _TRUE
    return _joined([part for part in parts if part.kind != "false"], " || ", _FALSE)


def _all_of(parts: list[_Part]) -> _Part:
    if any(part.kind == "false" for part in parts):
        return _FALSE
    return _joined([part for part in parts if part.kind != "true"], " && ", _TRUE)


def _joined(parts: list[_Part], operator: str, nothing: _Part) -> _Part:
    if len(parts) < 2:
        return parts[0] if parts else nothing
    text = operator.join(part.text for part in parts)
    if all(part.kind == "error" for part in parts):
        return _Part(text, "error")
    if all(part.kind == "safe" for part in parts):
        return _Part(text, "safe")
    return _Part(text, "open", _needs(parts))


def _first_of(parts: list[_Part]) -> _Part:
    """Return the first of some expressions that is no error."""
    parts = [part for part in parts if part.kind != "error"]
    kept = next((i for i, part in enumerate(parts) if part.kind not in {"open"}), len(parts))
    parts = parts[: kept + 1]
    if not parts:
        return _Part("COALESCE(1 / 0)", "error")
    if len(parts) == 1 and kept == 0:
        return parts[0]
    if len(parts) == 2 and parts[1].kind == "true" and parts[0].needs:
        unbound = [f"!BOUND({name})" for name in sorted(parts[0].needs)]
        return _Part(f"({' || '.join([*unbound, parts[0].text])})", "safe")
    text = f"COALESCE({', '.join(part.text for part in parts)})"
    return _Part(
        text, "safe" if kept < len(parts) else "open", frozenset() if kept < len(parts) else None
    )


def _chosen(parts: list[_Part]) -> _Part:
    condition, yes, no = parts
    if condition.kind in {"true", "false"}:
        return yes if condition.kind == "true" else no
    kind: _Kind = "error" if condition.kind == "error" else "open"
    return _Part(f"IF({condition.text}, {yes.text}, {no.text})", kind, None)


def _signed(sign: str, part: _Part) -> _Part:
    if sign == "!" and part.kind in {"true", "false"}:
        return _FALSE if part.kind == "true" else _TRUE
    return _Part(f"{sign}{part.text}", part.kind, part.needs)
