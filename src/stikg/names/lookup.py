"""From what people write to the IRI they mean."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from stikg.errors import AmbiguousName, DatasetError, InputError, UnknownName
from stikg.names.normalisation import normalise, search_expression
from stikg.terms import IRI, PREFIXES, check_iri, compress, expand

if TYPE_CHECKING:
    from stikg.names.index import NameRow

_BY_FORM: Final = """
SELECT DISTINCT iri FROM names
WHERE normalised = :form AND source <> 'heading' AND (source = 'notation') = :coded
  AND (:cls = '' AND kind <> 'ObjectProperty'
    OR iri IN (SELECT iri FROM classes WHERE cls = :cls))
ORDER BY iri
"""
_BY_LOCAL: Final = """
SELECT DISTINCT iri FROM names
WHERE local = :local AND (:cls = '' AND kind <> 'ObjectProperty'
    OR iri IN (SELECT iri FROM classes WHERE cls = :cls))
ORDER BY iri
"""
_BY_WORDS: Final = """
SELECT iri, kind, label, source, substr(normalised, 1, length(:form)) = :form AS begins
FROM words JOIN names ON names.id = words.rowid
WHERE words MATCH :expression
  AND (:cls = '' AND kind <> 'ObjectProperty'
    OR iri IN (SELECT iri FROM classes WHERE cls = :cls))
ORDER BY normalised <> :form, begins DESC, begins * length(normalised),
  words.rank, names.rank, label, iri
LIMIT :most
"""
_BY_BEGINNING: Final = """
SELECT iri, kind, label, source FROM names
WHERE normalised >= :form AND normalised < :end AND source <> 'heading'
  AND (:cls = '' AND kind <> 'ObjectProperty'
    OR iri IN (SELECT iri FROM classes WHERE cls = :cls))
ORDER BY normalised, rank, label, iri LIMIT :most
"""
_LABEL: Final = "SELECT label FROM names WHERE iri = :iri ORDER BY rank LIMIT 1"
_KIND: Final = "SELECT kind FROM names WHERE iri = :iri LIMIT 1"
_MEMBER: Final = "SELECT 1 FROM classes WHERE cls = :cls AND iri = :iri"
_FORMS: Final = """
SELECT normalised, iri FROM names
WHERE source <> 'heading'
  AND (:cls = '' AND kind <> 'ObjectProperty'
    OR iri IN (SELECT iri FROM classes WHERE cls = :cls))
