"""Stores far away that are written to: by SPARQL Update or the Graph Store Protocol."""

from stikg.store.credentials import Credentials
from stikg.store.writing.connection import Connection, Patience
from stikg.store.writing.credentials import find_writer
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
    "find_places",
    "find_writer",
]
