"""Which library computes: networkx, or what the extra ``stikg[fast]`` brings."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from stikg.errors import InputError, MissingDependency

NETWORKX: Final = "networkx"
RUSTWORKX: Final = "rustworkx"
NETWORKIT: Final = "networkit"
ENGINES: Final = (NETWORKX, RUSTWORKX, NETWORKIT)

FAST_NODES: Final = 300
"""Nodes from which rustworkx saves more time at long paths and blocks than its import takes."""

COMMUNITY_NODES: Final = 2_000
"""Nodes from which networkit finds communities sooner, its import included."""

EXACT_NODES: Final = {NETWORKX: 5_000, RUSTWORKX: 20_000}
"""Nodes up to which betweenness is exact without being told so: some ten seconds, two cores."""


def is_installed(engine: str) -> bool:
    """Tell whether an engine can be imported."""
    return find_spec(engine) is not None


def choose_engine(nodes: int, *, wanted: str | None = None, purpose: str = "paths") -> str:
    """Return the engine for a network of so many nodes, for paths or for communities.

    :raises InputError: if the wanted one is none.
    :raises MissingDependency: if it is not installed.

    >>> choose_engine(60)
    'networkx'
    >>> choose_engine(60, wanted="igraph")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: 'igraph' is no engine for paths
      remedy: use networkx or rustworkx
    """
    fast, enough = (
        (NETWORKIT, COMMUNITY_NODES) if purpose == "communities" else (RUSTWORKX, FAST_NODES)
    )
    if wanted is None:
        return fast if nodes >= enough and is_installed(fast) else NETWORKX
    if wanted not in {NETWORKX, fast}:
        raise InputError(
            f"{wanted!r} is no engine for {purpose}", remedy=f"use {NETWORKX} or {fast}"
        )
    if not is_installed(wanted):
        raise MissingDependency(f"{wanted} is not installed", remedy="pip install 'stikg[fast]'")
    return wanted


def advice(nodes: int, engine: str, *, purpose: str = "paths") -> tuple[str, ...]:
    """Return what would be faster for a network that networkx has to do alone."""
    fast = NETWORKIT if purpose == "communities" else RUSTWORKX
    if engine != NETWORKX or nodes < COMMUNITY_NODES or is_installed(fast):
        return ()
    faster = "several times as fast" if fast == NETWORKIT else "faster where paths are long"
    return (f"{fast} would be {faster}: pip install 'stikg[fast]'",)
