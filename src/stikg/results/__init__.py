"""Tables of solutions and their writers."""

from stikg.results.formats import FORMATS, Format, get_format, render, write
from stikg.results.table import PythonValue, Row, Stream, Table, python_value

__all__ = [
    "FORMATS",
    "Format",
    "PythonValue",
    "Row",
    "Stream",
    "Table",
    "get_format",
    "python_value",
    "render",
    "write",
]
