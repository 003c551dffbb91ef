"""Shapes as queries: every component, against pySHACL and against what each case must find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stikg.dataset import Dataset
from stikg.errors import SyntaxProblem
from stikg.serialisation.formats import get_format
from stikg.serialisation.reading import parse
from stikg.store import LocalStore
from stikg.terms import IRI, PREFIXES, XSD, BlankNode, Literal, Term, Triple
from stikg.validation.shacl import (
    Shapes,
    Violation,
    ask_pyshacl,
    ask_shapes,
    read_shapes,
    shape_files,
)
from stikg.validation.shacl.queries import wanted_classes
from stikg.validation.shacl.shapes import SUBCLASS, TYPE

HEAD: Final = (
    "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("sh", "xsd", "rdf", "rdfs"))
    + "PREFIX : <urn:x:>\n"
)


def triples(text: str) -> list[Triple]:
    data = (HEAD + text).encode()
    return [quad[:3] for quad in parse(data, get_format("turtle"), where="case")]


def shapes_of(text: str) -> Shapes:
    return Shapes(tuple(triples(text)))


def plain(term: Term | None) -> str:
    """Return a term as text; engines give blank nodes labels of their own."""
    return "" if term is None else "_:" if isinstance(term, BlankNode) else term.n3()


def found(violation: Violation) -> tuple[str, ...]:
    cells = (violation.shape, violation.focus, violation.path, violation.value)
    return (violation.component, *map(plain, cells))


def by_queries(shapes: Shapes, data: list[Triple]) -> set[tuple[str, ...]]:
    store = LocalStore.in_memory((*triple, None) for triple in data)
    return {found(violation) for violation in ask_shapes(store, shapes)}


def by_pyshacl(shapes: Shapes, data: list[Triple]) -> set[tuple[str, ...]]:
    kept = LocalStore.in_memory((*triple, None) for triple in data)  # 1.0 is 1 there
    return {found(violation) for violation in ask_pyshacl((q[:3] for q in kept.quads()), shapes)}


@dataclass(frozen=True)
class Case:
    """A shape of :T, what is said of things, and of which of them it complains."""

    name: str
    shape: str
    data: str
    wrong: str
    """Focus nodes that break it, each by its local name."""
    component: str


def prop(rest: str) -> str:
    return f":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; {rest} ] ."


def node(rest: str) -> str:
    return f":S a sh:NodeShape ; sh:targetClass :T ; {rest} ."


def things(**values: str) -> str:
    return "".join(
        f":{name} a :T {f'; :p {value}' if value else ''} .\n" for name, value in values.items()
    )


CASES: Final = (
    Case("minCount", prop("sh:minCount 1"), things(a="", b="1"), "a", "MinCount"),
    Case("minCount-2", prop("sh:minCount 2"), things(a="1", b="1, 2", c=""), "a c", "MinCount"),
    Case("maxCount", prop("sh:maxCount 1"), things(a="1, 2", b="1", c=""), "a", "MaxCount"),
    Case("maxCount-0", prop("sh:maxCount 0"), things(a="1", b=""), "a", "MaxCount"),
    Case("maxCount-2", prop("sh:maxCount 2"), things(a="1, 2, 3", b="1, 2"), "a", "MaxCount"),
    Case(
        "datatype", prop("sh:datatype xsd:integer"),
        things(a="1.5", b="'1'", c=":x", d="'x'^^xsd:integer", e="1", f="'1'@en"),
        "a b c d f", "Datatype",
    ),
    Case(
        "date", prop("sh:datatype xsd:date"),
        things(
            a="'2026-02-30'^^xsd:date", b="'2024-02-29'^^xsd:date", c="'2023-02-29'^^xsd:date",
            d="'1900-02-29'^^xsd:date", e="'2000-02-29'^^xsd:date", f="'2020-13-01'^^xsd:date",
            g="'2020-04-31'^^xsd:date", h="'2020-12-31'^^xsd:date", i="'2020-12-31'",
        ),
        "a c d f g i", "Datatype",
    ),
    Case(
        "decimal", prop("sh:datatype xsd:decimal"),
        things(a="1.5", b="1", c="'much'^^xsd:decimal", d="1.5e0"), "b c d", "Datatype",
    ),
    Case(
        "boolean", prop("sh:datatype xsd:boolean"),
        things(a="true", b="'yes'^^xsd:boolean", c="'true'"), "b c", "Datatype",
    ),
    Case("string", prop("sh:datatype xsd:string"), things(a="'x'", b="'x'@en", c="1"), "b c",
         "Datatype"),
    Case("langString", prop("sh:datatype rdf:langString"), things(a="'x'", b="'x'@en"), "a",
         "Datatype"),
    Case(
        "class", prop("sh:class :K"),
        ":L rdfs:subClassOf :K . :k a :K . :l a :L . :m a :T ; :p :m .\n"
        + things(a=":k", b=":l", c=":nothing", d="'text'"),
        "c d m", "Class",
    ),
    Case(
        "subclass-target", prop("sh:minCount 1"),
        ":U rdfs:subClassOf :V . :V rdfs:subClassOf :T . :a a :U . :b a :V ; :p 1 . :c a :W .",
        "a", "MinCount",
    ),
    Case("nodeKind-IRI", prop("sh:nodeKind sh:IRI"), things(a=":x", b="1", c="[]"), "b c",
         "NodeKind"),
    Case("nodeKind-Literal", prop("sh:nodeKind sh:Literal"), things(a=":x", b="1"), "a",
         "NodeKind"),
    Case("nodeKind-BlankNodeOrIRI", prop("sh:nodeKind sh:BlankNodeOrIRI"),
         things(a=":x", b="1", c="[]"), "b", "NodeKind"),
    Case("in", prop("sh:in (:x 1 'y'@en)"),
         things(a=":x, 1", b=":y", c="'y'", d="'y'@en", e="1.0"), "b c e", "In"),
    Case("in-IRIs", prop("sh:in (:x :y)"), things(a=":x", b=":z", c="'x'"), "b c", "In"),
    Case("hasValue", prop("sh:hasValue :x"), things(a=":x, :y", b=":y", c=""), "b c", "HasValue"),
    Case("hasValue-node", node("sh:hasValue :a"), things(a="", b=""), "b", "HasValue"),
    Case("pattern", prop("sh:pattern '^A+$'"), things(a="'AA'", b="'aa'", c="'BAA'", d="[]"),
         "b c d", "Pattern"),
    Case("pattern-flags", prop("sh:pattern '^A+$' ; sh:flags 'i'"), things(a="'aa'", b="'b'"),
         "b", "Pattern"),
    Case("pattern-IRI", prop("sh:pattern '^urn:x:'"), things(a=":y", b="<urn:z:y>"), "b",
         "Pattern"),
    Case("length", prop("sh:minLength 2 ; sh:maxLength 3"),
         things(a="'x'", b="'xx'", c="'日本の国'", d="'日本'"), "a c", "MinLength MaxLength"),
    Case("languageIn", prop("sh:languageIn ('en' 'ja')"),
         things(a="'x'@en", b="'x'@fr", c="'x'", d="'x'@en-GB", e=":x"), "b c e", "LanguageIn"),
    Case("uniqueLang", prop("sh:uniqueLang true"),
         things(a="'x'@en, 'y'@en", b="'x'@en, 'y'@ja", c="'x', 'y'", d="'x'@en, 'y'@EN"),
         "a d", "UniqueLang"),
    Case("inclusive", prop("sh:minInclusive 1 ; sh:maxInclusive 3"),
         things(a="1, 3", b="0", c="4", d="'2'", e=":x", f="2.5", g="0.5"), "b c d e g",
         "MinInclusive MaxInclusive"),
    Case("exclusive", prop("sh:minExclusive 1 ; sh:maxExclusive 3"),
         things(a="1", b="3", c="2"), "a b", "MinExclusive MaxExclusive"),
    Case("date-range", prop("sh:minInclusive '2020-01-01'^^xsd:date"),
         things(a="'2019-12-31'^^xsd:date", b="'2020-01-01'^^xsd:date", c=":x"), "a c",
         "MinInclusive"),
    Case("equals", prop("sh:equals :q"), things(a="1 ; :q 1", b="1 ; :q 2", c="1", d=""), "b c",
         "Equals"),
    Case("disjoint", prop("sh:disjoint :q"), things(a="1 ; :q 1, 2", b="1 ; :q 2"), "a",
         "Disjoint"),
    Case("lessThan", prop("sh:lessThan :q"),
         things(a="1 ; :q 2", b="2 ; :q 2", c="1 ; :q 'x'", d="3"), "b c", "LessThan"),
    Case("lessThanOrEquals", prop("sh:lessThanOrEquals :q"),
         things(a="2 ; :q 2", b="3 ; :q 2"), "b", "LessThanOrEquals"),
    Case("or", prop("sh:or ([ sh:datatype xsd:integer ] [ sh:class :T ])"),
         things(a="1", b=":a", c="'x'", d=":x"), "c d", "Or"),
    Case("and", prop("sh:and ([ sh:datatype xsd:integer ] [ sh:minInclusive 5 ])"),
         things(a="5", b="4", c="'x'"), "b c", "And"),
    Case("xone", prop("sh:xone ([ sh:minInclusive 1 ] [ sh:maxInclusive 5 ])"),
         things(a="0", b="3", c="9", d="'x'"), "b d", "Xone"),
    Case("not", node("sh:not [ sh:class :U ]"), things(a="", b="") + ":b a :U .", "b", "Not"),
    Case("not-property", node("sh:not [ sh:property [ sh:path :p ; sh:minCount 1 ] ]"),
         things(a="", b="1"), "b", "Not"),
    Case("node", prop("sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ; sh:maxCount 1 ] ]"),
         things(a=":x", b=":y") + ":y :q 1 . :z :q 1, 2 . :c a :T ; :p :z .", "a c", "Node"),
    Case("nested-property",
         prop("sh:property [ sh:path :q ; sh:datatype xsd:integer ; sh:minCount 1 ]"),
         things(a=":x, :y") + ":y :q 1 . :b a :T ; :p :z . :z :q 'x' .", "x z",
         "Datatype MinCount"),
    Case("qualified",
         prop("sh:qualifiedValueShape [ sh:class :K ] ; sh:qualifiedMinCount 1 ; "
              "sh:qualifiedMaxCount 2"),
         ":k a :K . :l a :K . :m a :K . "
         + things(a=":k, :x", b=":x", c=":k, :l, :m", d=""),
         "b c d", "QualifiedMinCount QualifiedMaxCount"),
    Case("qualified-disjoint",
         node("sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:class :K ] ; "
              "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ] , "
              "[ sh:path :p ; sh:qualifiedValueShape [ sh:class :L ] ; "
              "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ]"),
         ":k a :K . :l a :L . :m a :K, :L . " + things(a=":k, :l", b=":m, :l", c=":m"),
         "b c", "QualifiedMinCount"),
    Case("closed",
         node("sh:closed true ; sh:ignoredProperties (rdf:type) ; sh:property [ sh:path :p ]"),
         things(a="1", b="1 ; :q 2"), "b", "Closed"),
    Case("inverse", node("sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 1 ]"),
         things(a=":b", b=""), "a", "MinCount"),
    Case("sequence", node("sh:property [ sh:path (:p :q) ; sh:datatype xsd:integer ]"),
         things(a=":x", b=":y") + ":x :q 1 . :y :q 'x' .", "b", "Datatype"),
    Case("alternative",
         node("sh:property [ sh:path [ sh:alternativePath (:p :q) ] ; sh:maxCount 1 ]"),
         things(a="1 ; :q 1", b="1 ; :q 2"), "b", "MaxCount"),
    Case("zeroOrMore",
         node("sh:property [ sh:path (:p [ sh:zeroOrMorePath :q ]) ; sh:class :K ]"),
         ":k a :K ; :q :l . :l a :K . :m a :K ; :q :x . " + things(a=":k", b=":m"),
         "b", "Class"),
    Case("oneOrMore",
         node("sh:property [ sh:path [ sh:oneOrMorePath :p ] ; sh:maxCount 1 ]"),
         things(a=":b", b=":c", c="1"), "a b", "MaxCount"),
    Case("zeroOrOne",
         node("sh:property [ sh:path [ sh:zeroOrOnePath :p ] ; sh:hasValue :b ]"),
         things(a=":b", b=":c", c=""), "c", "HasValue"),
    Case("targetNode", ":S a sh:NodeShape ; sh:targetNode :a, 5 ; sh:nodeKind sh:Literal .",
         ":x :p :y .", "a", "NodeKind"),
    Case("targetSubjectsOf",
         ":S a sh:NodeShape ; sh:targetSubjectsOf :p ; "
         "sh:property [ sh:path :q ; sh:minCount 1 ] .",
         ":a :p 1, 2 . :b :p 1 ; :q 1 . :c :q 1 .", "a", "MinCount"),
    Case("targetObjectsOf", ":S a sh:NodeShape ; sh:targetObjectsOf :p ; sh:nodeKind sh:IRI .",
         ":b :p :a, _:x .", "_:", "NodeKind"),
    Case("implicit-target", ":T a rdfs:Class, sh:NodeShape ; "
         "sh:property [ sh:path :p ; sh:minCount 1 ] .",
         things(a="", b="1"), "a", "MinCount"),
    Case("property-shape-target",
         ":S a sh:PropertyShape ; sh:targetClass :T ; sh:path :p ; sh:minCount 1 .",
         things(a="", b="1"), "a", "MinCount"),
    Case("two-targets",
         ":S a sh:NodeShape ; sh:targetClass :T, :U ; sh:property [ sh:path :p ; sh:minCount 1 ] .",
         things(a="", b="1") + ":c a :U .", "a c", "MinCount"),
    Case("deactivated",
         prop("sh:minCount 1 ; sh:deactivated true")
         + " :S sh:property [ sh:path :q ; sh:minCount 1 ] .",
         things(a="1", b="1 ; :q 2"), "a", "MinCount"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_component_finds_what_it_must_and_what_pyshacl_finds(case: Case) -> None:
    shapes, data = shapes_of(case.shape), triples(case.data)
    results = by_queries(shapes, data)
    assert {result[2].removeprefix("<urn:x:").removesuffix(">") for result in results} == set(
        case.wrong.split()
    )
    assert {result[0] for result in results} == set(case.component.split())
    assert results == by_pyshacl(shapes, data)


VALUES: Final = (
    "1", "2", "-3", "1.5", "'x'^^xsd:integer", "'2026-02-30'^^xsd:date", "'2020-02-29'^^xsd:date",
    "'a'", "'A'@en", "'b'@en", "'b'@ja", "true", ":a", ":b", ":k", ":nothing", "'2020'^^xsd:gYear",
)  # fmt: skip
SUBJECTS: Final = (":a", ":b", ":c", ":k")
EVERYTHING: Final = (
    "sh:minCount 1", "sh:minCount 2", "sh:maxCount 1", "sh:maxCount 2", "sh:datatype xsd:integer",
    "sh:datatype xsd:date", "sh:datatype rdf:langString", "sh:class :K", "sh:nodeKind sh:IRI",
    "sh:nodeKind sh:Literal", "sh:in (:a 'a' 2)", "sh:hasValue 1", "sh:pattern '^[a-z]$'",
    "sh:minLength 2", "sh:maxLength 4", "sh:languageIn ('en')", "sh:uniqueLang true",
    "sh:equals :q", "sh:disjoint :q", "sh:not [ sh:class :T ]",
    "sh:or ([ sh:class :K ] [ sh:datatype xsd:integer ])",
    "sh:and ([ sh:nodeKind sh:IRI ] [ sh:class :T ])",
    "sh:xone ([ sh:nodeKind sh:IRI ] [ sh:class :T ])",
    "sh:node [ sh:property [ sh:path :q ; sh:maxCount 1 ; sh:datatype xsd:integer ] ]",
    "sh:property [ sh:path :q ; sh:minCount 1 ; sh:class :K ]",
    "sh:qualifiedValueShape [ sh:class :K ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
)  # fmt: skip
PATHS: Final = (
    ":p", "[ sh:inversePath :p ]", "(:p :q)", "[ sh:alternativePath (:p :q) ]",
    "[ sh:zeroOrMorePath :p ]", "(:p [ sh:oneOrMorePath :q ])", "[ sh:zeroOrOnePath :q ]",
)  # fmt: skip

statements = st.lists(
    st.tuples(
        st.sampled_from(SUBJECTS),
        st.sampled_from((":p", ":p", ":q", "a", "a")),
        st.sampled_from(VALUES),
    ).map(
        lambda found: (
            f"{found[0]} a {':T' if len(found[2]) % 2 else ':U'} ."
            if found[1] == "a"
            else " ".join((*found, "."))
        )
    ),
    max_size=14,
).map("\n".join)
SCHEMA: Final = ":U rdfs:subClassOf :T . :k a :K . :a a :T .\n"


@settings(max_examples=60)
@given(
    statements,
    st.lists(st.sampled_from(EVERYTHING), min_size=1, max_size=4, unique=True),
    st.sampled_from(PATHS),
)
def test_both_engines_find_the_same_in_any_small_graph(
    data: str, constraints: list[str], path: str
) -> None:
    named = {rest.split()[0]: rest for rest in constraints}  # one of a kind
    text = "".join(f" , [ sh:path {path} ; {rest} ]" for rest in named.values())
    shapes = shapes_of(f":S a sh:NodeShape ; sh:targetClass :T ; sh:property {text[2:]} .")
    graph = triples(SCHEMA + data)
    assert by_queries(shapes, graph) == by_pyshacl(shapes, graph)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (prop("sh:minCount 9"), "the shape <urn:x:S> counts to 9, and queries to 5"),
        (prop("sh:minCount 'one'"), "counts to"),
        (prop("sh:pattern '(?=x)'"), "has a pattern that queries cannot use"),
        (prop("sh:pattern '['"), "has a pattern that queries cannot use"),
        (prop("sh:nodeKind :x"), "has an unknown sh:nodeKind"),
        (prop("sh:minInclusive :x"), "has a bound that is no literal"),
        (prop("sh:in 5"), "has a list that does not end"),
        (node("sh:sparql [ sh:select 'SELECT $this {}' ]"), "uses sh:sparql"),
        (node("sh:property [ sh:minCount 1 ]"), "has a property shape without sh:path"),
        (node("sh:property [ sh:path :p, :q ]"), "has several paths"),
        (node("sh:property [ sh:path [ :p :q ] ; sh:minCount 1 ]"), "a path that is none of SHACL"),
        (node("sh:minCount 1"), "counts values, but has no sh:path"),
        (prop("sh:node :S"), "the shape <urn:x:S> refers to itself"),
        (node("sh:target [ sh:select 'SELECT ?this {}' ]"), "uses sh:target"),
    ],
)
def test_what_queries_cannot_do_is_refused_with_the_name_of_the_shape(
    shape: str, message: str
) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        by_queries(shapes_of(shape), triples(":a a :T ; :p 1 ."))
    assert message in str(caught.value)
    assert "<urn:x:S>" in str(caught.value)


def test_large_things_and_small_ones_are_asked_in_two_forms_with_one_answer() -> None:
    data = triples(
        SCHEMA
        + "".join(f":t{number} a :U ; :p {number} .\n" for number in range(40))
        + ":t3 :p 'x' . :k :p 7, 8 . :a :p 'y' ."
    )
    shapes = shapes_of(
        prop("sh:maxCount 1 ; sh:datatype xsd:integer")
        + ":F sh:targetClass :K ; sh:property [ sh:path :p ; sh:maxCount 1 ] ."
    )
    results = by_queries(shapes, data)
    assert {(component, focus) for component, _, focus, *_ in results} == {
        ("MaxCount", "<urn:x:t3>"),
        ("MaxCount", "<urn:x:k>"),
        ("Datatype", "<urn:x:t3>"),
        ("Datatype", "<urn:x:a>"),
    }
    assert results == by_pyshacl(shapes, data)


def broken(store: LocalStore, shapes: Shapes, most: int) -> list[Triple]:
    """Return what a graph says of a few things of each class that has a shape, much of it wrong."""
    everything = sorted(
        ((s, p, o) for s, p, o, graph in store.quads() if graph is None),
        key=lambda triple: tuple(term.n3() for term in triple),
    )
    instances: dict[Term, list[Term]] = {name: [] for name in wanted_classes(shapes)}
    for subject, predicate, value in everything:
        if predicate == TYPE and value in instances:
            instances[value].append(subject)
    chosen = {subject for found in instances.values() for subject in found[:most]}
    named = chosen | {value for subject, _, value in everything if subject in chosen}
    data = []
    for number, triple in enumerate(everything):
        subject, predicate, _ = triple
        if predicate == SUBCLASS or (predicate == TYPE and subject in named):
            data.append(triple)
        elif subject in chosen:
            data.extend(_mutated(number, triple))
    return data


def _mutated(number: int, triple: Triple) -> list[Triple]:
    subject, predicate, _ = triple
    changed: Sequence[Term] = (
        Literal("soon", XSD + "integer"), Literal("?"), IRI("urn:x:other"),
        Literal("-5", XSD + "integer"), Literal("autre", language="fr"),
        Literal("again", language="en"),
    )  # fmt: skip
    if number % 3 == 0:
        return [triple]
    if number % 7 == 0:
        return []
    wrong = (subject, predicate, changed[number // 2 % len(changed)])
    return [wrong] if number % 2 else [triple, wrong]


def test_both_engines_find_the_same_in_the_real_graph_with_much_of_it_broken(
    real_dataset: Dataset, root: Path
) -> None:
    shapes = read_shapes(shape_files(root / "ontology" / "shapes"))
    assert isinstance(real_dataset.store, LocalStore)
    data = broken(real_dataset.store, shapes, 2)
    results = by_queries(shapes, data)
    assert len(results) > 1000
    assert {result[0] for result in results} == {
        "MinCount", "MaxCount", "Datatype", "Class", "NodeKind", "In", "Or", "Pattern",
        "LanguageIn", "UniqueLang", "MinInclusive", "MaxInclusive",
    }  # fmt: skip
    assert results == by_pyshacl(shapes, data)
