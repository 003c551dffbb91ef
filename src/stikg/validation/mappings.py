"""Mappings to outside identifiers: SSSOM tables read as statements.

SSSOM (https://w3id.org/sssom) is a TSV table below a YAML header in ``#`` comments, of which
``curie_map`` is needed here. A row's subject, predicate and object make one statement; its
justification and other columns stay in the table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from stikg.errors import InputError, SyntaxProblem
from stikg.library.header import read_plain
from stikg.terms import IRI, PREFIXES, Quad, Term, check_iri, compress

_COLUMNS: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")


def read_mappings(path: Path, *, file: str, graph: IRI) -> list[Quad]:
    """Return the statements of an SSSOM table; ``file`` names it in errors.

    :raises InputError: if the file cannot be read, lacks a column, or a row has an empty cell or
        a prefix that neither its curie_map nor stikg knows; with its line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as cause:
        raise InputError(
            f"cannot be read: {cause.strerror}", where=file, remedy="check its permissions"
        ) from cause
    except UnicodeDecodeError as cause:
        line = cause.object.count(b"\n", 0, cause.start) + 1
        raise SyntaxProblem(
            "the file is not UTF-8", where=f"{file}:{line}", remedy="save it in the UTF-8 encoding"
        ) from cause
    prefixes = {**PREFIXES, **_curie_map(lines, file)}
    return [
        (*(_iri(row[column], prefixes, f"{file}:{line}") for column in _COLUMNS[:3]), graph)  # type: ignore[misc]
        for line, row in _rows(lines, file)
    ]


def find_row(path: Path, subject: Term, value: Term | None = None) -> int | None:
    """Return the line of a mapping of a subject, if there is one of that to the value."""
    wanted = compress(str(subject))
    first = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if cells[0].strip("<>") not in {wanted, str(subject)}:
            continue
        first = first or number
        if value is not None and str(value).endswith(cells[2].rpartition(":")[2]):
            return number
    return first


def _rows(lines: list[str], file: str) -> Iterator[tuple[int, dict[str, str]]]:
    rows = ((number, line) for number, line in enumerate(lines, 1) if line[:1] != "#")
    first, head = next(rows, (1, ""))
    header = _cells(head, f"{file}:{first}")
    missing = [column for column in _COLUMNS if column not in header]
    if missing:
        raise InputError(
            f"the table lacks the column {missing[0]}",
            where=f"{file}:{first}",
            remedy=f"an SSSOM table has the columns {', '.join(_COLUMNS)}",
        )
    for number, line in rows:
        row = _cells(line, f"{file}:{number}")
        values = dict(zip(header, row, strict=False))
        empty = [column for column in _COLUMNS if not values.get(column)]
        if row and empty:
            raise InputError(
                f"the row has no {empty[0]}", where=f"{file}:{number}", remedy="fill in the cell"
            )
        if row:
            yield number, values


def _cells(line: str, where: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter="\t", quotechar='"', strict=True), [])
    except csv.Error as cause:
        raise SyntaxProblem(
            f"the row is no TSV: {cause}", where=where, remedy="close the quote, or take it away"
        ) from cause


def _curie_map(lines: list[str], file: str) -> Mapping[str, str]:
    import yaml

    header = "\n".join(line[1:] for line in lines if line.startswith("#"))
    try:
        found = (read_plain(header) or {}).get("curie_map", {})
        return {str(prefix): str(namespace) for prefix, namespace in found.items()}
    except (yaml.YAMLError, AttributeError, ValueError, RecursionError) as cause:
        raise SyntaxProblem(
            "the comment above the table is no YAML mapping",
            where=f"{file}:1",
            remedy="write it as SSSOM does: '#curie_map:', then '#  ror: https://ror.org/'",
        ) from cause


def _iri(cell: str, prefixes: Mapping[str, str], where: str) -> IRI:
    prefix, _, local = cell.partition(":")
    try:
        return check_iri(prefixes[prefix] + local if prefix in prefixes else cell)
    except InputError as cause:
        raise InputError(
            f"{cell!r} is neither a CURIE with a known prefix nor an IRI",
            where=where,
            remedy="add the prefix to curie_map above the table",
        ) from cause
