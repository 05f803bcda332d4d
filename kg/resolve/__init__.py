"""Mentions → entities: within a report by its own names, across reports by full name, official code, place and time.

Every merge carries its rule and score. Nothing is merged through a third name: a mention joins the one entity that its
own words point to, or stands alone. What no text says (a completed name, a predecessor) is an inference of its own.
"""

from __future__ import annotations

from kg.annotate.organizations import unit_noun
from kg.resolve.across import resolve
from kg.resolve.identity import Identity, load
from kg.resolve.names import fold

__all__ = ["Identity", "fold", "load", "resolve", "unit_noun"]
