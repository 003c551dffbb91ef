"""Print how nested the lists of territories and technologies are."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.matrix import CAUTION, matrix_of, stages_option
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table


@click.command(short_help="Test how nested the lists are against chance.")
@stages_option()
@click.option("--samples", type=click.IntRange(2, 100_000), default=999, show_default=True,
              help="Random matrices for each null model.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Start of the draws.")
@format_option()
@output_option()
@click.pass_obj
def command(
    invocation: Invocation,
    stages: tuple[str, ...],
    samples: int,
    seed: int,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Say whether territories with few technologies have those that most territories have.

    `observed` is NODF, from 0 to 100, where 100 is a perfect staircase. `equiprobable` compares it
    with as many pairs thrown at random, `curveball` with random lists on which each territory and
    each technology has as many pairs as here. `p` is the share of random lists at least as nested.
    """
    from stikg.networks.matrix import NULL_MODELS, nestedness_table, nestedness_test

    matrix = matrix_of(invocation, stages)
    tests = [
        nestedness_test(matrix, model=model, samples=samples, seed=seed) for model in NULL_MODELS
    ]
    emit(render_table(nestedness_table(matrix, tests), format_name, output), output)
    tell(CAUTION)
