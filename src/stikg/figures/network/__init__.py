"""Drawings of a network: two columns, layers, or free."""

from stikg.figures.network.drawing import LAYOUTS, draw_network, network_table

__all__ = ["LAYOUTS", "draw_network", "network_table"]
