"""Pictures for print of networks and of the answers to questions: PNG, SVG, PDF.

The same data give the same bytes. What differs in colour (Okabe and Ito's, safe for colour-blind
readers) differs in shape, hatch or dash, too; a legend counts what is drawn; no text lies on
another or runs off the sheet. With each picture comes a text that tells what is seen, and the
data drawn.
"""

from stikg.figures.canvas import Caption
from stikg.figures.charts import draw, draw_graph, find_kind
from stikg.figures.network import LAYOUTS
from stikg.figures.picture import SUFFIXES, Picture, form_of
from stikg.figures.reading import Options
from stikg.figures.style import WIDTHS, read_width

__all__ = [
    "LAYOUTS",
    "SUFFIXES",
    "WIDTHS",
    "Caption",
    "Options",
    "Picture",
    "draw",
    "draw_graph",
    "find_kind",
    "form_of",
    "read_width",
]
