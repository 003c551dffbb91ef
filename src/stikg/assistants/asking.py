"""The queries of this package itself: the .rq files beside this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from stikg.library import Parameter, Query, bind
from stikg.results import Table
from stikg.store import Store
from stikg.terms import Term

_PARAMETERS: Final[Mapping[str, tuple[Parameter, ...]]] = {
    "passages": (Parameter("graph", "resource", multiple=True, optional=False),),
    "mentioning": (Parameter("thing", "resource", multiple=True, optional=False),),
    "stating": (Parameter("subject", "resource", multiple=True, optional=False),),
    "evidence": (
        Parameter("resource", "resource", optional=False),
        Parameter("wantedProperty", "resource"),
        Parameter("wantedThing", "resource"),
        Parameter("wantedText", "string"),
    ),
    "properties": (),
    "vocabulary": (),
}


def select(store: Store, name: str, values: Mapping[str, Term | Sequence[Term] | None]) -> Table:
    """Return the solutions of a query of this package.

    :raises InputError: as the store does.
    """
    return store.select(bind(_query(name), values))


@cache
def _query(name: str) -> Query:
    text = Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")
    return Query(name, "question", name, text, parameters=_PARAMETERS[name])
