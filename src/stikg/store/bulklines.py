"""Files whose lines stand for themselves, loaded in pieces, several at a time.

The engine reads a stream on one processor and then sorts what it read on one. Here one piece is
read while another is sorted. Names of blank nodes hold for one reading, so lines from the first
blank node on are left to be read as one stream.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, cast

import pyoxigraph

from stikg.serialisation.feeding import Feed, Source
from stikg.serialisation.reading import ENGINE_FORMATS

LINE_FORMATS: Final = frozenset({"nquads", "ntriples"})
_MOST: Final = 192 << 20
"""Bytes of text in work at a time: the engine takes some seven times as much memory for them."""

_LEAST: Final = 8 << 20
_MOST_WORKERS: Final = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece in work, and what was taken of the source at its end."""

    work: Future[None]
    taken: int
    lines: int


def load_lines(
    store: pyoxigraph.Store, feed: Feed, source: Source, watch: Callable[[bytes, str], None]
) -> None:
    """Add lines to a store until the source ends or has a blank node; ``watch`` is shown them.

    :raises SyntaxError: if a line does not parse, the first such; with its number in the source.
    :raises OSError: if something cannot be read or written.
    """
    workers = max(2, min(os.cpu_count() or 1, _MOST_WORKERS))
    size = _size(source, workers)
    pending = deque[_Piece]()
    with ThreadPoolExecutor(workers) as pool:
        try:
            before = feed.lines
            while lines := feed.whole_lines(size):
                work = pool.submit(_load, store, lines, source.format.name, before)
                watch(lines, source.format.name)
                before = feed.lines
                pending.append(_Piece(work, feed.taken, before))
                if len(pending) > workers:
                    _finish(pending, feed)
            while pending:
                _finish(pending, feed)
        finally:
            for piece in pending:
                piece.work.cancel()


def rows_of_default(lines: bytes, format_name: str) -> Iterator[list[str]]:
    """Yield the triples that lines give the default graph, as texts of TSV, as a store has them.

    :raises SyntaxError: if a line does not parse.
    """
    store = pyoxigraph.Store()
    store.load(lines, format=ENGINE_FORMATS[format_name])
    found = cast("pyoxigraph.QuerySolutions", store.query("SELECT ?s ?p ?o { ?s ?p ?o }"))
    text = found.serialize(format=pyoxigraph.QueryResultsFormat.TSV) or b""
    for line in text.decode().split("\n")[1:-1]:
        yield line.split("\t")


def moved(error: SyntaxError, lines: int) -> SyntaxError:
    """Return an error that is so many lines further down."""
    if error.lineno is not None:
        error.lineno += lines
    return error


def _size(source: Source, workers: int) -> int:
    """Return how large a piece is: no worker shall be idle, and not all be in memory."""
    total = None if source.packed else source.size
    share = _MOST if total is None else max(_LEAST, total + 1)
    return min(share, _MOST) // workers


def _load(store: pyoxigraph.Store, lines: bytes, format_name: str, before: int) -> None:
    try:
        store.bulk_load(input=lines, format=ENGINE_FORMATS[format_name])
    except SyntaxError as error:
        raise moved(error, before) from None


def _finish(pending: deque[_Piece], feed: Feed) -> None:
    piece = pending.popleft()
    piece.work.result()
    feed.tell(piece.taken, piece.lines)
