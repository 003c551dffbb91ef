"""The page of what was measured on the engines, and its figure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

BEGIN: Final = "<!-- measured: made by benchmarks/engines.py, not by hand -->"
END: Final = "<!-- end of what was measured -->"
ENGINES: Final = ("disk", "memory", "virtuoso", "fuseki", "rdflib")
_TITLES: Final = {
    "load": "Loading",
    "open": "Opening",
    "disk": "Room on disk",
    "memory": "Most memory of the process",
    "question": "Questions, with the example of their page",
    "whole": "Questions, without any parameter that can be left out",
    "network": "Networks",
    "check": "Checks",
    "validation": "Validation",
}
_LEAST: Final = 1e-3
"""Seconds below which a growth exponent would be one of the clock."""

Records = Mapping[tuple[str, str, str], Mapping[str, Any]]
"""Size, engine, measure → what was kept last."""


def write_page(root: Path, kept: Iterable[Mapping[str, Any]]) -> None:
    """Write what is kept between the marks of docs/benchmarks.md, and draw the figure."""
    records = {(item["size"], item["engine"], item["measure"]): item for item in kept}
    if not records:
        return
    page = root / "docs" / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    text = f"{before}{BEGIN}\n\n{tables(records)}\n{END}{after}"
    page.write_text(text, encoding="utf-8")
    draw(records, root / "docs" / "images" / "engines.svg")


def tables(records: Records) -> str:
    """Return a table for each kind of measure, as Markdown."""
    sizes = sorted({size for size, _, _ in records}, key=float)
    names = {measure for _, _, measure in records}
    parts = []
    for kind, title in _TITLES.items():
        rows = sorted(name for name in names if name.partition(":")[0] == kind)
        if rows:
            engines = [engine for engine in ENGINES if _has(records, engine, rows)]
            parts.append(f"### {title}\n\n{_table(records, sizes, engines, rows)}\n")
    return "\n".join(parts)


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the slope of a line through the logarithms, or None with too few points.

    >>> round(exponent([(10, 1), (100, 10), (1000, 100)]), 3)
    1.0
    """
    logs = [(math.log(size), math.log(value)) for size, value in points if value >= _LEAST]
    if len({size for size, _ in logs}) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


def _has(records: Records, engine: str, rows: Iterable[str]) -> bool:
    return any(key[1] == engine and key[2] in rows for key in records)


def _table(
    records: Records, sizes: Sequence[str], engines: Sequence[str], rows: Sequence[str]
) -> str:
    columns = [(size, engine) for size in sizes for engine in engines]
    columns = [column for column in columns if any((*column, row) in records for row in rows)]
    heads = [f"{_size(size)} {engine}" for size, engine in columns]
    lines = ["| | rows | " + " | ".join(heads) + " | growth on disk |"]
    lines.append("|---|" + "--:|" * (len(columns) + 2))
    for row in rows:
        cells = [_cell(records, size, engine, row) for size, engine in columns]
        name = row.partition(":")[2] or row
        lines.append(
            f"| {name} | {_rows(records, sizes, row)} | {' | '.join(cells)} | "
            f"{_growth(records, sizes, row)} |"
        )
    return "\n".join(lines) + "\n"


def _cell(records: Records, size: str, engine: str, measure: str) -> str:
    """Return time or bytes, how many times those of the first engine, and ≠ if rows differ."""
    found = records.get((size, engine, measure))
    if found is None:
        return ""
    if "cut" in found:
        told = str(found["cut"])
        if told.startswith("more than"):
            return told.replace("more than", ">")
        return told if told == "not asked" else "refused"
    base = records.get((size, ENGINES[0], measure), {})
    key = "bytes" if "bytes" in found else "seconds"
    value, first = found[key], base.get(key)
    if not value:
        return ""
    text = _bytes(value) if key == "bytes" else _seconds(value)
    if engine != ENGINES[0] and first:
        text += f" ({value / first:.2g} ×)"
    differs = base.get("digest") and found.get("digest") not in (None, base["digest"])
    return text + (" ≠" if differs else "")


def _rows(records: Records, sizes: Sequence[str], measure: str) -> str:
    counts = [records.get((size, ENGINES[0], measure), {}).get("rows") for size in sizes]
    return " / ".join("–" if count is None else f"{count:,}" for count in counts)


def _growth(records: Records, sizes: Sequence[str], measure: str) -> str:
    found = [(float(size), records.get((size, ENGINES[0], measure), {})) for size in sizes]
    points = [
        (size, item.get("seconds") or item.get("bytes"))
        for size, item in found
        if item.get("seconds") or item.get("bytes")
    ]
    slope = exponent([(size, float(value)) for size, value in points if value is not None])
    return "" if slope is None else f"{slope:.2f}"


def _size(size: str) -> str:
    digits = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "10" + str(round(math.log10(float(size)))).translate(digits)


def _seconds(value: float) -> str:
    if value < 1:
        return f"{1000 * value:.3g} ms"
    return f"{value:.3g} s" if value < 1000 else f"{value:,.0f} s"


def _bytes(value: float) -> str:
    return f"{value / 1e9:.2f} GB" if value >= 1e9 else f"{value / 1e6:.0f} MB"


def draw(records: Records, path: Path) -> None:
    """Draw how the median question, the load and the validation grow on each engine."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "stikg"
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, 3.2), layout="constrained")
    for axes, kind in zip(figure.subplots(1, 3), ("load", "question", "validation"), strict=True):
        for engine in ENGINES:
            points = _medians(records, engine, kind)
            if points:
                axes.loglog(*zip(*points, strict=True), marker="o", markersize=3, label=engine)
        axes.set_title(_TITLES[kind].partition(",")[0], fontsize=9)
        axes.set_xlabel("quads", fontsize=8)
        axes.set_ylabel("seconds", fontsize=8)
        axes.tick_params(labelsize=7)
    figure.legend(*_legend(figure.axes), loc="outside lower center", ncols=5, fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def _legend(axes: Iterable[Any]) -> tuple[list[Any], list[str]]:
    found: dict[str, Any] = {}
    for each in axes:
        for handle, label in zip(*each.get_legend_handles_labels(), strict=True):
            found.setdefault(label, handle)
    return list(found.values()), list(found)


def _medians(records: Records, engine: str, kind: str) -> list[tuple[float, float]]:
    from statistics import median

    by_size: dict[float, list[float]] = {}
    for (size, name, measure), found in records.items():
        if name == engine and measure.partition(":")[0] == kind and found.get("seconds"):
            by_size.setdefault(float(size), []).append(found["seconds"])
    return sorted((size, median(values)) for size, values in by_size.items())
