"""Draw a network, or the answer of a question, into a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import tell
from stikg.cli.parameters import QueryFiles, library_of, query_file_command
from stikg.library.model import CHARTS

if TYPE_CHECKING:
    from stikg.library import Query


class Drawable(QueryFiles):
    """The networks, and the questions whose header names a chart; any other may be named, too."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the networks, then of the questions that are made to be drawn."""
        library = library_of(ctx)
        if library is None:
            return []
        questions = [query.name for query in library.of_kind("question") if query.chart]
        return [*super().list_commands(ctx), *questions]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a network, a question, or a file of one's own.

        :raises UnknownQuery: if there is none; it says the nearest names.
        :raises InputError: if a file is named and is no network.
        """
        if cmd_name.endswith(".rq") or "/" in cmd_name:
            return super().get_command(ctx, cmd_name)
        library = library_of(ctx)
        if library is None or (ctx.resilient_parsing and cmd_name not in library):
            return None
        return self.make(library.get(cmd_name))


def draw_command(query: Query) -> click.Command:
    """Return the command that draws a query: its header as options and help."""
    return query_file_command(query, _answer(query), called="stikg draw")


def _answer(query: Query) -> Callable[..., None]:
    @click.option(
        "-o", "--output", "draw_output", required=True, type=click.Path(path_type=Path),
        help="Picture to write; its suffix, .png, .svg or .pdf, names the format.",
    )  # fmt: skip
    @click.option("--as", "draw_kind", type=click.Choice(CHARTS), help="Kind of picture.")
    @click.option("--layout", "draw_layout", help="Of a network: bipartite, layered or force.")
    @click.option(
        "--width", "draw_width", default="page", show_default=True, metavar="WIDTH",
        help="column (8.5 cm), page (17 cm), slide (25.4 cm), or a length: 12cm, 5in.",
    )  # fmt: skip
    @click.option("--value", "draw_value", metavar="COLUMN", help="Numbers of a ranking.")
    @click.option(
        "--by", "draw_by", metavar="COLUMN", help="What an alluvial or timeline groups by."
    )
    @click.option("--top", "draw_top", type=click.IntRange(1), help="Only so many rows.")
    @click.option("--title", "draw_title", default="", help="Another title.")
    @click.option(
        "--dpi", "draw_dpi", type=click.IntRange(50, 1200), default=300, show_default=True
    )
    @click.option("--alone", "draw_alone", is_flag=True, help="Write the picture, no other file.")
    @click.pass_obj
    def answer(invocation: Invocation, /, **values: Any) -> None:
        options = {name: values.pop(f"draw_{name}") for name in _OPTIONS}
        path = options.pop("output")
        written = invocation.dataset().query(query, **values).draw(path, **options)
        beside = "" if options["alone"] else ", with .data.csv and .alt.txt beside it"
        tell(f"wrote {written}{beside}")

    command: Callable[..., None] = answer
    return command


_OPTIONS = (
    "output", "kind", "layout", "width", "value", "by", "top", "title", "dpi", "alone",
)  # fmt: skip


@click.group(
    cls=Drawable,
    kind="network",
    make=draw_command,
    name="draw",
    subcommand_metavar="NAME [PARAMETERS]",
    short_help="Draw a network or an answer: PNG, SVG or PDF for print.",
)
def command() -> None:
    """Draw a network or the answer of a question into a picture for print.

    What differs in colour differs in shape, hatch or dash, too; a legend counts what is drawn; no
    text lies on another. Beside picture.png stand picture.data.csv, what is drawn, and
    picture.alt.txt, what is seen. The same data give the same bytes.

    NAME is a network, a question, or the path of a network query of your own: mine.rq. `stikg draw
    NAME --help` tells the parameters of one.
    """
