"""The tools that every graph has: search, show, evidence and SPARQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from stikg.assistants import passages as passages_
from stikg.assistants.answers import Answer, truth_table
from stikg.assistants.arguments import Arguments
from stikg.assistants.asking import select
from stikg.assistants.properties import find_property
from stikg.assistants.schemas import arguments, paging
from stikg.assistants.tools import Asked, Tool, nothing_stated
from stikg.assistants.wire import as_table
from stikg.errors import InputError, UnknownName
from stikg.results import Table
from stikg.terms import IRI, ONTOLOGY, Literal, compress

_NAME: Final = "Any name or code of the thing in any language, its CURIE or its IRI."

_SEARCH: Final = (
    "Find things (agencies, programmes, technologies, territories, documents and their headings) "
    "whose names hold all words of a text, the best first."
)
_SHOW: Final = (
    "Everything that is known of one thing: each statement in which it is subject or value, "
    "whether it is stated, read, curated or inferred, and the passage that makes it."
)
_EVIDENCE: Final = (
    "The passages of a thing, or of one statement: which passage of which document says that thing "
    "has this property, or this value. Without property and value, of all statements about it. "
    "Origin: stated (in so many words), read (interpreted; reason says how), or curated (not in a "
    "document)."
)
_SPARQL: Final = (
    "A read-only SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE. The usual prefixes need no "
    "declaration (sti: is the ontology; resource stikg://prefixes lists all, stikg://vocabulary "
    "the classes and properties). The default graph has every statement once. The named graph of a "
    "statement is the passage that makes it, or a reading of one: GRAPH ?g {{ ?s ?p ?o }} "
    "?g sti:evidencePassage ?passage ; sti:origin ?origin. Names are in sti:label. No SERVICE, no "
    "update; {deadline:g} seconds and {results} rows at most, so use LIMIT or count."
)


def general(asked: Asked) -> list[Tool]:
    """Return the tools that do not depend on the query files."""
    pages = paging(asked.settings)
    name = {"type": "string", "description": _NAME}
    wanted = {
        "type": "string",
        "description": "Only this property: its CURIE, as sti:startYear, or label.",
    }
    value = {"type": "string", "description": "Only this value: a thing by any name, or a literal."}
    query = {"type": "string", "maxLength": asked.settings.query_characters}
    sparql = _SPARQL.format(deadline=asked.settings.deadline, results=asked.settings.results)
    text = {"type": "string", "description": "Words of a name; the end of each may be missing."}
    cls = {"type": "string", "description": "Only members of a class, as sti:Programme."}
    limit = {"limit": pages["limit"]}

    def tool(
        run: Callable[[Asked, Arguments], Answer],
        called: str,
        title: str,
        description: str,
        *,
        required: str,
        **properties: dict[str, Any],
    ) -> Tool:
        schema = arguments(properties, (required,))
        return Tool(called, title, description, schema, lambda given: run(asked, given))

    return [
        tool(_search, "search", "Search names", _SEARCH,
             required="text", text=text, **{"class": cls}, **limit),
        tool(_show, "show", "Show a thing", _SHOW, required="name", name=name, **pages),
        tool(_evidence, "evidence", "Evidence of a statement or a thing", _EVIDENCE,
             required="thing", thing=name, property=wanted, value=value, **pages),
        tool(_sparql, "sparql", "SPARQL", sparql, required="query", query=query, **pages),
    ]  # fmt: skip


def _search(asked: Asked, given: Arguments) -> Answer:
    text, cls = given.required("text"), given.text("class")
    rows = given.page(asked.settings)[1]
    hits = asked.dataset.names.search(text, rows, cls=cls)
    table = Table(
        ("thing", "thingLabel", "kind", "matched"),
        tuple((h.iri, Literal(h.label), Literal(h.kind), Literal(h.matched)) for h in hits),
    )
    page = asked.page_from(table, 0, rows)
    things = passages_.things(page.table.rows)
    found = passages_.mentioning(asked.dataset.store, things)
    headings = passages_.describe(asked.dataset.store, passages_.cited(page.table.rows))
    known = {passage.iri for passage in found}
    found += [passage for passage in headings if passage.iri not in known]
    notes = [] if hits else ["Nothing has such a name."]
    if things and found:
        notes = ["The passages are some of those that mention the things; ask evidence for all."]
    return Answer(f"Things named “{text}”", page, found, notes, {"asked": {"text": text}})


def _show(asked: Asked, given: Arguments) -> Answer:
    thing = asked.dataset.show(given.required("name"))
    classes = [compress(t.value) for t in thing.types if t.value.startswith(ONTOLOGY)]
    page = asked.page(thing.statements, given)
    found = passages_.describe(asked.dataset.store, passages_.cited(page.table.rows))
    title = f"{thing.label} ({compress(thing.iri.value).strip('<>')})"
    about = {"iri": thing.iri.value, "label": thing.label, "classes": classes}
    notes = [f"It is a {', '.join(classes)}."] if classes else []
    return Answer(title, page, found, notes, {"thing": about})


def _evidence(asked: Asked, given: Arguments) -> Answer:
    thing = asked.dataset.names.resolve(given.required("thing"))
    wanted = given.text("property")
    other, text = _value(asked, given.text("value"))
    values = {
        "resource": thing,
        "wantedProperty": find_property(asked.dataset.store, wanted) if wanted else None,
        "wantedThing": other,
        "wantedText": text,
    }
    table = select(asked.dataset.store, "evidence", values)
    if not table.rows:  # of what is not known, that no passage states it would mislead
        for known in filter(None, (thing, other)):
            asked.dataset.show(known.value, limit=1)
    page = asked.page(table, given)
    found = passages_.describe(asked.dataset.store, passages_.cited(page.table.rows))
    notes = [] if table.rows else [nothing_stated(asked.dataset)]
    title = f"Evidence of {asked.dataset.names.label(thing)}"
    terms = {key: str(term) for key, term in values.items() if term is not None}
    return Answer(title, page, found, notes, {"asked": terms})


def _value(asked: Asked, value: str | None) -> tuple[IRI | None, Literal | None]:
    """Return the thing that a value names, or else the literal that it is."""
    if value is None:
        return None, None
    try:
        return asked.dataset.names.resolve(value), None
    except UnknownName:
        return None, Literal(value)


def _sparql(asked: Asked, given: Arguments) -> Answer:
    query, most = given.required("query"), asked.settings.query_characters
    if len(query) > most:
        raise InputError(
            f"the query has {len(query)} characters, more than {most}", remedy="write it shorter"
        )
    answer = asked.dataset.sparql(query)
    if isinstance(answer, bool):
        return Answer("Answer of the query", asked.page(truth_table(answer), given))
    if isinstance(answer, Table):
        page = asked.page(answer, given)
        found, notes = asked.passages(page.table)
        return Answer("Answer of the query", page, found, notes)
    page = asked.page(as_table(answer), given)
    triples = answer[page.first : page.first + len(page.cells)]
    found, notes = passages_.stating(asked.dataset.store, triples), []
    if not found:
        found, notes = asked.passages(page.table)
    return Answer("Statements of the query", page, found, notes)
