"""Read, write and bring into canonical form the RDF files of a knowledge graph."""

from __future__ import annotations

from stikg.serialisation.files import format_file
from stikg.serialisation.formats import FORMATS, Format, format_of, get_format
from stikg.serialisation.jsonld import write_jsonld
from stikg.serialisation.lines import write_nquads, write_ntriples
from stikg.serialisation.order import natural_key, term_key
from stikg.serialisation.positions import Positions, locate, read_positions
from stikg.serialisation.rdfxml import write_rdfxml
from stikg.serialisation.reading import parse, parse_file
from stikg.serialisation.turtle import write_trig, write_turtle
from stikg.serialisation.whole import sync, sync_tree, write_atomically
from stikg.serialisation.writing import write

__all__ = [
    "FORMATS",
    "Format",
    "Positions",
    "format_file",
    "format_of",
    "get_format",
    "locate",
    "natural_key",
    "parse",
    "parse_file",
    "read_positions",
    "sync",
    "sync_tree",
    "term_key",
    "write",
    "write_atomically",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]
