"""The shape of a graph of documents: what share of it is what, and how its degrees are spread.

python benchmarks/shape.py            # of the compiled dataset
python benchmarks/shape.py FILE.nq    # of a generated one
"""

from __future__ import annotations

import json
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pattern import BASE, dump_real, split_line

_ONTOLOGY: Final = f"{BASE}ontology/"
_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_ENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "agency": ("funds>", "isFundedBy>", "administers>", "administeredBy>"),
    "programme": ("funds>", "isFundedBy>", "administers>", "administeredBy>"),
    "technology": ("/technology>",),
    "territory": ("/territory>",),
}
"""Kinds of things, and the properties of the default graph whose number is their degree."""


@dataclass(frozen=True)
class Shape:
    """Shares are of one; degrees are the median, the mean and the share of the busiest tenth."""

    quads: int
    default: float
    origins: Mapping[str, float]
    languages: Mapping[str, float]
    passages_per_document: float
    statements_per_passage: tuple[float, float]
    classes: Mapping[str, float]
    properties: Mapping[str, float]
    degrees: Mapping[str, tuple[float, float, float]]


def shape_of(lines: Iterable[str]) -> Shape:
    """Return the shape of lines of N-Quads."""
    triples: list[tuple[str, ...]] = []
    graphs: Counter[str] = Counter()
    origins: dict[str, str] = {}
    for line in lines:
        terms = split_line(line)
        if len(terms) == 3:
            triples.append(terms)
        else:
            graphs[terms[3]] += 1
        if terms[1] == f"{_ONTOLOGY}origin>":
            origins[terms[0]] = terms[2].strip('"')
    said: Counter[str] = Counter()
    for graph, number in graphs.items():
        said[origins.get(graph, "none")] += number
    stated = [number for graph, number in graphs.items() if origins.get(graph) == "stated"]
    classes = Counter(terms[2] for terms in triples if terms[1] == _TYPE)
    return Shape(
        quads=len(triples) + graphs.total(),
        default=len(triples) / (len(triples) + graphs.total()),
        origins=_shares(said),
        languages=_shares(Counter(_language(terms[2]) for terms in triples if terms[2][0] == '"')),
        passages_per_document=classes[f"{_ONTOLOGY}Passage>"]
        / max(1, classes[f"{_ONTOLOGY}SourceDocument>"]),
        statements_per_passage=(statistics.median(stated), statistics.mean(stated)),
        classes=_shares(classes),
        properties=_shares(Counter(terms[1] for terms in triples)),
        degrees={kind: _spread(_degrees(triples, kind, ends)) for kind, ends in _ENDS.items()},
    )


def _shares(counts: Counter[str]) -> dict[str, float]:
    return {name: number / counts.total() for name, number in counts.most_common()}


def _language(literal: str) -> str:
    end = literal[literal.rindex('"') + 1 :]
    return end[1:] if end.startswith("@") else "none"


def _degrees(
    triples: Iterable[tuple[str, ...]], kind: str, properties: tuple[str, ...]
) -> list[int]:
    """Return to how many things each thing of a kind is tied by properties."""
    tied: dict[str, set[str]] = defaultdict(set)
    start = f"{BASE}{kind}/"
    for subject, predicate, value in triples:
        if predicate.endswith(properties):
            for thing, other in ((subject, value), (value, subject)):
                if thing.startswith(start):
                    tied[thing].add(other)
    return [len(others) for others in tied.values()]


def _spread(degrees: Sequence[int]) -> tuple[float, float, float]:
    ordered = sorted(degrees, reverse=True)
    busiest = sum(ordered[: max(1, len(ordered) // 10)]) / max(1, sum(ordered))
    return statistics.median(ordered), statistics.mean(ordered), busiest


def main() -> None:
    """Print a shape as JSON."""
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open(encoding="utf-8") as lines:
            shape = shape_of(lines)
    else:
        shape = shape_of(dump_real())
    print(json.dumps(asdict(shape), indent=1))


if __name__ == "__main__":
    main()
