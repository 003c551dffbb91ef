"""Where the terms of the ontology stand on its page."""

from __future__ import annotations

from typing import Final

from stikg.publishing.pages.markdown import anchor, code, link

PAGE: Final = "ontology.md"
_OURS: Final = "sti:"


def class_link(curie: str, base: str = PAGE) -> str:
    """Return a link to a class of the ontology; a class of another vocabulary has none.

    >>> class_link("sti:Area")
    '[`sti:Area`](ontology.md#class-sti-area)'
    >>> class_link("owl:Class")
    '`owl:Class`'
    """
    return _link("class", curie, base)


def property_link(curie: str, base: str = PAGE) -> str:
    """Return a link to a property of the ontology, as that to a class."""
    return _link("property", curie, base)


def _link(kind: str, curie: str, base: str) -> str:
    ours = curie.startswith(_OURS)
    return link(code(curie), f"{base}#{anchor(kind, curie)}") if ours else code(curie)
