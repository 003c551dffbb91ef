"""The graph for assistants: a server of the Model Context Protocol over standard input and output.

Every canned query is a tool, made from its header; search, show, evidence and SPARQL are others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.assistants.settings import Settings
from stikg.errors import MissingDependency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stikg.dataset import Dataset

__all__ = ["Settings", "serve"]


def serve(
    dataset: Dataset,
    place: str,
    settings: Settings | None = None,
    *,
    kinds: Sequence[str] = ("question", "network", "check"),
) -> None:
    """Answer an assistant until it closes standard input.

    ``place`` is the folder of the dataset's store, or the URL of the endpoint, or all that is set
    of it as JSON; the canned queries of ``kinds`` are tools.

    :raises MissingDependency: if the package mcp is not installed.
    """
    try:
        from stikg.assistants.protocol import run
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("stikg"):
            raise
        raise MissingDependency(
            f"{error.name} is not installed", remedy="pip install 'stikg[mcp]'"
        ) from error
    run(dataset, place, settings or Settings(), kinds)
