"""What each page says of a graph of a few statements."""

from __future__ import annotations

import pytest

from stikg.library import Column, Parameter, Query
from stikg.networks import Summary
from stikg.publishing.pages import (
    Facts,
    Network,
    checks_page,
    documents_page,
    examples,
    networks_page,
    ontology_page,
    questions_page,
    read_facts,
)
from stikg.results import Table
from stikg.serialisation import get_format, parse
from stikg.terms import IRI, PREFIXES, XSD, Literal, Quad, Term, expand

GRAPH = """
sti:Body a owl:Class ; sti:label "body" ; skos:definition "A named body." .
sti:Agency a owl:Class ; sti:label "agency" ; rdfs:subClassOf sti:Body .
sti:Old a owl:Class ; sti:label "old" ; owl:deprecated true ; dcterms:isReplacedBy sti:Body .
sti:Programme a owl:Class ; sti:label "programme" .
sti:funds a owl:ObjectProperty ; sti:label "funds" ; rdfs:subPropertyOf sti:partOf ;
    rdfs:domain sti:Body ; rdfs:range sti:Programme ; owl:inverseOf sti:fundedBy .
sti:fundedBy a owl:ObjectProperty ; sti:label "funded by" .
sti:partOf a owl:ObjectProperty, owl:TransitiveProperty ; sti:label "part of" .
sti:audience a owl:DatatypeProperty ; sti:label "audience" .
skos:altLabel a owl:AnnotationProperty ; sti:label "other name" .
agency:x a sti:Agency, sti:Body ; sti:label "X_1 agency" ; sti:funds programme:p, programme:q ;
    sti:audience "all who have ever asked for a text of more than sixty characters" .
agency:y a sti:Agency, sti:Body ; sti:label "Y" ; sti:funds programme:p ;
    sti:audience "students" .
programme:p a sti:Programme ; sti:label "P" ; sti:fundedBy agency:x ; sti:theme theme:sea .
programme:q a sti:Programme ; sti:label "Q" .
<https://w3id.org/stikg/theme/scheme/themes> a skos:ConceptScheme ; sti:label "Themes" .
theme:nature sti:label "Nature" ; skos:inScheme <https://w3id.org/stikg/theme/scheme/themes> .
theme:sea sti:label "Sea" ; skos:notation "S" ; skos:definition "Salt water." ;
    skos:broader theme:nature ; skos:inScheme <https://w3id.org/stikg/theme/scheme/themes> .
uuki:1-p1 dcterms:isPartOf document:uuki-2022 ; sti:order 2 ; sti:section "a" ;
    sti:sectionTitle "Second *section*" ; sti:passageKind kind:paragraph .
uuki:0-h dcterms:isPartOf document:uuki-2022 ; sti:order 1 ; sti:section "b" ;
    sti:sectionTitle "First" ; sti:passageKind kind:heading ; sti:silentAs kind:heading .
kind:paragraph sti:label "paragraph" .
kind:heading sti:label "heading" .
uuki:1-p1 sti:origin "stated" ; sti:evidencePassage uuki:1-p1 .
uuki:1-p2 sti:origin "stated" ; sti:evidencePassage uuki:1-p2 .
"""
STATED = """
uuki:1-p1 { agency:x sti:funds programme:q . programme:p sti:theme theme:sea .
    agency:x sti:audience "all who have ever asked for a text of more than sixty characters" }
uuki:1-p2 { agency:x sti:funds programme:q . agency:y sti:funds programme:p ;
    sti:audience "students" }
"""
QUERY = Query(
    "grants", "question", "Grants", "SELECT * { ?x sti:funds ?y }",
    question="Who funds what?", description="One row for each.",
    parameters=(
        Parameter("body", "resource", "Body", example="X agency", cls="sti:Body", multiple=True),
        Parameter("list", "choice", "List", optional=False, values=("long", "short")),
    ),
    columns=(
        Column("x", "resource", "Who", cls="sti:Body"),
        Column("xLabel", "string"),
        Column("sum", "integer", "Sum|total"),
    ),
)  # fmt: skip
CHECK = Query(
    "sums-differ", "check", "Sums that differ", "", severity="warning", explanation="Why.",
    columns=(Column("kind", "string", "Kind"), Column("valueA", "string", "First value"),
             Column("passageB", "passage", "Second passage")),
)  # fmt: skip


