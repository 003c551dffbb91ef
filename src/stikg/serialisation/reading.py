"""Reading RDF files: pyoxigraph's parser, its errors said in our words."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import pyoxigraph as engine

from stikg.errors import InputError, SyntaxProblem
from stikg.serialisation.engine import quads_from_engine
from stikg.serialisation.formats import Format, format_of
from stikg.serialisation.nesting import refuse_nesting
from stikg.serialisation.tokens import tokens
from stikg.terms import PREFIXES, Quad

ENGINE_FORMATS: Final = {
    "turtle": engine.RdfFormat.TURTLE,
    "trig": engine.RdfFormat.TRIG,
    "ntriples": engine.RdfFormat.N_TRIPLES,
    "nquads": engine.RdfFormat.N_QUADS,
    "jsonld": engine.RdfFormat.JSON_LD,
    "rdfxml": engine.RdfFormat.RDF_XML,
}
_POSITION: Final = re.compile(r"\A(?:Parser error )?at line \d+ (?:between columns|column).*?: ")
_UNDECLARED: Final = re.compile(r"[Tt]he prefix ([^ ]*): has not been declared")

_ENTITY: Final = re.compile(r"""<!ENTITY\s[^>"']*["']([^"']*)""")
_CHARACTER: Final = re.compile(r"&(?:#\w+|amp|lt|gt|quot|apos);")
_LONGEST_ENTITY: Final = 1000

_REMEDIES: Final = (
    (r"No scheme found", "write the whole IRI, https://… , or a prefixed name"),
    (r"Invalid IRI|IRI code point", "percent-encode the character, or mend the IRI"),
    (r"A dot is expected", "end the statement before this one with a full stop"),
    (r"Unexpected end of file", "close the string, bracket or statement that is still open"),
    (r"escape character", 'write a backslash twice, or use one of \\n \\r \\t \\" \\\\ \\uXXXX'),
    (r"subtag|[Ll]anguage", "use a BCP 47 tag such as en, ja or de-AT"),
    (r"datatype IRI", "name the datatype after ^^, for example xsd:date"),
    (r"UTF-8", "save the file as UTF-8"),
    (r"not a valid (subject|predicate)", "look before it for a missing or superfluous . ; ,"),
)


def parse_file(path: Path, *, blank_nodes: bool = True) -> list[Quad]:
    """Return the statements of a file, its format told by its suffix.

    Lexical forms are kept as written; language tags are lower-cased. With ``blank_nodes=False`` a
    blank node is an error, as the files in graph/ want it.

    :raises InputError: if the file cannot be read or its suffix is of no format.
    :raises SyntaxProblem: if it does not parse, with file, line and column.
    """
    path = Path(path)
    rdf_format = format_of(path)
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise InputError(
            f"cannot be read: {cause.strerror}", where=str(path), remedy="check the path"
        ) from cause
    return parse(data, rdf_format, where=str(path), blank_nodes=blank_nodes)


def parse(
    data: bytes | str, rdf_format: Format, *, where: str = "input", blank_nodes: bool = True
) -> list[Quad]:
    """Return the statements of a text; ``where`` names it in errors.

    :raises SyntaxProblem: if it does not parse.

    >>> from stikg.serialisation.formats import get_format
    >>> len(parse("<urn:a> <urn:b> 1, 2 .", get_format("turtle")))
    2
    >>> parse("territory:jp a <urn:b> .", get_format("turtle"), where="a.ttl")
    Traceback (most recent call last):
    ...
    stikg.errors.SyntaxProblem: a.ttl:1:1: the prefix territory: has not been declared
      remedy: add at the top: PREFIX territory: <https://w3id.org/stikg/territory/>
    """
    if rdf_format.name == "rdfxml":
        _refuse_entities(data, where)
    else:
        _refuse_other_letters(data, where)
    refuse_nesting(data, rdf_format, where)
    try:
        quads = list(quads_from_engine(engine.parse(data, format=ENGINE_FORMATS[rdf_format.name])))
    except SyntaxError as cause:
        raise syntax_problem(cause, where) from cause
    except MemoryError as cause:
        raise SyntaxProblem(
            "a term or a line is longer than 16 MiB", where=where, remedy="look for a missing quote"
        ) from cause
    except InputError as cause:
        raise SyntaxProblem(cause.problem, where=where, remedy=cause.remedy) from cause
    if not blank_nodes:
        _refuse_blank_nodes(data, where)
    return quads


def _refuse_other_letters(data: bytes | str, where: str) -> None:
    """Refuse what is not UTF-8, which the engine lets pass in comments."""
    if isinstance(data, str):
        return
    try:
        data.decode()
    except UnicodeDecodeError as cause:
        raise SyntaxProblem(
            "the file is not UTF-8",
            where=f"{where}:{data.count(10, 0, cause.start) + 1}",
            remedy="save it in the UTF-8 encoding",
        ) from cause


def _refuse_entities(data: bytes | str, where: str) -> None:
    """Refuse entities of XML that are made of others, or long: few bytes would fill the memory."""
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    for entity in _ENTITY.finditer(text):
        value = entity[1]
        if len(value) > _LONGEST_ENTITY or "&" in re.sub(_CHARACTER, "", value):
            raise SyntaxProblem(
                "an entity of XML is made of others, or is long",
                where=f"{where}:{text.count(chr(10), 0, entity.start()) + 1}",
                remedy="write the text where it is used",
            )


def syntax_problem(error: SyntaxError, where: str) -> SyntaxProblem:
    """Return what the engine says of a text that does not parse, in our words."""
    message = _POSITION.sub("", error.msg)
    if error.lineno is not None:
        where = f"{where}:{error.lineno}:{error.offset}"
    undeclared = _UNDECLARED.search(message)
    remedy = _prefix_remedy(undeclared[1]) if undeclared else _remedy(message)
    return SyntaxProblem(message[:1].lower() + message[1:], where=where, remedy=remedy)


def _remedy(message: str) -> str:
    for pattern, remedy in _REMEDIES:
        if re.search(pattern, message):
            return remedy
    return "mend the syntax there"


def _prefix_remedy(prefix: str) -> str:
    if prefix in PREFIXES:
        return f"add at the top: PREFIX {prefix}: <{PREFIXES[prefix]}>"
    near = get_close_matches(prefix, PREFIXES, n=1)
    if near:
        return f"{prefix}: is no prefix of stikg; did you mean {near[0]}: ?"
    return f"{prefix}: is no prefix of stikg; see them all with: stikg prefixes"


def _refuse_blank_nodes(data: bytes | str, where: str) -> None:
    text = data.decode() if isinstance(data, bytes) else data
    for token in tokens(text):
        if token.text in {"[", "("} or token.text.startswith("_:"):
            raise SyntaxProblem(
                "a blank node cannot be named, so nothing can be said about it elsewhere",
                where=f"{where}:{token.line}:{token.column}",
                remedy="give the thing an IRI of its own",
            )
