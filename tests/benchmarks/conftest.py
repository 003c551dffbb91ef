"""Scripts of benchmarks/ import each other as neighbours, and so do their tests."""

from __future__ import annotations

import sys
from pathlib import Path

# at the end: benchmarks/build.py must not hide the package that builds wheels
sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
