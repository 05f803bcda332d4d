"""Rules as data: TOML files whose rules carry their pattern, their reason and their proof in one record.

A file ``kg/rules/NAME.toml`` holds, in this order::

    schema = ["reads"]                     # extra keys that the rules of this file may carry

    [parts]                                # named pieces of patterns; a list is an alternation, longest first
    NUM  = '\\d+(?:\\.\\d+)?'
    UNIT = ["元", "万元"]

    [[rule]]
    id    = "money"
    about = "金额:数字 + 元"
    match = '(?P<value>{NUM})(?P<unit>{UNIT})'
    finds = ["投入[12万元]。"]             # brackets mark exactly the spans that the rule must find
    skips = ["获二等奖。"]                 # the rule must find nothing here
    reads = "money"

A part may also be a word list that several files share: ``ACTIVE = { words = "awards.active" }`` names one of
``cues.toml``. A literal bracket in an example is written ``\\[`` or ``\\]``. Whatever contradicts itself raises RuleError when the
file is loaded; whether the patterns keep what their examples promise is what ``Rule.failures`` answers (and a test
asks it of every rule of every file).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import RuleError
from kg.rules.cues import alternation, words

FOLDER = Path(__file__).parent

_PART = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")
_MARK = re.compile(r"\\([\[\]])|([\[\]])")
_TEXT_KEYS = ("id", "about", "match")
_LIST_KEYS = ("finds", "skips")
_FILE_KEYS = frozenset({"schema", "parts", "rule"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with its reason and its proof. ``extra`` holds the keys that the file's schema declares."""

    id: str
    about: str
    match: str
    finds: tuple[str, ...]
    skips: tuple[str, ...]
    pattern: re.Pattern[str]
    extra: Mapping[str, Any] = field(default_factory=dict)

    def failures(self) -> list[str]:
        """Which of its own examples the rule does not keep; empty if it keeps all of them."""
        wrong = []
        for example in self.finds:
            text, marks = unmark(example)
            found = self._spans(text)
            if found != marks:
                wrong.append(f"{self.id}: {example!r} should find {_quote(text, marks)}, found {_quote(text, found)}")
        for example in self.skips:
            text = _plain(example)
            if found := self._spans(text):
                wrong.append(f"{self.id}: {example!r} should find nothing, found {_quote(text, found)}")
        return wrong

    def _spans(self, text: str) -> list[tuple[int, int]]:
        return [m.span() for m in self.pattern.finditer(text) if m.end() > m.start()]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one file, in the order of the file, and the parts that they are made of."""

    name: str
    rules: tuple[Rule, ...]
    parts: Mapping[str, str]

    def where(self, **extra: Any) -> tuple[Rule, ...]:
        """The rules whose extra keys have these values.

        >>> [rule.id for rule in load("quantity").where(reads="percent")]
        ['percent', 'percent.points', 'percent.hanzi']
        """
        return tuple(r for r in self.rules if all(r.extra.get(k) == v for k, v in extra.items()))

    def pattern(self, rule_id: str) -> re.Pattern[str]:
        """The compiled pattern of one rule.

        >>> bool(load("quantity").pattern("percent").search("增长16.5%"))
        True
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule.pattern
        raise _error(self.name, f"没有规则 {rule_id}", f"no rule {rule_id}")

    def union(self, *rule_ids: str) -> re.Pattern[str]:
        """One pattern that matches what any of the rules matches, with a group named by the last part of each id.

        >>> load("quantity").union("percent.points", "percent.hanzi").groupindex.keys() >= {"points", "hanzi"}
        True
        """
        return re.compile("|".join(f"(?P<{i.rsplit('.')[-1]}>{_unnamed(self.pattern(i))})" for i in rule_ids))


@cache
def load(name: str) -> RuleSet:
    """The rules of ``kg/rules/NAME.toml``.

    >>> load("quantity").name
    'quantity'
    >>> load("nothing")
    Traceback (most recent call last):
    ...
    kg.errors.RuleError: nothing.toml: 没有这个规则文件 | there is no such rule file in kg/rules
    """
    path = FOLDER / f"{name}.toml"
    if not path.is_file():
        raise RuleError("没有这个规则文件", "there is no such rule file in kg/rules", where=path.name)
    return parse(path.read_text("utf-8"), name=name)


