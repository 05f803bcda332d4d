"""Questions by name and SPARQL of one's own, asked of a built graph; read-only and local.

>>> sorted(questions())[:3]
['activities', 'assistance', 'assistance-by-village']
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
from pyoxigraph import NamedNode, Store, Triple

from kg.errors import QueryError
from kg.graph import graphs, store
from kg.graph.files import pretty
from kg.graph.terms import Term, python_value
from kg.tables import Value, cell, csv_text, table_text, tsv_text
from kg.vocab import ID, PREFIXES, ontology_dir

_XSD = PREFIXES["xsd"]
_TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\s]*>'
    r"|#[^\n]*",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = "INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD"


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain Python values: IRIs and texts as str, numbers as int or Decimal, None where unbound.

    A CONSTRUCT gives the variables subject, predicate and object; an ASK gives one row with one boolean.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    terms: tuple[tuple[Term | None, ...], ...] = field(default=(), repr=False, compare=False)
    form: str = "SELECT"

    def records(self) -> list[dict[str, Value]]:
        """One dictionary per row, ready for ``pandas.DataFrame``."""
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]

    def text(self, form: str = "table") -> str:
        """The answer as table, csv, json, tsv or ttl."""
        if form not in FORMATS:
            known = ", ".join(FORMATS)
            raise QueryError(f"没有格式 {form};可用:{known}", f"no format {form}; choose one of {known}")
        return FORMATS[form](self)


def questions() -> Mapping[str, Path]:
    """The questions of the ontology by name."""
    return {path.stem: path for path in sorted((ontology_dir() / "questions").glob("*.rq"))}


@lru_cache(maxsize=128)
def about(name: str) -> tuple[str, str]:
    """What a question asks, in Chinese and in English.

    >>> about("visits")
    ('参访:谁到哪里参观学习。', 'Visits: who went where to learn.')
    """
    lines = questions()[name].read_text("utf-8").splitlines()
    found = dict(re.findall(r"^# (zh|en): (.*)$", "\n".join(lines), re.MULTILINE))
    return found["zh"], found["en"]


def ask(place: Path | str | Store, question: str) -> Answer:
    """Answer a question (by name), a query file (``*.rq``) or SPARQL, from an output folder.

    Raises QueryError for an unknown question, SPARQL that does not parse, an update, or SERVICE.
    """
    text = sparql(question)
    words = _words(text)
    _forbid(words)
    _forbid(_TOKENS.sub(" ", text))
    union = isinstance(place, Store) or bool(
        re.search(r"(?<![?$:\w])(GRAPH|FROM)(?![\w:])", words, re.IGNORECASE)
    )
    found = place if isinstance(place, Store) else graphs(place) if union else store(place)
    try:
        # NAMED graphs stay visible; no triple stands in two graphs, so the union has no repeats
        result = found.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=union)
        return _answer(result)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        where = str(error).partition(": expected")[0]
        raise QueryError(f"查询无法运行:{where}", f"the query cannot run: {where}") from error


def sparql(question: str) -> str:
    """The SPARQL behind a question's name, a path that ends in ``.rq``, or the text itself."""
    name = question.strip()
    known = questions()
    if name in known:
        return known[name].read_text("utf-8")
    if name.endswith(".rq") and "\n" not in name and Path(name).is_file():
        return Path(name).read_text("utf-8")
    if re.fullmatch(r"[\w.\-/]*", name):
        raise _unknown(name)
    return question


def _unknown(name: str) -> QueryError:
    known = questions()
    close = get_close_matches(name, known, n=3, cutoff=0.5)
    close += [n for n in known if name and n not in close and any(name in words for words in about(n))]
    names = ", ".join(close[:6] or known)
    zh = f"没有问题“{name}”;" + ("相近的有:" if close else "可用的有:") + names
    en = f"no question {name!r}; " + ("did you mean: " if close else "there are: ") + names
    return QueryError(zh, en)


def _words(text: str) -> str:
    """A query without strings, IRIs and comments, with code point escapes resolved as an engine does."""
    plain = _ESCAPE.sub(lambda m: _char(m[1] or m[2]), text)
    return _TOKENS.sub(" ", plain)


