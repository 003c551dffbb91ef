"""Put the knowledge graph and its compiled dataset into the wheel.

An editable installation gets neither: there the program finds the checkout itself, and a copy would
only go stale.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("ontology", "graph", "queries")


class CompiledDatasetHook(BuildHookInterface[Any]):
    """Compiles the dataset before a wheel is packed, and packs it."""

    _scratch: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a scratch folder and map it, and the sources, to stikg/data."""
        if version == "editable":
            return
        root = Path(self.root)
        self._scratch = tempfile.TemporaryDirectory(prefix="stikg-wheel-")
        compiled = Path(self._scratch.name) / "build"
        self.app.display_waiting("compiling the dataset")
        compile_dataset(root, compiled)
        included = build_data["force_include"]
        for name in SOURCES:
            included[str(root / name)] = f"stikg/data/{name}"
        included[str(compiled)] = "stikg/data/build"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder."""
        del version, build_data, artifact_path
        if self._scratch is not None:
            self._scratch.cleanup()


def compile_dataset(root: Path, target: Path) -> None:
    """Compile the knowledge graph of a source tree into a folder, with the program of that tree."""
    sys.path.insert(0, str(root / "src"))
    try:
        from stikg.building import build
        from stikg.layout import find_layout

        build(replace(find_layout(root), build=target), force=True)
    finally:
        sys.path.remove(str(root / "src"))
