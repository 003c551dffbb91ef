"""Stores of quads: here by pyoxigraph, far away by SPARQLWrapper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.store.local import LocalStore
from stikg.store.protocol import Store

if TYPE_CHECKING:
    from stikg.store.remote import RemoteStore

__all__ = ["LocalStore", "RemoteStore", "Store"]


def __getattr__(name: str) -> object:
    """Load what needs the network when it is first used."""
    if name != "RemoteStore":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from stikg.store.remote import RemoteStore

    return RemoteStore
