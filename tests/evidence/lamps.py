"""A small document about lamps, with what makes real ones hard to find again."""

from __future__ import annotations

from stikg.evidence import DescribedPassage, described_passages
from stikg.passages import passage_triples

DOCUMENT = "lamps-2020"

TEXT = """1. Why lamps

The Society of Lamps was founded to bring light to every harbour, and it has since grown into a

¹ See the yearbook of the society.

union of more than forty towns that share one fund for oil and for the people who tend the flames.

- A well-lit street lowers the number of accidents at night by about one third.¹
- Oil is bought once a year.

Table 1: Lamps by town

Town\tLamps
Aldmouth\t120
\tMain partner
\tLeading town by share of lamps in the whole union
\tMain partner
Berrow\t80

2. What follows

Main partner:

The next plan asks every town for a report on wick, oil and glass before the winter begins again.
"""


def passages(text: str = TEXT) -> list[DescribedPassage]:
    """Return the passages of a text as the graph would describe them."""
    return described_passages([(*triple, None) for triple in passage_triples(DOCUMENT, text)])
