"""Quads as columns: Parquet for engines that read a few columns of many rows.

``object_kind`` is iri, blank or literal; ``datatype`` and ``language`` are those of a literal;
``graph`` is null in the default graph. A blank node begins with ``_:``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyoxigraph as engine

from stikg.errors import InputError, MissingDependency, SyntaxProblem
from stikg.serialisation.reading import syntax_problem
from stikg.serialisation.streamed import appear_whole
from stikg.terms import IRI, BlankNode, Quad

COLUMNS: Final = (
    "subject", "predicate", "object", "object_kind", "datatype", "language", "graph",
)  # fmt: skip
ORDER: Final = ("predicate", "subject", "object", "graph")
ROWS: Final = 500_000
"""Rows of a row group: sorted among themselves, some hundred bytes of memory each."""

Cells = tuple[str | None, ...]


def write_parquet(quads: Iterable[Quad], path: Path) -> int:
    """Write quads into a Parquet file as they come, and return their number.

    :raises MissingDependency: if pyarrow is not installed.
    :raises OutputError: if it cannot be written.
    """
    return _write((_cells(quad) for quad in quads), path)


def convert_nquads(files: Iterable[Path], path: Path) -> int:
    """Write the quads of N-Quads files into a Parquet file, in bounded memory; count them.

    :raises MissingDependency: if pyarrow is not installed.
    :raises InputError: if a file cannot be read.
    :raises SyntaxProblem: if one does not parse, with file, line and column.
    :raises OutputError: if it cannot be written.
    """
    return _write((cells for file in files for cells in _file_cells(Path(file))), path)


def batches_of_lines(batches: Iterable[list[str]]) -> Iterator[Any]:
    """Yield the record batches of batches of lines of N-Quads; labels of blank nodes are kept.

    :raises SyntaxProblem: if a line is none; it is shown.
    """
    arrow = load_pyarrow()
    for lines in batches:
        data = "\n".join(lines).encode()
        try:
            rows = list(map(_engine_cells, engine.parse(data, format=engine.RdfFormat.N_QUADS)))
        except SyntaxError as cause:
            line = lines[cause.lineno - 1] if cause.lineno else ""
            raise SyntaxProblem(f"{cause.msg}: {line[:200]}") from cause
        yield _batch(arrow, rows)


def _write(rows: Iterator[Cells], path: Path) -> int:
    arrow = load_pyarrow()
    from pyarrow import parquet

    count = 0
    keys = [(name, "ascending") for name in ORDER]
    with (
        appear_whole(path) as place,
        parquet.ParquetWriter(place, _schema(arrow), compression="zstd") as writer,
    ):
        while group := list(islice(rows, ROWS)):
            count += len(group)
            table = arrow.Table.from_batches([_batch(arrow, group)])
            writer.write_table(table.sort_by(keys), row_group_size=ROWS)
    return count


def _file_cells(path: Path) -> Iterator[Cells]:
    try:
        with path.open("rb") as stream:
            yield from map(_engine_cells, engine.parse(stream, format=engine.RdfFormat.N_QUADS))
    except SyntaxError as cause:
        raise syntax_problem(cause, str(path)) from cause
    except OSError as cause:
        raise InputError(
            f"cannot be read: {cause.strerror}", where=str(path), remedy="check the path"
        ) from cause


def _engine_cells(quad: Any) -> Cells:
    value, graph = quad.object, quad.graph_name
    named = None if isinstance(graph, engine.DefaultGraph) else _name(graph)
    ends = _name(quad.subject), quad.predicate.value
    if isinstance(value, engine.Literal):
        return (*ends, value.value, "literal", value.datatype.value, value.language, named)
    kind = "iri" if isinstance(value, engine.NamedNode) else "blank"
    return (*ends, _name(value), kind, None, None, named)


def _name(term: Any) -> str:
    return str(term) if isinstance(term, engine.BlankNode) else str(term.value)


def _cells(quad: Quad) -> Cells:
    subject, predicate, value, graph = quad
    named = None if graph is None else str(graph)
    ends = str(subject), str(predicate)
    if isinstance(value, IRI | BlankNode):
        kind = "iri" if isinstance(value, IRI) else "blank"
        return (*ends, str(value), kind, None, None, named)
    return (*ends, value.value, "literal", value.datatype, value.language or None, named)


def _batch(arrow: Any, rows: list[Cells]) -> Any:
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    arrays = [arrow.array(values, arrow.string()) for values in columns]
    return arrow.RecordBatch.from_arrays(arrays, schema=_schema(arrow))


def _schema(arrow: Any) -> Any:
    return arrow.schema([(name, arrow.string()) for name in COLUMNS])


def load_pyarrow() -> Any:
    """Return the library of Parquet.

    :raises MissingDependency: if it is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise MissingDependency(
            "pyarrow, which writes and reads Parquet, is not installed",
            remedy="pip install 'stikg[parquet]'",
        ) from error
    return pyarrow
