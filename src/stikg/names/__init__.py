"""The label index: names in all languages and spellings, to the things they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.names.lookup import Hit, Names
from stikg.names.normalisation import normalise

if TYPE_CHECKING:
    from stikg.names.index import SOURCES, NameRow, build_names

__all__ = ["SOURCES", "Hit", "NameRow", "Names", "build_names", "normalise"]


def __getattr__(name: str) -> object:
    """Load what only a build needs when it is first used."""
    if name not in {"SOURCES", "NameRow", "build_names"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from stikg.names import index

    return getattr(index, name)
