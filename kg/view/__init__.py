"""The page that people look at: one offline HTML file, evidence first.

    read → annotate → extract → resolve → **view**

``render(extractions, resolution)`` returns the page as a string; ``write`` puts it into a file as UTF-8.
"""

from kg.view.data import build
from kg.view.page import EvidenceNetwork, render

__all__ = ["EvidenceNetwork", "build", "render"]
