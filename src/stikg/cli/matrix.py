"""What the commands on the matrix of territories and technologies share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

from stikg.cli.suggestions import suggest_names

if TYPE_CHECKING:
    from stikg.cli.invocation import Invocation
    from stikg.networks.matrix import Incidence

NETWORK: Final = "country-technology"
CAUTION: Final = (
    "computed from the lists of few documents: it tells what these lists look like, not what "
    "territories can do"
)


def stages_option() -> Callable[[Any], Any]:
    """Return the option ``--stage`` of a command that measures lists."""
    return click.option(
        "--stage", "stages", multiple=True, default=["shortlisted"], show_default=True,
        metavar="NAME", help="Only pairs on this list; may be given again.",
        shell_complete=suggest_names("sti:Stage"),
    )  # fmt: skip


def matrix_of(invocation: Invocation, stages: tuple[str, ...]) -> Incidence:
    """Return the matrix of territories and technologies on the lists of some stages.

    :raises InputError: if nothing is on them.
    """
    from stikg.errors import InputError
    from stikg.networks.matrix import incidence

    matrix = incidence(invocation.dataset().to_networkx(NETWORK, stage=list(stages)))
    if not matrix.fill:
        raise InputError(
            f"no pair of territory and technology is {' or '.join(stages)}",
            remedy="the stages with pairs are told by: stikg query country-technology-links",
        )
    return matrix
