"""The server's own questions: the .rq files beside this module, each about one thing or several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from stikg.library import Parameter, Query, bind
from stikg.terms import IRI

_RESOURCE: Final = Parameter("resource", "resource", optional=False, multiple=True)


def question(name: str, *things: IRI) -> str:
    """Return the SPARQL text of a question about things; most take exactly one.

    >>> "<urn:a>" in question("known", IRI("urn:a"))
    True
    """
    values: dict[str, Sequence[IRI]] = {"resource": things}
    return bind(_query(name), values)


@lru_cache
def _query(name: str) -> Query:
    text = Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")
    return Query(name, "question", name, text, parameters=(_RESOURCE,))
