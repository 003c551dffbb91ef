"""The pages of docs/ that are made from the ontology, the queries and the graph.

Each function returns one page in Markdown, the same for the same graph. What only other floors can
compute, answers and measures, is handed in.
"""

from stikg.publishing.pages.checks import checks_page
from stikg.publishing.pages.documents import documents_page
from stikg.publishing.pages.facts import Facts, read_facts
from stikg.publishing.pages.networks import Counts, Network, networks_page
from stikg.publishing.pages.ontology import ontology_page
from stikg.publishing.pages.questions import examples, questions_page

__all__ = [
    "Counts",
    "Facts",
    "Network",
    "checks_page",
    "documents_page",
    "examples",
    "networks_page",
    "ontology_page",
    "questions_page",
    "read_facts",
]