def names() -> list[str]:
    """The names of all rule files of the package, sorted (files of plain word lists hold no [[rule]]).

    >>> set(names()) >= {"date", "layout", "quantity"}
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.toml") if "\n[[rule]]" in path.read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Note:
    """What a rule id on a fact or mention means, with example sentences (brackets mark what the rule finds)."""

    about: str
    examples: tuple[str, ...]


def note(rule_id: str) -> Note | None:
    """The reason and the examples of the id that travels with facts and mentions; None for an unknown one.

    Ids stand in the rule files, alone or behind the name of their file ('quantity.percent'); those of models and of
    rules without a pattern in ``ids.toml``.

    >>> note("award.passive").examples[0]
    '柳坞社区[被]市民政局评为“睦邻社区”'
    >>> note("quantity.percent") == note("percent"), note("model.P").about, note("nothing")
    (True, '训练的模型给出的人名', None)
    """
    return _notes().get(rule_id)


@cache
def _notes() -> Mapping[str, Note]:
    known: dict[str, Note] = {}
    for name in names():
        for rule in load(name).rules:
            known[f"{name}.{rule.id}"] = Note(rule.about, rule.finds)
            known.setdefault(rule.id, known[f"{name}.{rule.id}"])
    return MappingProxyType({**known, **ids()})


@cache
def ids() -> Mapping[str, Note]:
    """The ids of ``ids.toml``: of models, and of rules without a pattern of their own.

    >>> ids()["post.before-name"].about
    '职务在姓名前:〔单位〕职务+姓名'
    """
    listed = tomllib.loads((FOLDER / "ids.toml").read_text("utf-8"))["id"]
    return MappingProxyType({raw["id"]: Note(raw["about"], tuple(raw["examples"])) for raw in listed})


def parse(text: str, *, name: str) -> RuleSet:
    """Read the text of a rule file; RuleError if it contradicts itself.

    >>> rules = parse('''
    ... [parts]
    ... DIGITS = '[0-9]+'
    ... [[rule]]
    ... id = "issue"
    ... about = "期数"
    ... match = '{DIGITS}期'
    ... finds = ["推出[34期]"]
    ... skips = ["第三期"]
    ... ''', name="demo")
    >>> rules.rules[0].pattern.pattern, rules.rules[0].failures()
    ('(?:[0-9]+)期', [])
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _error(name, f"TOML 语法错误:{error}", f"not valid TOML: {error}") from None
    _no_unknown(name, "", data, _FILE_KEYS)
    schema = data.get("schema", [])
    if not isinstance(schema, list) or not all(isinstance(key, str) for key in schema):
        raise _error(name, "schema 必须是字符串列表", "schema must be a list of strings")
    raw_rules = data.get("rule", [])
    if not raw_rules:
        raise _error(name, "没有任何 [[rule]]", "it holds no [[rule]]")
    raw_parts = data.get("parts", {})
    used: set[str] = set()
    parts = {key: _expand(name, f"parts.{key}", _alternation(name, key, raw_parts), raw_parts, used, (key,)) for key in raw_parts}
    used_by_rules: set[str] = set()
    rules = tuple(_rule(name, raw, parts, frozenset(schema), used_by_rules) for raw in raw_rules)
    if unused := sorted(set(parts) - used - used_by_rules):
        raise _error(name, f"没有用到的 parts:{'、'.join(unused)}", f"unused parts: {', '.join(unused)}")
    if unused := sorted(set(schema) - {key for rule in rules for key in rule.extra}):
        raise _error(name, f"没有用到的 schema 键:{'、'.join(unused)}", f"unused schema keys: {', '.join(unused)}")
    if twice := sorted(key for key, n in Counter(rule.id for rule in rules).items() if n > 1):
        raise _error(name, f"重复的规则 id:{'、'.join(twice)}", f"duplicate rule ids: {', '.join(twice)}")
    return RuleSet(name, rules, MappingProxyType(parts))


