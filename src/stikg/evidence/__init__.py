"""Evidence: from a statement's passage to its place in the user's own copy of the document."""

from stikg.evidence.copies import read_copy, readings_of
from stikg.evidence.counting import Count, Printed, count_numbers
from stikg.evidence.description import (
    DescribedPassage,
    Extent,
    described_passages,
    read_passages,
)
from stikg.evidence.excerpts import Excerpt, excerpt, excerpt_at
from stikg.evidence.grounding import Grounding, Ungrounded, ground
from stikg.evidence.matching import Found, Missing, find_passages
from stikg.evidence.verification import (
    DocumentReport,
    VerifyReport,
    find_sources,
    sources_folder,
    verify,
)
from stikg.evidence.writing import passages_path, write_passages

__all__ = [
    "Count",
    "DescribedPassage",
    "DocumentReport",
    "Excerpt",
    "Extent",
    "Found",
    "Grounding",
    "Missing",
    "Printed",
    "Ungrounded",
    "VerifyReport",
    "count_numbers",
    "described_passages",
    "excerpt",
    "excerpt_at",
    "find_passages",
    "find_sources",
    "ground",
    "passages_path",
    "read_copy",
    "read_passages",
    "readings_of",
    "sources_folder",
    "verify",
    "write_passages",
]
