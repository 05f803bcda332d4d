"""China's administrative divisions: provinces, cities, counties, townships and 620,573 villages, offline.

    from kg.gazetteer import Gazetteer
    places = Gazetteer.load()

``data/`` is rebuilt by ``python -m kg.gazetteer.build``; SOURCES.md names its sources, their dates and licences.
"""

from kg.gazetteer.lookup import Division, Found, Gazetteer, Point, Resolution

__all__ = ["Division", "Found", "Gazetteer", "Point", "Resolution"]