def _char(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else " "


def _forbid(words: str) -> None:
    if re.search(r"(?<![?$:\w])SERVICE(?![\w:])", words, re.IGNORECASE):
        raise QueryError(
            "不允许 SERVICE:查询只在本机运行", "SERVICE is not allowed: queries run on this machine only"
        )
    if re.match(rf"\s*((PREFIX|BASE)\s*[\w\-.]*:?\s*)*({_UPDATES})\b", words, re.IGNORECASE):
        raise QueryError("只能查询,不能修改", "queries only: the graph is not changed here")


def _answer(result: object) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return Answer(("answer",), ((bool(result),),), (), "ASK")
    if isinstance(result, ox.QueryTriples):
        triples = tuple((t.subject, t.predicate, t.object) for t in result)
        return Answer(("subject", "predicate", "object"), _rows(triples), triples, "CONSTRUCT")
    if isinstance(result, ox.QuerySolutions):
        terms = tuple(tuple(solution) for solution in result)
        return Answer(tuple(v.value for v in result.variables), _rows(terms), terms)
    raise TypeError(f"unexpected result {type(result).__name__}")


def _rows(terms: tuple[tuple[Term | None, ...], ...]) -> tuple[tuple[Value, ...], ...]:
    return tuple(tuple(map(python_value, row)) for row in terms)


# --- formats ---------------------------------------------------------------------------------------------------


def _table(answer: Answer) -> str:
    """For reading: without empty columns, nor IRIs and offsets that stand beside a name or a quote."""
    named = {v.removesuffix("Name") for v in answer.variables if v.endswith("Name")}
    quoted = {"start", "end"} if "quote" in answer.variables else set()
    beside = (named | quoted) & set(answer.variables)
    columns = [
        i
        for i, name in enumerate(answer.variables)
        if name not in beside and (not answer.rows or any(row[i] is not None for row in answer.rows))
    ]
    header = [answer.variables[i] for i in columns]
    return table_text(header, ([_short(row[i]) for i in columns] for row in answer.rows)) + "\n"


def _short(value: Value) -> Value:
    """The readable end of an IRI of ours: 'award/45-53', 'person/沈青禾', the key of a report."""
    if not isinstance(value, str) or not value.startswith(str(ID)):
        return value
    path = value.removeprefix(str(ID))
    head, _, tail = path.removeprefix("report/").partition("/")
    return unquote((tail or head) if path.startswith("report/") else path)


def _csv(answer: Answer) -> str:
    return csv_text(answer.variables, answer.rows)


def _tsv(answer: Answer) -> str:
    return tsv_text(answer.variables, answer.rows)


def _json(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON."""
    if answer.form == "ASK":
        document: dict[str, object] = {"head": {}, "boolean": answer.rows[0][0]}
    else:
        bindings = [
            {n: _json_term(t) for n, t in zip(answer.variables, row, strict=True) if t is not None}
            for row in answer.terms
        ]
        document = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != f"{_XSD}string":
        found["datatype"] = term.datatype.value
    return found


_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def _ttl(answer: Answer) -> str:
    """The triples of a CONSTRUCT; else the rows in the W3C result-set vocabulary."""
    if answer.form == "CONSTRUCT":
        triples = (Triple(*row) for row in answer.terms)  # type: ignore[arg-type]
        return pretty(triples, ox.RdfFormat.TURTLE).decode()
    return "\n".join([f"@prefix rs: <{_RS}> .", "", "[] a rs:ResultSet ;", *_result_set(answer)]) + "\n"


def _result_set(answer: Answer) -> Iterator[str]:
    if answer.form == "ASK":
        yield f"    rs:boolean {cell(answer.rows[0][0])} ."
        return
    yield "    rs:resultVariable " + " , ".join(f'"{name}"' for name in answer.variables) + " ;"
    for row in answer.terms:
        pairs = [
            f'[ rs:variable "{name}" ; rs:value {term} ]'
            for name, term in zip(answer.variables, row, strict=True)
            if term is not None
        ]
        yield "    rs:solution [ " + ("rs:binding " + " , ".join(pairs) if pairs else "") + " ] ;"
    yield f"    rs:size {len(answer.rows)} ."


FORMATS: Mapping[str, Callable[[Answer], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "tsv": _tsv,
    "ttl": _ttl,
}
