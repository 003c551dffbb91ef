"""Opening a dataset: the compiled one, one of a store folder, or one of an endpoint."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from stikg.dataset.opened import Dataset
from stikg.dataset.places import find_place, hold
from stikg.errors import DatasetError, InputError
from stikg.layout import Layout, find_layout
from stikg.library import load_library
from stikg.names import Names
from stikg.store import Store

if TYPE_CHECKING:
    from stikg.store.profiles import Endpoint


def open(
    folder: str | Path | None = None,
    *,
    endpoint: str | Endpoint | Store | None = None,
    store: str | Path | None = None,
) -> Dataset:
    """Open the compiled dataset, one of a store folder, or a SPARQL endpoint that serves one.

    ``folder`` holds ontology, graph, queries and what was built of them; without it the nearest
    such folder is taken, at last the dataset that came with stikg. ``endpoint`` is a URL, the name
    of a profile, or what ``stikg.store.profiles`` made of one. ``store`` is a compiled version, a
    folder that holds versions and the file current, or the folder of a pyoxigraph store. For an
    endpoint and a pyoxigraph store, names and query files are those of this machine.

    :raises DatasetError: if nothing is compiled.
    :raises InputError: if the folder is none of stikg's, the store is none, or the endpoint is no
        URL and no profile; or if both are given.
    """
    if endpoint is not None and store is not None:
        raise InputError("an endpoint and a store are two datasets", remedy="name one of the two")
    if store is not None:
        place = find_place(Path(store))
        if place.version is not None:
            return _held(place.version)
        return _with_names(_layout(folder), place.open(), place.store)
    layout = _layout(folder)
    if endpoint is None:
        return _held(layout.current())
    return _with_names(layout, _remote(endpoint), None)


def _layout(folder: str | Path | None) -> Layout:
    return find_layout(None if folder is None else Path(folder))


def _remote(endpoint: str | Endpoint | Store) -> Store:
    if isinstance(endpoint, str):
        from stikg.store.profiles import find_endpoint

        return find_endpoint(endpoint).open()
    from stikg.store.profiles import Endpoint

    return endpoint.open() if isinstance(endpoint, Endpoint) else endpoint


def _held(version: Path) -> Dataset:
    """Return the dataset of a version, which no build removes while it is open."""
    dataset = Dataset(version)
    lock = hold(version)
    if lock is not None:
        weakref.finalize(dataset, os.close, lock)
    return dataset


def _with_names(layout: Layout, store: Store, store_folder: Path | None) -> Dataset:
    """Return a dataset of a store alone: names and query files are those of this machine."""
    try:
        return Dataset(layout.current(), store=store, store_folder=store_folder)
    except DatasetError:
        dataset = Dataset(None, store=store, store_folder=store_folder)
        dataset.queries = load_library(layout.queries)
        dataset.names = Names.in_memory(())
        return dataset
