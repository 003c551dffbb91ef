"""Pairs that may come next on a list, computed from the lists; no document states them."""

from __future__ import annotations

from stikg.networks.suggesting.backtesting import backtest, backtest_table
from stikg.networks.suggesting.judging import Judgement, auc, precision_at
from stikg.networks.suggesting.lists import Lists, split
from stikg.networks.suggesting.reasons import (
    Criteria,
    because,
    criteria_of,
    reasons_table,
    suggestions_table,
)
from stikg.networks.suggesting.scoring import METHODS, combined, scores, walk
from stikg.networks.suggesting.suggestions import Related, Suggestion, of, suggest

__all__ = [
    "METHODS",
    "Criteria",
    "Judgement",
    "Lists",
    "Related",
    "Suggestion",
    "auc",
    "backtest",
    "backtest_table",
    "because",
    "combined",
    "criteria_of",
    "of",
    "precision_at",
    "reasons_table",
    "scores",
    "split",
    "suggest",
    "suggestions_table",
    "walk",
]
