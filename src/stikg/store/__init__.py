"""Stores of quads: here by pyoxigraph, far away by SPARQLWrapper."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from stikg.store.local import LocalStore
from stikg.store.protocol import Store

if TYPE_CHECKING:
    from stikg.store.remote import RemoteStore
    from stikg.store.replies import Graphs, Limits, Reply, Wanted

__all__ = ["Graphs", "Limits", "LocalStore", "RemoteStore", "Reply", "Store", "Wanted"]


def __getattr__(name: str) -> object:
    """Load what answering a question does not need when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "remote" if name == "RemoteStore" else "replies"
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    return value