def number(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")


@pytest.fixture(scope="module")
def facts() -> Facts:
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    quads: list[Quad] = parse(prefixes + GRAPH + STATED, get_format("trig"))
    return read_facts(quads)


def section(page: str, start: str) -> str:
    """Return the lines of a page from one heading to the next."""
    lines = page.splitlines()
    first = lines.index(start)
    ends = [i for i, line in enumerate(lines) if i > first and line.startswith("#")]
    return "\n".join(lines[first + 1 : ends[0] if ends else None]).strip("\n")


def test_a_class_shows_its_place_its_things_and_its_uses(facts: Facts) -> None:
    page = ontology_page(facts, [QUERY])
    assert section(page, '### <a id="class-sti-agency"></a>agency `sti:Agency`') == (
        "- Kind of: [`sti:Body`](#class-sti-body)\n"
        "- Things: 2\n"
        "- Has most often: [`sti:audience`](#property-sti-audience) 2, "
        "[`sti:funds`](#property-sti-funds) 2\n"
        "- Such as: `agency:x` X\\_1 agency; `agency:y` Y"
    )
    assert section(page, '### <a id="class-sti-body"></a>body `sti:Body`') == (
        "A named body.\n\n"
        "- Narrower: [`sti:Agency`](#class-sti-agency)\n"
        "- In the domain of: [`sti:funds`](#property-sti-funds)\n"
        "- Things: 2, all narrower\n"
        "- Asked for by: [grants](questions.md#grants)"
    )
    assert "- body [`sti:Body`](#class-sti-body)\n  - agency [`sti:Agency`]" in page


def test_a_deprecated_term_says_what_to_use(facts: Facts) -> None:
    page = ontology_page(facts, [])
    assert section(page, '### <a id="class-sti-old"></a>old `sti:Old`').startswith(
        "**Deprecated**; use `sti:Body`."
    )


def test_a_property_shows_its_axioms_and_the_best_founded_examples(facts: Facts) -> None:
    page = ontology_page(facts, [QUERY])
    assert section(page, '### <a id="property-sti-funds"></a>funds `sti:funds`') == (
        "- Kind: object property\n"
        "- Kind of: [`sti:partOf`](#property-sti-partof)\n"
        "- Inverse: [`sti:fundedBy`](#property-sti-fundedby)\n"
        "- Domain: [`sti:Body`](#class-sti-body)\n"
        "- Range: [`sti:Programme`](#class-sti-programme)\n"
        "- Statements: 3, 1 of them inferred\n"
        "- Said of: [`sti:Agency`](#class-sti-agency) 2\n"
        "- Values: [`sti:Programme`](#class-sti-programme) 2\n"
        "- Used by: [grants](questions.md#grants)\n"
        "- Such as: `agency:x` X\\_1 agency → `programme:q` Q; `agency:y` Y → `programme:p` P"
    )
    assert section(page, '### <a id="property-sti-fundedby"></a>funded by `sti:fundedBy`') == (
        "- Kind: object property\n"
        "- Inverse: [`sti:funds`](#property-sti-funds)\n"
        "- Statements: 1, all of them inferred"
    )
    assert "- Kind: object property, transitive\n- Narrower: [`sti:funds`]" in page


def test_a_term_of_many_queries_links_eight_and_counts_the_others(facts: Facts) -> None:
    queries = [Query(f"q{index}", "question", "", "?x sti:partOf ?y") for index in range(10)]
    rule = Query("r", "rule", "", "?x sti:partOf ?y")
    page = ontology_page(facts, [*queries, rule])
    found = section(page, '### <a id="property-sti-partof"></a>part of `sti:partOf`')
    assert found.endswith("[q7](questions.md#q7), 2 more")
    assert "- Used by: [q0](questions.md#q0), [q1]" in found


def test_a_long_text_is_no_example(facts: Facts) -> None:
    page = ontology_page(facts, [])
    found = section(page, '### <a id="property-sti-audience"></a>audience `sti:audience`')
    assert found.endswith("- Such as: `agency:y` Y → `students`")


def test_a_scheme_shows_its_concepts_below_wider_ones(facts: Facts) -> None:
    page = ontology_page(facts, [])
    assert "- `theme:nature` Nature, 0\n  - `theme:sea` Sea (S), 1: Salt water.\n" in page


def test_terms_of_other_vocabularies_are_listed(facts: Facts) -> None:
    page = ontology_page(facts, [])
    assert "| `skos:altLabel` | other name | property | 0 |\n" in page


def test_a_question_shows_how_to_ask_and_its_first_rows() -> None:
    rows: list[tuple[Term | None, ...]] = [
        (expand("agency:x"), Literal(f"X{index}"), number(index)) for index in range(6)
    ]
    page = questions_page([(QUERY, Table(("x", "xLabel", "sum"), tuple(rows)))])
    assert section(page, "## grants") == (
        "**Who funds what?** One row for each.\n\n"
        "| parameter | type | what | example |\n| --- | --- | --- | --- |\n"
        "| `--body` | [`sti:Body`](ontology.md#class-sti-body) | Body; may be repeated "
        "| `X agency` |\n"
        "| `--list` | one of `long`, `short` | List; required |  |\n\n"
        "| column | type | what |\n| --- | --- | --- |\n"
        "| `x` | [`sti:Body`](ontology.md#class-sti-body) | Who |\n"
        "| `sum` | integer | Sum\\|total |\n\n"
        "```console\n$ stikg query grants --body 'X agency'\n```\n\n"
        "6 rows, of which the first 5:\n\n"
        "| Who | Sum\\|total |\n| --- | ---: |\n"
        "| X0 | 0 |\n| X1 | 1 |\n| X2 | 2 |\n| X3 | 3 |\n| X4 | 4 |"
    )
    assert examples(QUERY) == {"body": "X agency"}


def test_a_check_shows_its_findings_without_empty_columns() -> None:
    kind = Literal("sums-differ")
    rows: list[tuple[Term | None, ...]] = [
        (kind, Literal(f"value {index} and {'words ' * 20}"), None) for index in range(21)
    ]
    page = checks_page([(CHECK, Table(("kind", "valueA", "passageB"), tuple(rows)))])
    assert "| [sums-differ](#sums-differ) | Sums that differ | warning | 21 |\n" in page
    found = section(page, "## sums-differ")
    clipped = "| value 0 and words words words words words words words words… |"
    assert found.startswith(
        "**Sums that differ** (warning). Why.\n\n"
        f"21 rows, of which the first 20:\n\n| First value |\n| --- |\n{clipped}\n"
    )
    assert found.endswith("\nThe rest is shown by `stikg query sums-differ`.")
    assert "value 20" not in found


def test_checks_come_with_the_gravest_first_and_may_find_nothing() -> None:
    graver = Query("z-broken", "check", "Broken", "", severity="error", explanation="Why.")
    page = checks_page([(CHECK, Table(("kind",), ())), (graver, Table((), ()))])
    assert page.index("## z-broken") < page.index("## sums-differ")
    assert section(page, "## sums-differ").endswith("Why.\n\nNothing is found.")


def test_a_document_shows_its_sections_in_their_order(facts: Facts) -> None:
    document = expand("document:uuki-2022")
    overview = Table(
        ("document", "documentLabel", "publisherLabel", "issued", "passages", "statements"),
        ((document, Literal("The title"), Literal("The publisher"), None, number(2), number(7)),),
    )
    coverage = Table(
        ("document", "section", "passages", "stated", "statements"),
        (
            (document, Literal("a"), number(1), number(1), number(7)),
            (document, Literal("b"), number(1), number(0), number(0)),
            (IRI("https://example.org/other"), Literal("c"), number(9), number(9), number(9)),
        ),
    )
    page = documents_page(facts, overview, coverage)
    assert section(page, "## uuki-2022") == (
        "**The title**\n\n"
        "- IRI: <https://w3id.org/stikg/document/uuki-2022>\n"
        "- Publisher: The publisher\n"
        "- Passages by kind: 1 heading, 1 paragraph\n"
        "- Passages without a statement: 1 heading\n\n"
        "| section | title | passages | stated | silent | statements |\n"
        "| --- | --- | ---: | ---: | ---: | ---: |\n"
        "| b | First | 1 | 0 | 1 | 0 |\n"
        "| a | Second \\*section\\* | 1 | 1 | 0 | 7 |"
    )
    assert "| [uuki-2022](#uuki-2022) | The title | The publisher |  | 2 | 7 |\n" in page


def test_a_network_shows_its_counts_and_its_ten_most_central_nodes() -> None:
    query = Query(
        "grants", "network", "Grants", "", question="Who?", description="Edges.", directed=False,
        columns=(Column("sum", "decimal", "Euros"),), weight="sum",
    )  # fmt: skip
    counts = Summary(12, 3, 2, 0.25, (("agency", 11), ("fund", 1)), (("funds", 3),))
    columns = ("node", "nodeLabel", "kind", "degree", "edges", "betweenness", "rank")
    rows = tuple(
        (expand(f"agency:n{index}"), Literal(f"N{index}"), Literal("agency"), number(9), number(9),
         Literal("0.500000", XSD + "decimal"), number(index))
        for index in range(1, 12)
    )  # fmt: skip
    page = networks_page([Network(query, counts, Table(columns, rows))])
    assert section(page, "## grants").startswith(
        "**Who?** Edges.\n\n"
        "- Nodes: 12 (11 agency, 1 fund)\n"
        "- Edges: 3 (3 funds)\n"
        "- Direction: none: an edge is a pair\n"
        "- Weight: Euros\n"
        "- Components: 2\n"
        "- Density: 0.2500\n"
        "- Measured by: `stikg network grants`\n"
        "- Drawn by: `stikg draw grants --output grants.png`\n\n"
        "| rank | node | kind | degree | edges | betweenness |\n"
        "| ---: | --- | --- | ---: | ---: | ---: |\n"
        "| 1 | N1 | agency | 9 | 9 | 0.500000 |\n"
    )
    assert "N10" in page
    assert "N11" not in page
