"""Briefs: what the documents say of a country, organisation, programme or technology, on two pages.

Every line names its passages. A brief is made by canned queries alone: the same data and the same
thing give the same bytes.
"""

from __future__ import annotations

from stikg.briefs.making import make_brief
from stikg.briefs.markdown import to_markdown
from stikg.briefs.model import Brief, Picture, Row, Section
from stikg.briefs.writing import check_suffix, write_brief

__all__ = [
    "Brief",
    "Picture",
    "Row",
    "Section",
    "check_suffix",
    "make_brief",
    "to_markdown",
    "write_brief",
]
