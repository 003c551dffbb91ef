"""Measures of networks: a catalogue of what there is, and how each is computed.

This package and its catalogue import neither networkx nor numpy; ``computing`` does.
"""

from stikg.networks.measures.catalogue import MEASURES, Measure, get_measure, get_measures
from stikg.networks.measures.engines import ENGINES, choose_engine
from stikg.networks.measures.ranking import competition_ranks

__all__ = [
    "ENGINES",
    "MEASURES",
    "Measure",
    "choose_engine",
    "competition_ranks",
    "get_measure",
    "get_measures",
]
