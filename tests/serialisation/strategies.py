"""Terms and statements that are hard to write."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from stikg.terms import IRI, PREFIXES, XSD, BlankNode, Literal, Quad, Term, Triple

TRICKY = "a9\"\\'\n\r\t\b\f\x00\x07\x7f\x85\u00a0\u00e9\u2028\u65e5\ufeff\U0001f600 #<>{}@^.,;[]()"

strings = st.text(st.sampled_from(TRICKY), max_size=8) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=8
)
xml_strings = strings.map(
    lambda text: "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
)
lexical_forms = st.sampled_from(
    ["1", "007", "-0", "-5", "+3", "1.0", "1.50", ".5", "1.", "1e0", "true", "1", "x", "",
     "2026-02-30", "99999999999999999999999"]
)  # fmt: skip
datatypes = st.sampled_from(
    [XSD + name for name in ("integer", "decimal", "double", "boolean", "date", "gYear")]
    + ["urn:own:datatype", "https://w3id.org/stikg/ontology/Money"]
)
languages = st.sampled_from(["en", "ja", "de-at", "zh-hant-tw"])
locals_ = st.sampled_from(
    ["jp", "2.4-p1", "2.4-p10", "2.4-p2", "2.4-p1/reading", "a.", "-a", "", "a b".replace(" ", "_"),
     "%20", "a:b", "é", "x#y", "1"]
)  # fmt: skip
namespaces = st.sampled_from(
    [PREFIXES["territory"], PREFIXES["uuki"], PREFIXES["document"], "urn:x:", "http://example.org/"]
)


def iris() -> SearchStrategy[IRI]:
    return st.builds(lambda namespace, local: IRI(namespace + local), namespaces, locals_)


def literals(texts: SearchStrategy[str] = strings) -> SearchStrategy[Literal]:
    return st.one_of(
        st.builds(Literal, texts),
        st.builds(lambda text, tag: Literal(text, language=tag), texts, languages),
        st.builds(Literal, lexical_forms, datatypes),
    )


predicates = st.sampled_from(
    [IRI(PREFIXES["rdf"] + "type"), IRI(PREFIXES["skos"] + "prefLabel"),
     IRI(PREFIXES["sti"] + "startYear"), IRI("http://example.org/p10"), IRI("urn:x:p2")]
)  # fmt: skip
blank_nodes = st.builds(BlankNode, st.sampled_from(["a", "b", "c"]))


def triples(texts: SearchStrategy[str] = strings) -> SearchStrategy[list[Triple]]:
    return st.lists(st.tuples(iris(), predicates, iris() | literals(texts)), max_size=12)


def triples_with_blank_nodes() -> SearchStrategy[list[Triple]]:
    nil_or_iri: SearchStrategy[Term] = iris() | st.just(IRI(PREFIXES["rdf"] + "nil"))
    rdf_list = st.sampled_from([IRI(PREFIXES["rdf"] + "first"), IRI(PREFIXES["rdf"] + "rest")])
    return st.lists(
        st.tuples(blank_nodes | iris(), predicates | rdf_list, blank_nodes | nil_or_iri),
        max_size=10,
    )


def quads() -> SearchStrategy[list[Quad]]:
    return st.lists(
        st.tuples(iris(), predicates, iris() | literals(), st.none() | iris()), max_size=12
    )


def flat(statements: list[Triple]) -> list[Quad]:
    return [(subject, predicate, value, None) for subject, predicate, value in statements]
