"""RDF terms, prefixes and IRI minting, without any RDF engine.

Terms follow RDF 1.1 Concepts; the prefix table is the only one in the project.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from stikg.errors import InputError

BASE: Final = "https://w3id.org/stikg/"
ONTOLOGY: Final = BASE + "ontology/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING: Final = XSD + "string"
RDF_LANG_STRING: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

KINDS: Final = (
    "agency", "organisation", "programme", "fund", "platform", "centre", "strategy", "report",
    "goal", "target", "agreement", "event", "territory", "group", "technology",
    "technology-group", "theme", "motivation", "principle", "criterion", "rationale",
    "discipline", "sector", "instrument", "indicator", "unit", "stage", "kind", "link",
    "observation", "amount", "enumeration", "figure", "table", "concept", "document", "query",
    "network", "trend", "finding",
)  # fmt: skip
"""Kinds of things; each is a path segment below BASE and a prefix of its own."""

DOCUMENT_PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {"uuki": "uuki-2022", "ifm": "ifm-2021", "jst": "jst-strategy"}
)
"""Prefix of a document's passages, by document."""

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sti": ONTOLOGY,
        **{kind: f"{BASE}{kind}/" for kind in KINDS},
        **{prefix: f"{BASE}document/{name}/" for prefix, name in DOCUMENT_PREFIXES.items()},
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": XSD,
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "org": "http://www.w3.org/ns/org#",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "qb": "http://purl.org/linked-data/cube#",
        "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
        "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "frapo": "http://purl.org/cerif/frapo/",
        "fabio": "http://purl.org/spar/fabio/",
        "schema": "https://schema.org/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "void": "http://rdfs.org/ns/void#",
        "sh": "http://www.w3.org/ns/shacl#",
        "vann": "http://purl.org/vocab/vann/",
        "foaf": "http://xmlns.com/foaf/0.1/",
    }
)
"""Prefix → namespace, in the order in which files declare them."""

_ESCAPES: Final = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | str.maketrans(
    {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\\": "\\\\", '"': '\\"'}
)
"""Characters escaped in a string of canonical N-Triples (RDF 1.2 N-Triples, section 4)."""
_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?\Z")
_INSIDE_WORDS: Final = re.compile("['\u2019\u02bc\u00ad\u0300-\u036f]")
"""Apostrophes, soft hyphens and combining accents: they part no words."""
_FORBIDDEN_IN_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


@dataclass(frozen=True, slots=True, order=True)
class IRI:
    """An absolute IRI.

    >>> IRI("https://w3id.org/stikg/territory/jp").n3()
    '<https://w3id.org/stikg/territory/jp>'
    """

    value: str

    def __str__(self) -> str:
        return self.value

    def n3(self) -> str:
        """Write as in N-Triples."""
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True, order=True)
class BlankNode:
    """A blank node with the label that its file or engine gave it."""

    label: str

    def __str__(self) -> str:
        return f"_:{self.label}"

    def n3(self) -> str:
        """Write as in N-Triples."""
        return f"_:{self.label}"


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    r"""A literal: lexical form, datatype IRI, language tag.

    A language tag makes the datatype rdf:langString, whatever is given (RDF 1.1, section 3.3).

    >>> Literal('a "b"\n', language="en").n3()
    '"a \\"b\\"\\n"@en'
    >>> Literal("2", XSD + "integer").to_python()
    2
    """

    value: str
    datatype: str = XSD_STRING
    language: str = ""

    def __post_init__(self) -> None:
        if self.language:
            object.__setattr__(self, "datatype", RDF_LANG_STRING)

    def __str__(self) -> str:
        return self.value

    def n3(self) -> str:
        """Write as in N-Triples."""
        text = self.value.translate(_ESCAPES)
        if self.language:
            return f'"{text}"@{self.language}'
        return f'"{text}"' if self.datatype == XSD_STRING else f'"{text}"^^<{self.datatype}>'

    def to_python(self) -> str | int | bool | Decimal | date:
        """Return the Python value of a number, truth value or date; else the lexical form.

        A lexical form that does not fit its datatype is returned as it is.
        """
        kind = self.datatype.removeprefix(XSD)
        try:
            if kind in {"integer", "int", "long", "nonNegativeInteger", "positiveInteger"}:
                return int(self.value)
            if kind in {"decimal", "double", "float"}:
                return Decimal(self.value)
            if kind == "boolean":
                return {"true": True, "1": True, "false": False, "0": False}[self.value]
            if kind == "date":
                return date.fromisoformat(self.value)
        except (ValueError, ArithmeticError, KeyError):
            return self.value
        return self.value


Term = IRI | Literal | BlankNode
Triple = tuple[Term, Term, Term]
Quad = tuple[Term, Term, Term, Term | None]


def expand(curie: str) -> IRI:
    """Return the IRI of a CURIE.

    :raises InputError: if the prefix is not in PREFIXES or there is no colon.

    >>> expand("territory:jp").value
    'https://w3id.org/stikg/territory/jp'
    >>> expand("nosuch:jp")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: 'nosuch' is not a prefix of stikg
      remedy: use one of the prefixes listed by: stikg prefixes
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise InputError(
            f"{prefix!r} is not a prefix of stikg",
            remedy="use one of the prefixes listed by: stikg prefixes",
        )
    return IRI(PREFIXES[prefix] + local.replace("\\", ""))


def compress(iri: str) -> str:
    """Return the CURIE of an IRI (longest namespace wins), or the IRI in angle brackets.

    >>> compress("https://w3id.org/stikg/document/uuki-2022/2.4-p1")
    'uuki:2.4-p1'
    >>> compress("https://example.org/")
    '<https://example.org/>'
    """
    best = ""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(namespace) > len(PREFIXES.get(best, "")):
            best = prefix
    local = iri[len(PREFIXES[best]) :] if best else ""
    return f"{best}:{local}" if local and _LOCAL_NAME.match(local) else f"<{iri}>"


def check_iri(text: str) -> IRI:
    """Return an absolute http(s) or urn IRI.

    :raises InputError: if the text has another scheme or a character that no IRI may hold.

    >>> check_iri("javascript:alert(1)")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: 'javascript:alert(1)' is not an http, https or urn IRI
    """
    if _FORBIDDEN_IN_IRI.search(text) or not text.startswith(("http://", "https://", "urn:")):
        raise InputError(f"{text!r} is not an http, https or urn IRI")
    return IRI(text)


def slug(name: str) -> str:
    """Return the lower-case ASCII slug of a name.

    >>> slug("The Human Frontier Science Program (HFSP)")
    'the-human-frontier-science-program-hfsp'
    >>> slug("—")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: no slug can be made of '—'
    """
    bare = _INSIDE_WORDS.sub("", unicodedata.normalize("NFKD", name))
    words = re.findall(r"[a-z0-9]+", bare.lower())
    if not words:
        raise InputError(f"no slug can be made of {name!r}")
    return "-".join(words)


def mint(kind: str, name: str) -> IRI:
    """Return the IRI of a new thing of a kind.

    :raises InputError: if the kind is not in KINDS.

    >>> mint("programme", "Turing Scheme").value
    'https://w3id.org/stikg/programme/turing-scheme'
    """
    if kind not in KINDS:
        raise InputError(
            f"{kind!r} is not a kind of thing", remedy=f"use one of {', '.join(KINDS)}"
        )
    return IRI(f"{BASE}{kind}/{slug(name)}")