ORDER BY normalised, rank DESC, iri DESC
"""
_LOOK: Final = "look for it with: stikg search"
_SHOWN: Final = 5
_NAMES_EACH: Final = 8
"""Names that a thing may be expected to have: a limit of things needs more rows."""

_LAST: Final = "\U0010ffff"


class Hit(NamedTuple):
    """A thing found by one of its names: ``label`` is the name it is shown under."""

    iri: IRI
    label: str
    kind: str
    matched: str
    source: str


class Names:
    """The label index of a dataset, open for reading; threads may share it.

    The file is closed by ``close()``, else with the last reference to the index.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._one_at_a_time = threading.Lock()
        self.close = weakref.finalize(self, connection.close)
        self._known = lru_cache(maxsize=1024)(self._find)

    @classmethod
    def open(cls, path: Path) -> Names:
        """Open a label index; it may lie in a folder that cannot be written.

        :raises DatasetError: if there is none or it is damaged.
        """
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            connection.execute("SELECT 1 FROM names, classes LIMIT 1")
        except sqlite3.Error as error:
            raise _unreadable(error, path) from error
        return cls(connection)

    @classmethod
    def in_memory(cls, rows: Iterable[NameRow], classes: Iterable[tuple[str, str]] = ()) -> Names:
        """Return a label index of these names; see ``build_names``."""
        from stikg.names.index import fill

        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection, rows, classes)
        return cls(connection)

    def resolve(self, text: str, cls: str | None = None) -> IRI:
        """Return the IRI of the thing that a text names.

        Tried in turn: IRI, CURIE, name in any spelling, last part of the IRI, code; never the
        heading of a section, and a relation only where its class is asked for. ``cls`` is the CURIE
        of the class to which the thing must belong.

        :raises UnknownName: if nothing of the class has that name; with the nearest.
        :raises AmbiguousName: if several things have it; with their CURIEs.
        """
        return self._known(text.strip(), cls)

    def _find(self, text: str, cls: str | None) -> IRI:
        class_iri = _class_iri(cls)
        named = _as_iri(text)
        if named is not None:
            return self._member(named, cls)
        form = normalise(text)
        for found in self._by_stages(form, class_iri) if form else ():
            if len(found) == 1:
                return IRI(found[0])
            if found:
                raise self._ambiguous(text, found)
        raise self._unknown(text, cls, class_iri)

    def _by_stages(self, form: str, cls: str) -> Iterator[list[str]]:
        yield self._select(_BY_FORM, form=form, coded=False, cls=cls)
        yield self._select(_BY_LOCAL, local=form.replace(" ", "-"), cls=cls)
        yield self._select(_BY_FORM, form=form, coded=True, cls=cls)

    def label(self, iri: IRI) -> str:
        """Return the name under which a thing is shown: its CURIE if it has none."""
        rows = self._rows(_LABEL, iri=iri.value)
        return str(rows[0][0]) if rows else compress(iri.value)

    def designation(self, iri: IRI, cls: str | None = None) -> str:
        """Return what to write so that ``resolve`` finds a thing: its label, else its CURIE."""
        label = self.label(iri)
        stages = self._by_stages(normalise(label), _class_iri(cls))
        named = next((found for found in stages if found), [])
        safe = named == [iri.value] and _as_iri(label) is None
        return label if safe else compress(iri.value)

    def search(self, text: str, limit: int = 20, *, cls: str | None = None) -> list[Hit]:
        """Return the things whose names hold all words of a text, the best first.

        The last letters of a word may be missing; Japanese is found by any part. Best is the name
        that is the text, then those that begin with it, the shortest first, then the others.
        """
        expression = search_expression(text)
        if not expression:
            return []
        values: dict[str, str | int] = {
            "expression": expression,
            "form": normalise(text),
            "most": limit * _NAMES_EACH,
        }
        rows = self._rows(_BY_WORDS, **values, cls=_class_iri(cls))
        return self._hits(rows, limit)

    def complete(self, prefix: str, cls: str | None = None, *, limit: int = 50) -> list[Hit]:
        """Return the things that have a name beginning so, in the order of the names."""
        form = normalise(prefix)
        values: dict[str, str | int] = {
            "form": form,
            "end": form + _LAST,
            "most": limit * _NAMES_EACH,
        }
        rows = self._rows(_BY_BEGINNING, **values, cls=_class_iri(cls))
        return self._hits(rows, limit)

    def _hits(self, rows: Iterable[Sequence[str]], limit: int) -> list[Hit]:
        found: dict[str, Hit] = {}
        for iri, kind, matched, source, *_ in rows:
            if iri not in found and len(found) < limit:
                found[iri] = Hit(IRI(iri), self.label(IRI(iri)), kind, matched, source)
        return list(found.values())

    def _member(self, iri: IRI, cls: str | None) -> IRI:
        """Return the IRI if it is of the class; an index without classes cannot tell."""
        if not cls or self._has_row(_MEMBER, cls=_class_iri(cls), iri=iri.value):
            return iri
        if not self._has_row("SELECT 1 FROM classes LIMIT 1"):
            return iri
        raise UnknownName(f"{compress(iri.value)} is not a {cls}", remedy=_LOOK)

    def _has_row(self, statement: str, **values: str) -> bool:
        return bool(self._rows(statement, **values))

    def _select(self, statement: str, **values: str | bool) -> list[str]:
        return [row[0] for row in self._rows(statement, **values)]

    def _rows(self, statement: str, **values: str | int) -> list[tuple[str, ...]]:
        try:
            with self._one_at_a_time:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _unreadable(error) from error

    def _ambiguous(self, text: str, found: Sequence[str]) -> AmbiguousName:
        curies = [compress(iri) for iri in found]
        kinds = [self._kind(iri) for iri in found]
        listed = (f"{curie} ({kind})" for curie, kind in zip(curies, kinds, strict=True))
        return AmbiguousName(
            f"{text!r} names {len(found)} things: {', '.join(listed)}",
            candidates=curies,
            remedy=f"name one of them, as in: {curies[0]}",
        )

    def _kind(self, iri: str) -> str:
        return self._rows(_KIND, iri=iri)[0][0]

    def _unknown(self, text: str, cls: str | None, class_iri: str) -> UnknownName:
        near = self._nearest(text, cls, class_iri)
        return UnknownName(
            f"no {cls or 'thing'} is named {text!r}",
            candidates=near,
            remedy=f"did you mean {' or '.join(near)}?"
            if near
            else "look for it with: stikg search",
        )

    def _nearest(self, text: str, cls: str | None, class_iri: str) -> list[str]:
        from difflib import get_close_matches

        things = {form: IRI(iri) for form, iri in self._rows(_FORMS, cls=class_iri)}
        close = get_close_matches(normalise(text), things, n=_SHOWN, cutoff=0.6)
        labels = [self.label(things[form]) for form in close]
        labels += [hit.label for hit in self.search(text, _SHOWN, cls=cls)]
        return list(dict.fromkeys(labels))[:_SHOWN]


def _unreadable(error: Exception, path: Path | None = None) -> DatasetError:
    return DatasetError(
        f"the label index cannot be read: {error}",
        where=None if path is None else str(path),
        remedy="build it again: stikg build --force",
    )


def _class_iri(cls: str | None) -> str:
    return expand(cls).value if cls else ""


def _as_iri(text: str) -> IRI | None:
    """Return the IRI that a text is or abbreviates, or None if it is a name in words."""
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    prefix, colon, local = text.partition(":")
    try:
        if colon and prefix in PREFIXES and local and " " not in local:
            return check_iri(expand(text).value)
        return check_iri(text)
    except InputError:
        return None
