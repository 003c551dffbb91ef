"""CSV and TSV: plain values, as in SPARQL 1.1 Query Results CSV."""

from __future__ import annotations

from collections.abc import Sequence

from stikg.results.display import plain_text
from stikg.results.table import Table


def write_csv(table: Table) -> str:
    r"""Return the table as CSV (RFC 4180): plain values, lines end in CR LF.

    Values are never changed, so one that begins with ``=`` stays a formula to a spreadsheet; the
    xlsx format is for those.

    >>> write_csv(Table(("a", "b"), ((None, None),)))
    'a,b\r\n,\r\n'
    """
    lines = [_record(table.columns)]
    lines.extend(_record([plain_text(term) for term in row]) for row in table.rows)
    return "".join(lines)


def write_tsv(table: Table) -> str:
    r"""Return the table as tab-separated plain values; tabs and line breaks in them are spaces.

    >>> write_tsv(Table(("a", "b"), ((None, None),)))
    'a\tb\n\t\n'
    """
    lines = ["\t".join(table.columns)]
    lines.extend("\t".join(_one_line(plain_text(term)) for term in row) for row in table.rows)
    return "".join(f"{line}\n" for line in lines)


def _record(values: Sequence[str]) -> str:
    """Return a record of RFC 4180; one empty field is quoted, or it would be an empty line."""
    if len(values) == 1 and not values[0]:
        return '""\r\n'
    return ",".join(map(_quoted, values)) + "\r\n"


def _quoted(value: str) -> str:
    if "," in value or '"' in value or "\n" in value or "\r" in value:
        return '"' + value.replace('"', '""') + '"'
    return value


def _one_line(text: str) -> str:
    return " ".join(text.replace("\t", " ").splitlines())
