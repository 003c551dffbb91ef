"""The ontology as data: documented, aligned apart, and consistent under HermiT."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
STI = Namespace("https://w3id.org/stikg/ontology/")
INCONSISTENT = """
PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
<https://example.org/x> a sti:Programme, sti:FundingAgency, owl:NamedIndividual .
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "stikg.ttl")


def own_terms(graph: Graph) -> list[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    subjects = {s for kind in kinds for s in graph.subjects(RDF.type, kind)}
    return sorted(s for s in subjects if isinstance(s, URIRef) and s.startswith(str(STI)))


def test_every_own_term_has_label_definition_and_is_defined_by(ontology: Graph) -> None:
    lacking = [
        f"{term.removeprefix(str(STI))}: {prop.split('#')[-1]}"
        for term in own_terms(ontology)
        for prop in (RDFS.label, SKOS.definition, RDFS.isDefinedBy)
        if not ontology.value(term, prop)
    ]
    assert lacking == [], "add what is missing in ontology/stikg.ttl"


def test_it_has_the_classes_that_the_model_names(ontology: Graph) -> None:
    names = {term.removeprefix(str(STI)) for term in own_terms(ontology)}
    assert {
        "FundingAgency", "Ministry", "ResearchInstitute", "Programme", "Fund", "Platform",
        "JointCentre", "Strategy", "SourceDocument", "Goal", "Target", "Agreement", "Event",
        "Territory", "TerritoryGroup", "CountryTechnologyLink", "Enumeration", "Passage",
    } <= names  # fmt: skip


def test_labels_of_terms_differ(ontology: Graph) -> None:
    seen: dict[tuple[bool, str], URIRef] = {}
    for term in own_terms(ontology):
        is_class = (term, RDF.type, OWL.Class) in ontology
        key = (is_class, str(ontology.value(term, RDFS.label)))
        assert key not in seen, f"{term} and {seen.get(key)} are both called {key[1]!r}"
        seen[key] = term


def test_roles_lie_at_most_two_steps_below_those_that_queries_ask_for(ontology: Graph) -> None:
    """The network of organisations asks for one step and two, since paths fail on Virtuoso."""
    for role in (STI.involvedIn, URIRef("http://purl.org/cerif/frapo/funds")):
        near = {role, *ontology.subjects(RDFS.subPropertyOf, role)}
        near |= {low for high in near for low in ontology.subjects(RDFS.subPropertyOf, high)}
        assert set(ontology.transitive_subjects(RDFS.subPropertyOf, role)) == near


def test_the_ontology_imports_nothing_and_keeps_alignments_apart(ontology: Graph) -> None:
    assert not list(ontology.objects(None, OWL.imports))
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
    assert not [triple for match in matches for triple in ontology.triples((None, match, None))]
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    declared = set(own_terms(ontology))
    for subject in set(alignments.subjects(SKOS.closeMatch)):
        assert subject in declared, f"alignments.ttl aligns {subject}, which is not declared"


def test_shapes_name_only_declared_terms(ontology: Graph) -> None:
    declared = {str(term) for term in own_terms(ontology)}
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        used = set(re.findall(r"\bsti:(\w+)", path.read_text(encoding="utf-8")))
        shapes = {name for name in used if name.endswith("Shape")}
        missing = sorted(name for name in used - shapes if str(STI) + name not in declared)
        assert missing == [], f"{path.name} uses terms that ontology/stikg.ttl does not declare"


def hermit(graph: Graph, folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask HermiT whether a graph is consistent: exit code 0, or 1 with InconsistentOntology."""
    spec = importlib.util.find_spec("owlready2")
    if spec is None or spec.origin is None:
        pytest.skip("HermiT: the test package owlready2, which bundles its jar, is not installed")
    if shutil.which("java") is None:
        pytest.skip("HermiT: Java is not installed")
    jar = Path(spec.origin).parent / "hermit" / "HermiT.jar"
    path = folder / "ontology.owl"
    graph.serialize(path, format="xml")
    return subprocess.run(
        ["java", "-cp", f"{jar.parent}:{jar}", "org.semanticweb.HermiT.cli.CommandLine",
         "-k", path.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_hermit_finds_the_ontology_consistent(ontology: Graph, tmp_path: Path) -> None:
    answer = hermit(ontology, tmp_path)
    assert answer.returncode == 0, answer.stderr[-2000:]


def test_hermit_refuses_a_programme_that_is_an_agency(ontology: Graph, tmp_path: Path) -> None:
    answer = hermit(ontology + Graph().parse(data=INCONSISTENT), tmp_path)
    assert answer.returncode != 0
    assert "Inconsistent" in answer.stderr + answer.stdout
