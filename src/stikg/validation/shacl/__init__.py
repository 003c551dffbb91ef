"""SHACL Core (https://www.w3.org/TR/shacl/): by queries, and by pySHACL."""

from __future__ import annotations

from stikg.validation.shacl.asking import ask_shapes
from stikg.validation.shacl.oracle import ask_pyshacl
from stikg.validation.shacl.shapes import Shapes, Violation, read_shapes, shape_files

__all__ = ["Shapes", "Violation", "ask_pyshacl", "ask_shapes", "read_shapes", "shape_files"]
