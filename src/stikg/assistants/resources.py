"""What an assistant may read before it asks: the prefixes and the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stikg.assistants.asking import select
from stikg.dataset import Dataset
from stikg.results import Row
from stikg.terms import PREFIXES, compress


@dataclass(frozen=True, slots=True)
class Readable:
    """A text to read, at a URI of its own."""

    uri: str
    name: str
    description: str
    media_type: str
    read: Callable[[Dataset], str]


def readables() -> list[Readable]:
    """Return all texts."""
    return [
        Readable(
            "stikg://prefixes",
            "Prefixes",
            "The prefixes of IRIs, as SPARQL declares them; queries here need not.",
            "text/plain",
            lambda _: prefixes(),
        ),
        Readable(
            "stikg://vocabulary",
            "Vocabulary",
            "The classes and properties of the ontology: what each means, its domain and range.",
            "text/markdown",
            vocabulary,
        ),
    ]


def prefixes() -> str:
    """Return the table of prefixes."""
    return "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())


def vocabulary(dataset: Dataset) -> str:
    """Return the classes and properties as a list in Markdown."""
    lines: list[str] = []
    last = None
    for row in select(dataset.store, "vocabulary", {}).rows:
        kind, line = _entry(row)
        if kind != last:
            lines.append(f"\n## {kind}\n")
            last = kind
        lines.append(line)
    return "# Vocabulary\n" + "\n".join(lines) + "\n"


def _entry(row: Row) -> tuple[str, str]:
    """Return the kind of a term and its line."""
    kind, term, label, definition, domain, range_ = (str(cell or "") for cell in row)
    ends = [
        f"{word} {', '.join(map(compress, iris.split()))}"
        for word, iris in (("of", domain), ("to", range_))
        if iris
    ]
    about = "; ".join(part for part in (label, *ends) if part)
    meaning = f": {definition}" if definition else ""
    return compress(kind).rpartition(":")[2], f"- `{compress(term)}` ({about}){meaning}"
