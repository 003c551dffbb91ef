"""Properties by what people call them; the label index holds things alone."""

from __future__ import annotations

from stikg.assistants.asking import select
from stikg.errors import UnknownName
from stikg.names import normalise
from stikg.store import Store
from stikg.terms import IRI, compress


def find_property(store: Store, text: str) -> IRI:
    """Return the property of a text: its IRI, its CURIE, its label or its local name.

    :raises UnknownName: if no statement has such a property; it says the nearest.
    """
    known: dict[str, IRI] = {}
    for iri, label in select(store, "properties", {}).rows:
        if isinstance(iri, IRI):
            curie = compress(iri.value).strip("<>")
            local = curie.rpartition(":")[2]
            for name in (iri.value, curie, normalise(str(label or "")), normalise(local)):
                known.setdefault(name, iri)
    found = known.get(text.strip("<> ")) or known.get(normalise(text) or " ")
    if found is None:
        raise _unknown(text, known)
    return found


def _unknown(text: str, known: dict[str, IRI]) -> UnknownName:
    from difflib import get_close_matches

    near = get_close_matches(text, known, n=5) + get_close_matches(normalise(text), known, n=5)
    curies = list(dict.fromkeys(compress(known[name].value) for name in near))[:5]
    return UnknownName(
        f"no statement has a property {text!r}",
        candidates=curies,
        remedy=f"did you mean {' or '.join(curies)}?" if curies else "read stikg://vocabulary",
    )
