"""Print the complexity of territories and technologies."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.matrix import CAUTION, matrix_of, stages_option
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table


@click.command(short_help="Rank territories and technologies by fitness and complexity.")
@stages_option()
@click.option("--top", type=click.IntRange(1), help="Only so many of each kind.")
@format_option()
@output_option()
@click.pass_obj
def command(
    invocation: Invocation,
    stages: tuple[str, ...],
    top: int | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Rank territories and technologies by what the lists have of them.

    `fitness`: a territory is fit if it is listed for many technologies, and for some that few
    territories are listed for; of a technology it is the higher the fewer and fitter its
    territories are. `complexity` is the economic complexity index, which tells apart territories
    with different technologies; on so few lists it is no ranking. docs/complexity.md says more.
    """
    from stikg.networks.matrix import complexity, complexity_table

    matrix = matrix_of(invocation, stages)
    emit(render_table(complexity_table(matrix, top=top), format_name, output), output)
    slope = complexity(matrix).correlation
    index = "undefined" if slope is None else f"correlated by {slope:.2f} with the number of links"
    tell(
        f"{len(matrix.rows)} territories, {len(matrix.columns)} technologies, {matrix.fill} pairs; "
        f"the complexity of territories is {index}; {CAUTION}"
    )