def unmark(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its marks, and the spans that they mark; RuleError if they do not pair.

    >>> unmark("投入[12万元],其中[3万元]自筹")
    ('投入12万元,其中3万元自筹', [(2, 6), (9, 12)])
    """
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    length, opened, last = 0, -1, 0
    for mark in _MARK.finditer(example):
        piece = example[last : mark.start()] + (mark[1] or "")
        out.append(piece)
        length, last = length + len(piece), mark.end()
        if mark[2] == "[" and opened < 0:
            opened = length
        elif mark[2] == "]" and opened >= 0:
            spans.append((opened, length))
            opened = -1
        elif mark[2]:
            raise RuleError(f"括号不配对:{example}", f"marks do not pair in: {example}")
    if opened >= 0 or not spans or any(start == end for start, end in spans):
        raise RuleError(f"例句的 [ ] 缺失、未闭合或为空:{example}", f"marks are missing, unclosed or empty in: {example}")
    out.append(example[last:])
    return "".join(out), spans


def _rule(name: str, raw: Mapping[str, Any], parts: Mapping[str, str], schema: frozenset[str], used: set[str]) -> Rule:
    where = f"[{raw.get('id', '?')}]"
    _no_unknown(name, where, raw, schema | set(_TEXT_KEYS) | set(_LIST_KEYS))
    for key in _TEXT_KEYS:
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise _error(name, f"{where} 缺少 {key}", f"{where} lacks {key}")
    for key in _LIST_KEYS:
        if not isinstance(raw.get(key), list) or not raw[key] or not all(isinstance(x, str) and x for x in raw[key]):
            raise _error(name, f"{where} 的 {key} 至少要有一个例句", f"{where} needs at least one example in {key}")
    for example in raw["finds"]:
        try:
            unmark(example)
        except RuleError as error:
            raise _error(name, f"{where} {error.zh}", f"{where} {error.en}") from None
    for example in raw["skips"]:
        if _MARK.search(example) and any(m[2] for m in _MARK.finditer(example)):
            raise _error(name, f"{where} skips 里不应有 [ ]:{example}", f"{where} a skip must carry no marks: {example}")
    source = _fill(name, where, raw["match"], parts, used)
    extra = MappingProxyType({key: value for key, value in raw.items() if key in schema})
    return Rule(raw["id"], raw["about"], raw["match"], tuple(raw["finds"]), tuple(raw["skips"]),
                _compile(name, where, source), extra)  # fmt: skip


def _alternation(name: str, key: str, raw: Mapping[str, Any]) -> str:
    """The pattern of a part; a list becomes an alternation, the longest literal beginning first."""
    if not re.fullmatch(r"[A-Z][A-Z0-9_]*", key):
        raise _error(name, f"parts 的名字要大写:{key}", f"a part is named in capitals: {key}")
    value = raw[key]
    if isinstance(value, str) and value:
        return value
    if isinstance(value, dict) and set(value) == {"words"} and str(value["words"]).count(".") == 1:
        return alternation(words(*value["words"].split(".")))
    if isinstance(value, list) and value and all(isinstance(item, str) and item for item in value):
        if twice := sorted(item for item, n in Counter(value).items() if n > 1):
            raise _error(name, f"{key} 里重复:{'、'.join(twice)}", f"{key} lists twice: {', '.join(twice)}")
        return "|".join(sorted(value, key=lambda item: -len(re.split(r"[(\[\\?]", item)[0])))
    raise _error(name, f"parts.{key} 是空的或类型不对", f"parts.{key} is empty or of a wrong type")


def _expand(name: str, where: str, pattern: str, raw: Mapping[str, Any], used: set[str], path: tuple[str, ...]) -> str:
    """A part with the parts that it names put in, each as a group of its own."""

    def put(found: re.Match[str]) -> str:
        key = found[1]
        if key not in raw or key in path:
            raise _error(name, f"{where} 用了未知或循环的 {{{key}}}", f"{where} names {{{key}}}, unknown or circular")
        used.add(key)
        return f"(?:{_expand(name, where, _alternation(name, key, raw), raw, used, (*path, key))})"

    return _PART.sub(put, pattern)


def _fill(name: str, where: str, pattern: str, parts: Mapping[str, str], used: set[str]) -> str:
    def put(found: re.Match[str]) -> str:
        if found[1] not in parts:
            raise _error(name, f"{where} 用了未知的 {{{found[1]}}}", f"{where} names the unknown part {{{found[1]}}}")
        used.add(found[1])
        return f"(?:{parts[found[1]]})"

    return _PART.sub(put, pattern)


def _compile(name: str, where: str, source: str) -> re.Pattern[str]:
    try:
        pattern = re.compile(source)
    except re.error as error:
        raise _error(name, f"{where} 正则表达式错误:{error}", f"{where} is no valid pattern: {error}") from None
    if pattern.match(""):
        raise _error(name, f"{where} 会匹配空字符串", f"{where} matches the empty string")
    return pattern


def _no_unknown(name: str, where: str, raw: Mapping[str, Any], known: frozenset[str] | set[str]) -> None:
    if unknown := sorted(set(raw) - known):
        raise _error(name, f"{where} 未知的键:{'、'.join(unknown)}".strip(), f"{where} unknown keys: {', '.join(unknown)}".strip())


def _unnamed(pattern: re.Pattern[str]) -> str:
    """The source of a pattern without names of groups, so that it can stand beside others."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)


def _plain(example: str) -> str:
    return _MARK.sub(lambda mark: mark[1] or mark[2], example)


def _quote(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def _error(name: str, zh: str, en: str) -> RuleError:
    return RuleError(zh, en, where=f"{name}.toml")
