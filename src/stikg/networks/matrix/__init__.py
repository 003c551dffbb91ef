"""Incidence matrices, such as of countries and technologies, and their measures."""

from __future__ import annotations

from stikg.networks.matrix.incidence import (
    Incidence,
    incidence,
    nested_order,
    part,
    without_empty,
)

__all__ = ["Incidence", "incidence", "nested_order", "part", "without_empty"]
