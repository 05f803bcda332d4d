"""From the answers to the contract questions to the items of an annotation: what the graph says, as SCHEMA.md has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]  # variable → value; an unbound variable is None or absent
Ask = Callable[[str], Sequence[Row]]  # the name of a question → its rows

QUESTIONS: Final = (
    "entities",
    "mentions",
    "awards",
    "posts",
    "measures",
    "part-of",
    "coverage",
    "activities",
    "assistance",
    "cooperation",
    "visits",
)


def annotation(ask: Ask, text: str) -> dict[str, Any]:
    """The items that a graph of one report states.

    An entity's other labels count only where ``text`` has them, blanks aside.
    """
    return _Answers({name: [_Blank(row) for row in ask(name)] for name in QUESTIONS}, text).annotation()


class _Blank(dict[str, Any]):
    """A row whose unbound variables are None."""

    def __missing__(self, key: str) -> None:
        return None


class _Answers:
    def __init__(self, rows: dict[str, list[_Blank]], text: str) -> None:
        self.rows, self.text = rows, "".join(text.split())
        self.labels: dict[str, list[str]] = {}
        self.quotes: dict[str, str] = {}
        for row in rows["mentions"]:
            self.quotes.setdefault(row["entity"], row["quote"])

    def annotation(self) -> dict[str, Any]:
        """Everything; entities first, because the other kinds use their labels."""
        return {
            "entities": [self._entity(group) for group in self._groups("entities", "entity")],
            "awards": [self._award(group) for group in self._groups("awards", "award")],
            "posts": [self._post(group[0]) for group in self._groups("posts", "post")],
            "measures": [self._measure(group[0]) for group in self._groups("measures", "measure")],
            "part_of": [self._part_of(group[-1]) for group in self._groups("part-of", "child", "parent")],
            "coverage": [self._coverage(group[-1]) for group in self._groups("coverage", "media")],
            "activities": [self._activity(group) for group in self._groups("activities", "activity")],
            "assistance": [self._assistance(group[0]) for group in self._groups("assistance", "assistance")],
            "cooperation": [
                self._cooperation(group[0]) for group in self._groups("cooperation", "cooperation")
            ],
            "visits": [self._visit(group[0]) for group in self._groups("visits", "visit")],
        }

    def _groups(self, question: str, *keys: str) -> Iterable[list[_Blank]]:
        groups: dict[tuple[Any, ...], list[_Blank]] = defaultdict(list)
        for row in self.rows[question]:
            groups[tuple(row[key] for key in keys)].append(row)
        return groups.values()

    def _forms(self, row: _Blank, iri: str, name: str) -> list[str]:
        return _once([row[name], *self.labels.get(row[iri], ())])

    def _entity(self, rows: list[_Blank]) -> dict[str, Any]:
        preferred, *others = sorted(rows, key=lambda row: not truth(row["preferred"]))
        seen = [row["name"] for row in others if "".join(row["name"].split()) in self.text]
        names = self.labels[preferred["entity"]] = _once([preferred["name"], *seen])
        quote = self.quotes.get(preferred["entity"])
        return {"type": preferred["kind"], "name": names[0], "aliases": names[1:], "mention": quote}

    def _award(self, rows: list[_Blank]) -> dict[str, Any]:
        row = rows[0]
        return {
            "recipient": self._forms(row, "recipient", "recipientName"),
            "honour": self._forms(row, "honour", "honourName"),
            "grade": row["grade"],
            "level": row["level"],
            "conferrer": _once(form for r in rows for form in self._forms(r, "conferrer", "conferrerName")),
            "year": _year(row["year"]),
            "count": number(row["count"]),
            "quote": row["quote"],
        }

    def _post(self, row: _Blank) -> dict[str, Any]:
        where = self._forms(row, "organization", "organizationName")
        return {
            "person": row["personName"],
            "title": row["title"],
            "organization": where,
            "quote": row["quote"],
        }

    def _measure(self, row: _Blank) -> dict[str, Any]:
        return {
            "indicator": row["indicator"],
            "value": number(row["value"]),
            "unit": row["unit"] or "",
            "approx": truth(row["approximate"]),
            "quote": row["quote"],
        }

    def _part_of(self, row: _Blank) -> dict[str, Any]:
        child, parent = self._forms(row, "child", "childName"), self._forms(row, "parent", "parentName")
        return {"child": child, "parent": parent, "quote": row["quote"]}

    def _coverage(self, row: _Blank) -> dict[str, Any]:
        return {"media": self._forms(row, "media", "mediaName"), "quote": row["quote"]}

    def _activity(self, rows: list[_Blank]) -> dict[str, Any]:
        return {
            "name": self._forms(rows[0], "activity", "name"),
            "date": rows[0]["date"],
            "place": _once(row["placeName"] for row in rows),
            "participants": _once(row["participantName"] for row in rows),
            "quote": rows[0]["quote"],
        }

    def _assistance(self, row: _Blank) -> dict[str, Any]:
        return {
            "helper": self._forms(row, "helper", "helperName"),
            "village": self._forms(row, "village", "villageName"),
            "what": row["what"],
            "value": number(row["value"]),
            "unit": row["unit"],
            "quote": row["quote"],
        }

    def _cooperation(self, row: _Blank) -> dict[str, Any]:
        return {
            "party": self._forms(row, "party", "partyName"),
            "with": self._forms(row, "partner", "partnerName"),
            "count": number(row["count"]),
            "kind": row["kind"],
            "quote": row["quote"],
        }

    def _visit(self, row: _Blank) -> dict[str, Any]:
        who, site = self._forms(row, "visitor", "visitorName"), self._forms(row, "site", "siteName")
        return {"who": who, "site": site, "quote": row["quote"]}


def number(value: object) -> int | float | None:
    """A literal as a number, whole where it is whole; None where it is none.

    >>> number("980000.0"), number("16.5"), number(None), number("INF")
    (980000, 16.5, None, None)
    """
    try:
        figure = float(value)  # type: ignore[arg-type]
        return int(figure) if figure == int(figure) else figure
    except (TypeError, ValueError, OverflowError):
        return None


def truth(value: object) -> bool:
    """A boolean literal, typed or as text.

    >>> truth("true"), truth(True), truth("false"), truth(None)
    (True, True, False, False)
    """
    return str(value).lower() == "true"


def _year(value: object) -> int | float | None:
    return number(str(value)[:4]) if value is not None else None


def _once(values: Iterable[Any]) -> list[str]:
    return [str(value) for value in dict.fromkeys(values) if value]
