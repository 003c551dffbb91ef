"""Graphs of any size with the shape of the real one: documents that were never written.

    python benchmarks/generating.py 1e6 --output /tmp/graph.nq

The compiled dataset is the pattern. A document of the generated graph is a copy of a real one that
speaks of another world: another set of organisations, programmes, goals, figures and so on. Some
documents share a world, so that their statements corroborate or contradict each other; worlds share
territories, technologies and concepts, some of them many, most of them few (Yule and Simon's way to
distributions with a long tail). What is newly met gets its reference data, once. Stages, kinds,
units and everything that a query names stay themselves, and the first copy is the real graph, so
that names such as Japan resolve at every size. A size below the real one takes some passages of it,
those first that say what no other has said.

The lines are N-Quads as ``stikg export --format nquads`` holds them, those of the default graph
among them, each once, in no order; the same size and seed give the same bytes. Measures of networks
have the number and form of the real ones, but nobody measured the generated networks for them.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from choosing import Chooser
from pattern import Line, Pattern, Seen, count_new, dump_real, read_lines

from stikg.layout import Layout, find_layout
from stikg.terms import PREFIXES

NEW_WORLDS: Final = 0.7
"""Share of documents that speak of a world of their own."""

GROWTH: Final = {"territory": 0.6, "technology": 0.5, "vocabulary": 0.6}
"""Of n worlds, some n to this power have their own territories, technologies, concepts."""

_CURIE: Final = re.compile(r"\b([a-z][a-z-]*):([A-Za-z0-9][A-Za-z0-9._-]*)")


def generate(
    size: float, lines: Sequence[Line], asked: Collection[str], *, seed: int = 1
) -> Iterator[str]:
    """Yield blocks of N-Quads lines, together about ``size`` of them, each line once.

    Of a part of the real graph those passages come first that use what is ``asked``, IRIs.
    """
    whole = Pattern(lines)
    seen: Seen = set()
    rest = round(size)
    for variants in worlds(random.Random(seed)):
        count = whole.count(variants, seen)
        if count > rest:
            yield from _part(lines, asked, variants, seen, rest).copy(variants, seen)
            return
        yield from whole.copy(variants, seen)
        rest -= count


def worlds(chance: random.Random) -> Iterator[dict[str, int]]:
    """Yield the variant of each pool, for one copy after the other, without end."""
    known: list[dict[str, int]] = []
    spoken_of: list[dict[str, int]] = []
    while True:
        if not known or chance.random() < NEW_WORLDS:
            known.append({"world": len(known), **_variants(known, chance)})
            world = known[-1]
        else:
            world = chance.choice(spoken_of)
        yield {**world, "copy": len(spoken_of)}
        spoken_of.append(world)


def _variants(known: Sequence[dict[str, int]], chance: random.Random) -> dict[str, int]:
    """Return which territories, technologies and concepts the next world has."""
    found = {}
    for pool, power in GROWTH.items():
        fresh = power * (len(known) + 1) ** (power - 1)
        if not known:
            found[pool] = 0
        elif chance.random() < fresh:
            found[pool] = 1 + max(world[pool] for world in known)
        else:
            found[pool] = chance.choice(known)[pool]
    return found


def _part(
    lines: Sequence[Line],
    asked: Collection[str],
    variants: dict[str, int],
    seen: Seen,
    size: int,
) -> Pattern:
    """Return the pattern of so many passages that a copy of it has about ``size`` lines."""
    chooser = Chooser(lines, asked)
    few, many = 0, len(chooser.passages)
    while many - few > 1:
        middle = (few + many) // 2
        if count_new(chooser.choose(middle), variants, seen) > size:
            many = middle
        else:
            few = middle
    return Pattern(chooser.choose(few))


def asked_iris(layout: Layout) -> Collection[str]:
    """Return the IRIs that queries and shapes name: a copy of them would not be what they mean."""
    texts = [path.read_text(encoding="utf-8") for path in layout.queries.rglob("*.rq")]
    texts += [path.read_text(encoding="utf-8") for path in layout.ontology.glob("shapes/*.ttl")]
    return {
        f"<{PREFIXES[prefix]}{name.rstrip('.')}>"
        for text in texts
        for line in text.splitlines()
        if not line.startswith("#+")
        for prefix, name in _CURIE.findall(line)
        if prefix in PREFIXES
    }


def main() -> None:
    """Write a graph of the size that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("size", type=float, help="quads, about: 1e4 to 1e8")
    parser.add_argument("--output", type=Path, help="file; without one, standard output")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    asked = asked_iris(find_layout())
    blocks = generate(given.size, read_lines(dump_real(), asked), asked, seed=given.seed)
    if given.output is None:
        sys.stdout.writelines(blocks)
        return
    with given.output.open("w", encoding="utf-8") as stream:
        stream.writelines(blocks)


if __name__ == "__main__":
    main()
