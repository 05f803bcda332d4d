"""Every rule of every file keeps its own examples, and a file that contradicts itself does not load."""

from __future__ import annotations

import pytest

from kg.errors import RuleError
from kg.rules import Rule, ids, load, names, note, parse, unmark

RULES = [(name, rule) for name in names() for rule in load(name).rules]


def test_collected() -> None:
    assert set(names()) >= {"date", "layout", "quantity"}
    assert len(RULES) >= 70
    assert len({(name, rule.id) for name, rule in RULES}) == len(RULES)


def test_enough_examples() -> None:
    quantity = load("quantity").rules
    assert sum(len(unmark(example)[1]) for rule in quantity for example in rule.finds) >= 90
    assert sum(len(rule.skips) for rule in quantity) >= 40


@pytest.mark.parametrize(("name", "rule"), RULES, ids=[f"{name}.{rule.id}" for name, rule in RULES])
def test_examples(name: str, rule: Rule) -> None:
    assert rule.finds and rule.skips
    assert rule.failures() == []


GOOD = """
schema = ["gives"]
[parts]
NUM = '[0-9]+'
UNIT = ["场", "场次"]
[[rule]]
id = "a"
about = "数"
match = '{NUM}(?:{UNIT})'
finds = ["办[3场次]"]
skips = ["三场"]
gives = ["3"]
"""


def test_good_file() -> None:
    rules = parse(GOOD, name="good")
    assert rules.parts["UNIT"] == "场次|场"  # the longest first
    assert rules.rules[0].extra == {"gives": ["3"]}
    assert rules.rules[0].failures() == []
    assert rules.where(gives=["3"]) == rules.rules
    assert rules.where(gives=["4"]) == ()


def test_a_broken_promise_is_told_by_name() -> None:
    rules = parse(GOOD.replace("三场", "办4场"), name="good")
    assert rules.rules[0].failures() == ["a: '办4场' should find nothing, found ['4场']"]
    rules = parse(GOOD.replace("办[3场次]", "办[3]场次"), name="good")
    assert rules.rules[0].failures() == ["a: '办[3]场次' should find ['3'], found ['3场次']"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("about =", "abuot =", "abuot"),
        ("[parts]", "[prats]", "prats"),
        ("gives = ", "given = ", "given"),
        ('schema = ["gives"]', 'schema = "gives"', "list of strings"),
        ('schema = ["gives"]', 'schema = ["gives", "never"]', "never"),
        ("NUM = '[0-9]+'", "NUM = ''", "empty"),
        ('["场", "场次"]', "[]", "empty"),
        ('["场", "场次"]', '["场", "场"]', "twice"),
        ("NUM = ", "num = ", "capitals"),
        ("'{NUM}(?:{UNIT})'", "'{NUM}场'", "unused parts: UNIT"),
        ("'{NUM}(?:{UNIT})'", "'{NUM}{UNIT}{NONE}'", "{NONE}"),
        ("NUM = '[0-9]+'", "NUM = '{NUM}'", "circular"),
        ("'{NUM}(?:{UNIT})'", "'{NUM}({UNIT}'", "no valid pattern"),
        ("'{NUM}(?:{UNIT})'", "'(?:{NUM}{UNIT})?'", "empty string"),
        ('["办[3场次]"]', "[]", "at least one example in finds"),
        ('["三场"]', "[]", "at least one example in skips"),
        ('["办[3场次]"]', '["办3场次"]', "missing"),
        ('["办[3场次]"]', '["办[3场次"]', "unclosed"),
        ('["办[3场次]"]', '["办3场次]"]', "do not pair"),
        ('["三场"]', '["[三场]"]', "must carry no marks"),
        ('id = "a"', 'id = ""', "lacks id"),
        ("[[rule]]", "[[rule", "not valid TOML"),
    ],
)
def test_bad_files(old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(RuleError, match=r"bad\.toml: ") as caught:
        parse(GOOD.replace(old, new, 1), name="bad")
    assert says in str(caught.value)


def test_duplicate_ids_and_no_rules() -> None:
    twice = GOOD + GOOD[GOOD.index("[[rule]]") :]
    with pytest.raises(RuleError, match="duplicate rule ids: a"):
        parse(twice, name="bad")
    with pytest.raises(RuleError, match="holds no"):
        parse("schema = []", name="bad")


def test_unmark() -> None:
    assert unmark(r"见\[注\],共[3项]") == ("见[注],共3项", [(6, 8)])


SHARED = """
[parts]
WON = { words = "awards.confer" }
[[rule]]
id = "x.won"
about = "授予"
match = '{WON}'
finds = ["州里[授予]罗听澜称号"]
skips = ["罗听澜到站"]
[[rule]]
id = "x.left"
about = "左"
match = '(?P<side>左)岸'
finds = ["停靠[左岸]"]
skips = ["右岸"]
"""


def test_a_part_may_be_a_shared_word_list() -> None:
    rules = parse(SHARED, name="shared")
    assert [rule.failures() for rule in rules.rules] == [[], []]
    with pytest.raises(RuleError, match=r"cues\.toml: .*no word list awards\.nothing"):
        parse(SHARED.replace("awards.confer", "awards.nothing"), name="bad")
    with pytest.raises(RuleError, match="wrong type"):
        parse(SHARED.replace("words =", "list ="), name="bad")


def test_patterns_by_id_and_together() -> None:
    rules = parse(SHARED, name="shared")
    assert rules.pattern("x.left").search("停靠左岸")
    with pytest.raises(RuleError, match=r"shared\.toml: .*no rule x\.right"):
        rules.pattern("x.right")
    either = rules.union("x.won", "x.left")
    assert [(m.lastgroup, m[0]) for m in either.finditer("左岸授予")] == [("left", "左岸"), ("won", "授予")]


def test_notes_of_ids() -> None:
    passive = note("award.passive")
    assert passive is not None and "被动" in passive.about and len(passive.examples) >= 2
    assert note("quantity.count") == note("count")
    assert note("no.such-rule") is None
    assert all(n.about for n in ids().values()) and len(ids()) >= 25
    assert not set(ids()) & {rule.id for _, rule in RULES}


NEW = ("award", "containment", "event", "honour", "level", "measure", "organization", "person", "place", "post", "subject")


@pytest.mark.parametrize("name", NEW)
def test_rules_of_facts_have_two_examples_and_ids_of_their_own(name: str) -> None:
    assert all(len(rule.finds) >= 2 for rule in load(name).rules)
    elsewhere = {rule.id for other, rule in RULES if other != name}
    assert not {rule.id for rule in load(name).rules} & elsewhere
