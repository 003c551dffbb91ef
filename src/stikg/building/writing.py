"""What a compiled version consists of, written to its folder."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import Final

import stikg
from stikg.building.compilation import Compilation
from stikg.building.digest import FORMAT
from stikg.building.names import gather_names
from stikg.layout import MANIFEST
from stikg.library import Library
from stikg.names import build_names
from stikg.serialisation import write_nquads
from stikg.store import LocalStore
from stikg.store.seal import seal_manifest

SEALED: Final = ("names.sqlite", "queries.json", "store.json")
"""Parts of a version whose checksums are in its manifest."""

_TOOLS: Final = ("pyoxigraph", "pyshacl", "rdflib")


def write_version(
    folder: Path,
    compilation: Compilation,
    library: Library,
    *,
    version: str,
    inputs: Mapping[str, str],
    documents: int,
) -> int:
    """Write store, names, queries and, last, the manifest; return the number of quads.

    :raises OutputError: if something cannot be written.
    """
    LocalStore.create(folder / "store", compilation.quads())
    build_names(folder / "names.sqlite", *gather_names(compilation.default))
    (folder / "queries.json").write_text(library.to_json(), encoding="utf-8")
    stored = list(LocalStore.open(folder / "store").quads())
    manifest = {
        "format": FORMAT,
        "version": version,
        "quads": len(stored),
        "triples": len(compilation.default),
        "graphs": len({quad[3] for quad in compilation.named}),
        "documents": documents,
        "canonicalHash": hashlib.sha256(write_nquads(stored).encode()).hexdigest(),
        "tools": describe_tools(),
        "inputs": dict(inputs),
    }
    text = seal_manifest(folder, manifest, SEALED)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return len(stored)


def describe_tools() -> dict[str, str]:
    """Return the versions of what makes a dataset."""
    return {
        "stikg": stikg.__version__,
        "python": platform.python_version(),
        **{tool: version_of_package(tool) for tool in _TOOLS},
    }
