"""The graph for people who write Python: ``stikg.open()``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.dataset.answer import Answer
from stikg.dataset.opened import Dataset
from stikg.dataset.opening import open

if TYPE_CHECKING:
    from stikg.dataset.thing import Thing

__all__ = ["Answer", "Dataset", "Thing", "open"]


def __getattr__(name: str) -> object:
    """Load what a question does not need when it is first used."""
    if name != "Thing":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from stikg.dataset.thing import Thing

    return Thing
