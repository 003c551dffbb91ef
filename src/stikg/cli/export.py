"""Write the graph, or what one document says, as linked data."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell

FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")


@click.command()
@click.option(
    "--format", "format_name", type=click.Choice(FORMATS),
    help="Format; else by the suffix of the file, else Turtle.",
)  # fmt: skip
@click.option("--document", metavar="ID", help="Only what this document says, and of whom.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write to.")
@click.pass_obj
def command(
    invocation: Invocation, format_name: str | None, document: str | None, output: Path | None
) -> None:
    """Write the graph as linked data.

    Turtle, N-Triples and RDF/XML hold each statement once; TriG, N-Quads and JSON-LD also
    hold the graph of each passage, which is the evidence. The same dataset gives the same bytes.
    """
    from stikg.publishing import export, read_context
    from stikg.serialisation import format_of, get_format

    by_name = get_format(format_name) if format_name else None
    rdf_format = by_name or (format_of(output) if output else get_format("turtle"))
    context = read_context(invocation.layout().ontology) if rdf_format.name == "jsonld" else None
    quads = invocation.dataset().store.quads()
    emit(export(quads, rdf_format, document=document, context=context), output)
    if output:
        tell(f"wrote {output} ({rdf_format.title})")
