"""A dataset small enough to be seen whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stikg.dataset import Dataset
from stikg.library import Library, load_library
from stikg.names import NameRow, Names, build_names
from stikg.store import LocalStore
from stikg.terms import BASE, IRI, ONTOLOGY, XSD, Literal, Quad, Term, expand

PASSAGE, READING = expand("uuki:2.1-p1"), IRI(expand("uuki:2.1-p1").value + "/reading")
CURATED, INFERRED = IRI(BASE + "graph/reference/things"), IRI(BASE + "graph/inferred/inverses")
LABELS, PROVENANCE = IRI(BASE + "graph/labels"), IRI(BASE + "graph/provenance")
CLAIMS: list[tuple[str, str, Term, IRI]] = [
    ("agency:jst", "rdf:type", expand("sti:FundingAgency"), CURATED),
    ("agency:jsps", "rdf:type", expand("sti:FundingAgency"), CURATED),
    ("agency:jst", "sti:administers", expand("programme:sicorp"), PASSAGE),
    ("programme:sicorp", "sti:administeredBy", expand("agency:jst"), INFERRED),
    ("agency:jsps", "sti:administers", expand("programme:core"), READING),
    ("programme:sicorp", "sti:startYear", Literal("2009", XSD + "integer"), PASSAGE),
    ("agency:jst", "sti:label", Literal("JST"), LABELS),
    ("agency:jsps", "sti:label", Literal("JSPS"), LABELS),
    ("programme:sicorp", "sti:label", Literal("SICORP"), LABELS),
    ("programme:core", "sti:label", Literal("Core-to-Core"), LABELS),
    ("sti:administers", "sti:label", Literal("administers"), LABELS),
    (PASSAGE.value, "sti:origin", Literal("stated"), PROVENANCE),
    (PASSAGE.value, "sti:evidencePassage", PASSAGE, PROVENANCE),
    (READING.value, "sti:origin", Literal("read"), PROVENANCE),
    (READING.value, "sti:evidencePassage", PASSAGE, PROVENANCE),
    (CURATED.value, "sti:origin", Literal("curated"), PROVENANCE),
    (INFERRED.value, "sti:origin", Literal("inferred"), PROVENANCE),
]
QUESTION = """\
#+ title: Programmes
#+ question: Which programmes does an organisation administer?
#+ parameters:
#+   organisation: {type: resource, class: sti:Organisation, multiple: true}
#+   since: {type: year}
#+ columns:
#+   organisation: {type: resource}
#+   programme: {type: resource}
#+   start: {type: year}
PREFIX sti: <https://w3id.org/stikg/ontology/>
SELECT ?organisation ?organisationLabel ?programme ?programmeLabel ?start {
  VALUES ?organisation { $organisation }
  ?organisation sti:administers ?programme ; sti:label ?organisationLabel .
  ?programme sti:label ?programmeLabel .
  OPTIONAL { ?programme sti:startYear ?start }
  FILTER(COALESCE(?start >= $since, true))
} ORDER BY ?programmeLabel ?organisation ?programme ?start
"""
NETWORK = """\
#+ title: Who administers what
#+ source: agency
#+ edge: role
#+ columns:
#+   agency: {type: resource}
#+   target: {type: resource}
#+   role: {type: resource}
PREFIX sti: <https://w3id.org/stikg/ontology/>
SELECT ?agency ?agencyLabel ?target ?targetLabel ?role ?roleLabel {
  BIND(sti:administers AS ?role)
  ?agency ?role ?target ; sti:label ?agencyLabel .
  ?target sti:label ?targetLabel .
  ?role sti:label ?roleLabel .
} ORDER BY ?agency ?target ?role
"""
RULE = "#+ title: R\n#+ description: D\nCONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b }\n"
ROWS = [
    NameRow(expand(curie).value, label, "FundingAgency", language, source)
    for curie, label, language, source in [
        ("agency:jst", "Japan Science and Technology Agency", "en", "prefLabel"),
        ("agency:jst", "JST", "en", "acronym"),
        ("agency:jst", "科学技術振興機構", "ja", "prefLabel"),
        ("agency:jsps", "JSPS", "en", "prefLabel"),
    ]
]
CLASSES = [(ONTOLOGY + "Organisation", row.iri) for row in ROWS]


def all_quads() -> list[Quad]:
    """Return the claims in their graphs and in the default graph."""
    quads: list[Quad] = []
    for subject, name, value, graph in CLAIMS:
        iri = IRI(subject) if subject.startswith("https:") else expand(subject)
        quads += [(iri, expand(name), value, graph), (iri, expand(name), value, None)]
    return quads


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    """Return a folder of queries."""
    folder = tmp_path / "root" / "queries"
    for name, text in {
        "questions/programmes": QUESTION, "networks/administration": NETWORK, "rules/copy": RULE,
    }.items():  # fmt: skip
        path = folder / f"{name}.rq"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(queries: Path) -> Library:
    """Return the same queries, read."""
    return load_library(queries)


@pytest.fixture
def dataset(library: Library) -> Dataset:
    """Return the dataset in memory."""
    return Dataset.from_quads(all_quads(), library, names=Names.in_memory(ROWS, CLASSES))


@pytest.fixture
def compiled(queries: Path, library: Library) -> Path:
    """Return the root of the dataset, compiled to files."""
    root = queries.parent
    (root / "ontology").mkdir()
    (root / "ontology" / "stikg.ttl").touch()
    (root / "graph").mkdir()
    version = root / "build" / "v1"
    version.mkdir(parents=True)
    (root / "build" / "current").write_text("v1\n", encoding="utf-8")
    count = LocalStore.create(version / "store", all_quads())
    build_names(version / "names.sqlite", ROWS, CLASSES)
    (version / "queries.json").write_text(library.to_json(), encoding="utf-8")
    (version / "manifest.json").write_text(json.dumps({"quads": count}), encoding="utf-8")
    return root
