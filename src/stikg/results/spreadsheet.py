"""XLSX: numbers as numbers, text never a formula, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.results.display import plain_number
from stikg.results.table import PythonValue, Table, python_value

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOMENT: Final = datetime(2000, 1, 1)
_ZIP_MOMENT: Final = (2000, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_TEXT: Final = 32767
_MOST_ROWS: Final = 1048575
_MOST_DIGITS: Final = 15
_WIDEST: Final = 60


def write_xlsx(table: Table) -> bytes:
    """Return the table as an XLSX workbook of one sheet.

    Numbers of more than 15 digits are text, as spreadsheets would round them.

    :raises InputError: if a value holds a control character or is longer than a cell, or there
        are more rows than a sheet has.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.writer.excel import ExcelWriter

    if len(table) > _MOST_ROWS:
        raise InputError(f"{len(table)} rows do not fit on a sheet", remedy="write csv instead")
    workbook = Workbook()
    workbook.properties.created = _MOMENT
    workbook.properties.creator = "stikg"
    sheet = workbook.worksheets[0]
    sheet.title = "solutions"
    for index, name in enumerate(table.columns, 1):
        _fill(sheet.cell(1, index), name, name)
        sheet.cell(1, index).font = Font(bold=True)
    for number, row in enumerate(table.rows, 2):
        for index, term in enumerate(row, 1):
            _fill(sheet.cell(number, index), python_value(term), table.columns[index - 1])
    sheet.freeze_panes = "A2"
    _set_widths(sheet, table)
    stream = io.BytesIO()
    with _Timeless(stream, "w", strict_timestamps=False) as archive:
        ExcelWriter(workbook, archive).save()
    return _without_clock(stream.getvalue())


class _Timeless(zipfile.ZipFile):
    """Asks for no time: a clock before 1980 shows what ZIP cannot say."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Write a part."""
        super().writestr(zipfile.ZipInfo(str(zinfo_or_arcname), _ZIP_MOMENT), data)


def _fill(cell: Any, value: PythonValue, column: str) -> None:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and not _exact(value):
        value = plain_number(str(value))
    if isinstance(value, str):
        if _ILLEGAL.search(value):
            raise _refused(column, "holds a control character")
        if len(value) > _LONGEST_TEXT:
            raise _refused(column, f"is longer than {_LONGEST_TEXT} characters")
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _exact(value: int | Decimal) -> bool:
    number = Decimal(value)
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= _MOST_DIGITS


def _refused(column: str, problem: str) -> InputError:
    return InputError(
        f"a value of column {column} {problem}, which no XLSX cell can hold",
        remedy="write csv or json instead",
    )


def _set_widths(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for index, name in enumerate(table.columns):
        longest = max([len(name), *(len(str(row[index] or "")) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(longest + 2, _WIDEST)


def _without_clock(content: bytes) -> bytes:
    """Return the workbook with fixed times: openpyxl writes today's."""
    stream = io.BytesIO()
    stamp = _MOMENT.isoformat().encode() + b"Z"
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = _MODIFIED.sub(rb"\g<1>" + stamp, source.read(name))
            info = zipfile.ZipInfo(name, _ZIP_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, part)
    return stream.getvalue()
