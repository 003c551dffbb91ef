"""Stores far away that are written to: by SPARQL Update or the Graph Store Protocol."""

from stikg.store.writing.connection import Connection, Patience
from stikg.store.writing.credentials import Credentials, find_credentials
from stikg.store.writing.places import Places, Protocol, find_places
from stikg.store.writing.store import CutShort, WritableStore

__all__ = [
    "Connection",
    "Credentials",
    "CutShort",
    "Patience",
    "Places",
    "Protocol",
    "WritableStore",
    "find_credentials",
    "find_places",
]
