"""The text of a query, cut into its fixed parts and the slots of its parameters.

What is not a ``$name`` token of a declared parameter (strings, IRIs, comments, escaped local names,
other variables) is passed on as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from stikg.library.model import Block, Slot, Template
from stikg.library.tokens import Token, closing, tokenise


@lru_cache(maxsize=512)
def template(text: str, names: frozenset[str]) -> Template:
    """Cut a query into its fixed parts and the slots of the named parameters."""
    tokens = tokenise(text)
    unset = _unset_names(tokens, names)
    parts: list[str | Slot | Block] = []
    index = 0
    while index < len(tokens):
        end = _values_end(tokens, index)
        used = _parameters(tokens[index : end + 1], names) if end else frozenset()
        if end and used:
            inner = _slots(tokens[index : end + 1], unset)
            after = _next(tokens, end, 1)
            instead, swallow = _instead_of_block(_next(tokens, index, -1), after)
            parts.append(Block(used, tuple(inner), instead))
            index = end + 1
            if swallow and after:
                # The full stop belongs to the block: it is there only with the block.
                stop = tokens.index(after)
                between = "".join(token.text for token in tokens[index:stop])
                parts[-1] = Block(used, (*inner, between, "."), between)
                index = stop + 1
        else:
            parts.extend(_slots(tokens[index : index + 1], unset))
            index += 1
    return _joined(parts)


def _parameters(tokens: Sequence[Token], names: frozenset[str]) -> frozenset[str]:
    return frozenset(t.text[1:] for t in tokens if _is_parameter(t)) & names


def _is_parameter(token: Token) -> bool:
    return token.kind == "variable" and token.text[0] == "$"


def _unset_names(tokens: list[Token], names: frozenset[str]) -> dict[str, str]:
    """Return the variable that stands for each parameter without a value.

    To SPARQL ``$x`` and ``?x`` are one variable, so a column of the parameter's name would bind
    it; then another name is taken.
    """
    variables = {t.text[1:] for t in tokens if t.kind == "variable" and t.text[0] == "?"}
    unset: dict[str, str] = {}
    for name in sorted(names):
        other = name
        while other in variables:
            other += "_unset"
        unset[name] = f"${other}"
        variables.add(other)
    return unset


def _slots(tokens: Sequence[Token], unset: Mapping[str, str]) -> list[str | Slot]:
    return [
        Slot(token.text[1:], unset[token.text[1:]])
        if _is_parameter(token) and token.text[1:] in unset
        else token.text
        for token in tokens
    ]


def _values_end(tokens: list[Token], index: int) -> int | None:
    """Return the index of the brace that ends the VALUES block beginning here, if one does."""
    if not tokens[index].is_word("VALUES"):
        return None
    brace = next((i for i in range(index, len(tokens)) if tokens[i].is_mark("{")), None)
    return None if brace is None else closing(tokens, brace)


def _next(tokens: list[Token], index: int, step: int) -> Token | None:
    index += step
    while 0 <= index < len(tokens):
        if tokens[index].kind not in {"space", "comment"}:
            return tokens[index]
        index += step
    return None


def _instead_of_block(before: Token | None, after: Token | None) -> tuple[str, bool]:
    """Return what parts the neighbours of a removed block, and whether a full stop goes with it."""
    finished = before is None or before.is_mark(".", "{", "}", ";")
    if after is not None and after.is_mark("."):
        return "", finished
    return ("" if finished or after is None or after.is_mark("}") else " . "), False


def _joined(parts: list[str | Slot | Block]) -> Template:
    result: list[str | Slot | Block] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        else:
            result.append(part)
    return tuple(result)
