"""Numbers, quantities, dates and sentences: what they mean, where they stand, and what they are not."""

from __future__ import annotations

import itertools
import time
from datetime import date, timedelta

import cn2an
import hypothesis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.normalize import QuantityMatch, dates, halfwidth, number, quantities, sentences
from kg.normalize.amounts import unit
from kg.rules import load, unmark

BASE = date(2031, 3, 20)


def told(quantity: QuantityMatch) -> str:
    return f"{quantity.value:.15g} {quantity.unit}{' ~' if quantity.approximate else ''}"


# -- the rules' own examples, read by the whole function ------------------------------------------------------------
GIVEN = [(rule, example) for rule in load("quantity").rules if "gives" in rule.extra for example in rule.finds]


def test_every_quantity_rule_says_what_it_gives() -> None:
    rules = [rule for rule in load("quantity").rules if rule.extra["reads"] not in ("name", "before", "after")]
    assert len(rules) >= 11
    for rule in rules:
        marks = sum(len(unmark(example)[1]) for example in rule.finds)
        assert len(rule.extra["gives"]) == marks, rule.id


@pytest.mark.parametrize("rule", {rule.id: rule for rule, _ in GIVEN}.values(), ids=lambda rule: rule.id)
def test_gives(rule) -> None:  # type: ignore[no-untyped-def]
    found = []
    for example in rule.finds:
        text, marks = unmark(example)
        for start, end in marks:
            [quantity] = [q for q in quantities(text) if q.start < end and start < q.end]
            assert quantity.rule == f"quantity.{rule.id}"
            found.append(told(quantity))
    assert found == rule.extra["gives"]


@pytest.mark.parametrize("rule", load("quantity").where(reads="name"), ids=lambda rule: rule.id)
def test_names_are_no_quantities(rule) -> None:  # type: ignore[no-untyped-def]
    for example in rule.finds:
        text, marks = unmark(example)
        for start, end in marks:
            assert not [q for q in quantities(text) if q.start < end and start < q.end], example


@pytest.mark.parametrize("rule", load("date").rules, ids=lambda rule: rule.id)
def test_dates_give(rule) -> None:  # type: ignore[no-untyped-def]
    marks = [(text, span) for text, spans in map(unmark, rule.finds) for span in spans]
    assert len(marks) == len(rule.extra["gives"])
    for (text, (start, end)), expected in zip(marks, rule.extra["gives"], strict=True):
        found = [d for d in dates(text, BASE, 2031) if (d.start, d.end) == (start, end)]
        if expected == "-":
            assert not found
        else:
            [when] = found
            assert f"{when.first or '-'}..{when.last or '-'}" == expected, text


# -- quantities ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入修船款64万元,修缮71处驿站", ["640000 元", "71 处"]),
        ("惠及407户1533人", ["407 户", "1533 人"]),
        ("73余人参加,捐款640余万元、图书9万余册", ["73 人 ~", "6400000 元 ~", "90000 册 ~"]),
        ("近 3000 人次到馆,不低于85%", ["3000 人次 ~", "85 % ~"]),
        ("由287元提高到475元", ["287 元", "475 元"]),
        ("购书款16万元,其中自筹9万元、社会捐赠7万元", ["160000 元", "90000 元", "70000 元"]),
        ("占馆藏总量27.6%,提高3.2个百分点", ["27.6 %", "3.2 %"]),
        ("处理能力达4万吨/年,每季度3次,按每户260元标准", ["40000 吨/年", "3 次", "260 元"]),
        ("九家门店分三批次更新,出台十条措施", ["9 家", "3 批次", "10 条"]),
        ("发表百余篇,走访数十家,收到近万件、吸引上千人", ["100 篇 ~", "10 家 ~", "10000 件 ~", "1000 人 ~"]),
        ("约40名、超500万元、逾两百场、突破2亿元", ["40 名 ~", "5000000 元 ~", "200 场 ~", "200000000 元 ~"]),
        ("30人以上,15天左右,3天以内,多达80家", ["30 人 ~", "15 天 ~", "3 天 ~", "80 家"]),
        ("每班3至5名,每场30-50人", ["4 名 ~", "40 人 ~"]),
        ("投入5至10万元", ["75000 元 ~"]),
        ("达百分之九十八,八成以上职工,翻一番", ["98 %", "80 % ~", "1 番"]),
        ("面积2940平方公里,茶园6.5万亩,路4.2公里", ["2940 平方千米", "65000 亩", "4.2 千米"]),
        ("装机12万千瓦,发电3.2亿千瓦时,35千伏", ["120000 千瓦", "320000000 千瓦时", "35 千伏"]),
        ("航道1 732公里,清淤6万方,37 万吨货", ["1732 千米", "60000 立方米", "370000 吨"]),
        ("捐款5000元整,合5000美元", ["5000 元", "5000 美元"]),
        ("一百二十三人、两千余亩、三十余位、四百五十万元", ["123 人", "2000 亩 ~", "30 位 ~", "4500000 元"]),
        ("3万5千元,12.5亿元人民币,1,235.8万元", ["35000 元", "1250000000 元", "12358000 元"]),
        ("七八次,三四十人,历时3个多月", ["7.5 次 ~", "35 人 ~", "3 个月 ~"]),
        ("获金奖2项、铜奖2项、一等奖1项", ["2 项", "2 项", "1 项"]),
        ("三支队伍、两所学校、锦旗两面、12台设备", ["3 支", "2 所", "2 面", "12 台"]),
        ("职工126名(女31名),16家(甲类7、乙类9)", ["126 名", "31 名", "16 家"]),
        ("2031年4月9日获奖3项,第2批12个", ["3 项", "12 个"]),
        ("培训35期2860人次;开行班列120列", ["35 期", "2860 人次", "120 列"]),
        ("5G基站3座,A4纸3张,三八红旗手5名", ["3 座", "3 张", "5 名"]),
        ("GDP100亿元,PM2.5下降3%", ["10000000000 元", "3 %"]),
        ("连续9年,为期5天,2小时30分钟", ["9 年", "5 天", "2 小时", "30 分钟"]),
        ("签约12家,节约30万元,最近3次,附近3个村", ["12 家", "300000 元", "3 次", "3 个"]),
        ("三分之二,1.5倍,0.8‰,98.5分", ["66.6666666666667 %", "1.5 倍", "0.8 ‰", "98.5 分"]),
        ("十余万人,30多亿元,20多%", ["100000 人 ~", "3000000000 元 ~", "20 % ~"]),
        ("一年走访500户次、1.2万人次", ["1 年", "500 户次", "12000 人次"]),
    ],
)  # fmt: skip
def test_quantities(text: str, expected: list[str]) -> None:
    assert [told(q) for q in quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["第3名", "第七届运动会", "第三次捧杯", "前5强", "2031年4月9日", "4月", "8时30分", "08:12", "1—11月", "前三季度", "青气发〔2029〕17号", "电话0712-3345678", "13812345678", "316国道", "G42高速", "第六地质大队", "六大队", "三分公司", "吊机二班", "5G", "3D打印", "五一劳动奖章", "三八红旗手", "二十大", "“十四五”期间", "十三五规划", "“526”工程", "“三个到位”", "《民生十条》", "三农", "双十", "一带一路", "四个意识", "两个维护", "三会一课", "三重一大", "一体推进", "一线职工", "一般", "一些", "一批先进", "一起", "一方面", "一系列活动", "统一", "十分", "百姓", "千万别", "万一", "一等奖", "二等功", "十佳职工", "百强县", "五星级酒店", "4A级景区", "三级医院", "1:5万", "95周年", "三周年", "一企一策", "一岗双责", "千家万户", "成千上万", "百年老店", "三台县", "六安市", "三河市", "九三学社", "两会", "两委", "五部门", "二期工程", "一是", "其二", "十四届人大", "八项规定", "1+3+N", "12345热线", "3号楼", "现年47岁", "500强企业", "80后", "三年行动计划", "7×24小时", "三连冠", "仅此一家", "一号文件", "二维码", "列第一、第二名", "支部", "3支部"],
)  # fmt: skip
def test_not_quantities(text: str) -> None:
    assert quantities(text) == []


def test_bounds() -> None:
    def bounds(text: str) -> tuple[float | None, float | None]:
        [quantity] = quantities(text)
        return quantity.lower, quantity.upper

    assert bounds("26期") == (26, 26)
    assert bounds("100余篇") == bounds("超100篇") == bounds("100篇以上") == bounds("不少于100篇") == (100, None)
    assert bounds("近100篇") == bounds("不足100篇") == bounds("100篇以内") == (None, 100)
    assert bounds("约100篇") == bounds("100篇左右") == (None, None)
    assert bounds("3至5名") == (3, 5)
    assert bounds("数十家") == (10, 100)
    assert bounds("10万元至20万元") == (100000, 200000)


def test_spans_and_parts() -> None:
    text = "共投入近 98 万元的资金"
    [quantity] = quantities(text)
    assert text[quantity.start : quantity.end] == "近 98 万元"
    assert text[quantity.number_start : quantity.number_end].strip() == "98 万"
    assert text[quantity.unit_start : quantity.unit_end] == quantity.classifier == "元"
    assert (quantity.multiplier, quantity.rule) == (10000, "quantity.physical")
    assert quantity.quantity.unit == "元"


def test_indefinite() -> None:
    assert [q.indefinite for q in quantities("这是一项系统工程")] == [True]
    assert [q.indefinite for q in quantities("获金奖一项。")] == [False]
    assert [q.indefinite for q in quantities("1项课题获奖")] == [False]


def test_units_have_one_spelling() -> None:
    assert [unit(u) for u in ("平方公里", "公里", "个百分点", "名", "元整", "吨/年", "㎡")] == [
        "平方千米", "千米", "%", "名", "元", "吨/年", "平方米",
    ]  # fmt: skip


# -- numbers -------------------------------------------------------------------------------------------------------
@given(st.integers(1, 10**12 - 1))
@settings(deadline=None)
def test_hanzi_numbers(n: int) -> None:
    assert number(cn2an.an2cn(str(n), "low")) == n
    assert number(str(n)) == number(f"{n:,}") == n
    assert number(cn2an.an2cn(str(n), "up")) == n


@given(st.text(max_size=40))
@settings(deadline=None)
def test_number_never_raises(text: str) -> None:
    assert number(text) is None or number(text) is not None


def test_numbers() -> None:
    assert [number(x) for x in ("十", "两百", "二〇三一", "三百零五", "1.2万", "一点五亿", "12亿3456万", "百", "", "九" * 99)] == [
        10, 200, 2031, 305, 12000, 150000000, 1234560000, 100, None, None,
    ]  # fmt: skip


# -- properties of quantities --------------------------------------------------------------------------------------
AMOUNTS = st.integers(1, 10**8)
CLASSIFIERS = st.sampled_from(["人", "名", "位", "家", "户", "项", "个", "件", "篇", "次", "场", "期", "台", "座", "元", "亩", "吨", "平方米", "人次", "批次", "万元"])


@given(AMOUNTS, CLASSIFIERS)
@settings(deadline=None)
def test_the_value_is_the_same_in_all_notations(n: int, classifier: str) -> None:
    value = n * (10000 if classifier == "万元" else 1)
    hanzi = cn2an.an2cn(str(n), "low")
    for written in (str(n), f"{n:,}", *([hanzi] if n > 10 and classifier != "万元" else [])):
        found = quantities(f"全年共有{written}{classifier},成效明显")
        assert [(q.value, q.unit) for q in found] == [(value, classifier.removeprefix("万"))], written


@given(st.integers(1, 9999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千万", 10**7), ("百万", 10**6)]))
@settings(deadline=None)
def test_multipliers(n: int, scale: tuple[str, int]) -> None:
    [quantity] = quantities(f"投资{n / 10}{scale[0]}元")
    assert quantity.value == pytest.approx(n / 10 * scale[1])
    assert quantity.multiplier == scale[1]


ALPHABET = "0123456789.,%一二两三四五六七八九十百千万亿余多近约第前年月日至—-个名家项次元吨亩平方公里人期场“”《》():/届等奖级  \n成分之点数几以上左右超"
TEXTS = st.one_of(st.text(max_size=60), st.text(alphabet=ALPHABET, max_size=60))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    found = quantities(text)
    for quantity in found:
        assert 0 <= quantity.start <= quantity.number_start < quantity.end <= len(text) or quantity.unit_start < quantity.number_start
        assert quantity.start < quantity.end <= len(text)
        assert quantity.start <= min(quantity.number_start, quantity.unit_start)
        assert max(quantity.number_end, quantity.unit_end) <= quantity.end
        assert quantity.lower is None or quantity.lower <= quantity.value
        assert quantity.upper is None or quantity.value <= quantity.upper
        assert quantity.approximate or quantity.lower == quantity.value == quantity.upper
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    when = dates(text, BASE, 2031)
    assert all(a.end <= b.start for a, b in itertools.pairwise(when))
    for d in when:
        assert not (d.first and d.last) or d.first <= d.last or "以来" in text or "至今" in text or "起" in text or "开始" in text


@given(TEXTS)
@settings(deadline=None)
def test_full_width_is_half_width(text: str) -> None:
    half = halfwidth(text)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in half)
    assert len(half) == len(text)
    assert quantities(wide) == quantities(half) == quantities(text)
    assert dates(wide, BASE) == dates(half, BASE)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
@settings(deadline=None)
def test_dates_in_all_notations(day: date) -> None:
    hanzi = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    written = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%d.%m.%Y}",
        f"{hanzi}年{cn2an.an2cn(day.month, 'low')}月{cn2an.an2cn(day.day, 'low')}日",
    ]
    for words in written:
        [when] = dates(f"我馆于 {words} 开馆", BASE)
        assert (when.iso, when.first, when.last) == (day.isoformat(),) * 3, words
        assert not when.inferred and not when.relative
        assert quantities(words) == []


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 364))
@hypothesis.example(date(2000, 1, 28), 362)  # 1月31日: three days ahead, not a year ago
@hypothesis.example(date(2001, 1, 1), 364)
def test_a_day_without_a_year_is_the_latest_up_to_a_week_after_publication(base: date, back: int) -> None:
    day = base - timedelta(days=back)
    if (day.month, day.day) == (2, 29):
        return
    same_year = day.replace(year=base.year)
    expected = same_year if same_year - base <= timedelta(days=7) else day
    [when] = dates(f"{day.month}月{day.day}日开馆", base)
    assert when.iso == expected.isoformat()
    assert when.inferred


@pytest.mark.parametrize(
    ("text", "base", "iso"),
    [
        ("1月31日", date(2000, 1, 28), "2000-01-31"),
        ("1月31日", date(2000, 1, 24), "2000-01-31"),
        ("1月31日", date(2000, 1, 23), "1999-01-31"),
        ("1月31日-2月2日", date(2000, 1, 28), "2000-01-31"),
        ("12月31日", date(2031, 1, 2), "2030-12-31"),
        ("1月2日", date(2030, 12, 30), "2030-01-02"),  # reports of December look back on their January
        ("2月29日", date(2033, 1, 10), "2032-02-29"),
        ("4月", date(2031, 3, 28), "2030-04"),  # a month that has not begun is no news
        ("将于4月30日", date(2031, 3, 28), "2031-04-30"),
    ],
)
def test_the_year_of_a_day_without_one(text: str, base: date, iso: str) -> None:
    assert [d.iso for d in dates(text, base)] == [iso]


def test_periods_and_context() -> None:
    assert [d.iso for d in dates("6月17日", date(2031, 1, 10), 2030)] == ["2030-06-17"]
    assert [d.iso for d in dates("今年6月", date(2031, 1, 10), 2030)] == ["2030-06"]
    assert [d.iso for d in dates("2029年8月开工,11月竣工。12月验收", date(2031, 3, 1))] == ["2029-08", "2029-11", "2030-12"]
    assert [d.iso for d in dates("2029年6月动工,次年5月完工", BASE)] == ["2029-06", "2030-05"]
    assert [d.iso for d in dates("6月17日、去年、上半年、昨日")] == [None] * 4
    assert [d.iso for d in dates("将于5月8日召开", BASE)] == ["2031-05-08"]
    [when] = dates("截至2030年11月", BASE)
    assert (when.iso, when.first, when.last) == ("2030-11", None, "2030-11-30")
    [when] = dates("自2028年以来", BASE)
    assert (when.first, when.last) == ("2028-01-01", "2031-03-20")
    assert dates("光明日报、今日头条、2031年2月30日", BASE) == []


# -- sentences -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("获奖。开馆!来吗?", ["获奖。", "开馆!", "来吗?"]),
        ("获A;获B;获C。", ["获A;获B;获C。"]),
        ("总长3.5公里.再建2座.", ["总长3.5公里.", "再建2座."]),
        ("写出“来吧!朋友。”一书", ["写出“来吧!朋友。”", "一书"]),
        ("以“读!写!”为题办班。", ["以“读!写!”为题办班。"]),
        ("《去哪儿?》获奖(含提名。)了。\n  第二段", ["《去哪儿?》获奖(含提名。)了。", "第二段"]),
        ("他说:“好。”走了。", ["他说:“好。”", "走了。"]),
        ("等等……再说。", ["等等……", "再说。"]),
        ("", []),
        (" \n\u3000\n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(st.text(alphabet="馆获。!?;“”《》()\n 1.", max_size=50), st.integers(0, 20), st.integers(0, 50))
@settings(deadline=None)
def test_sentences_cover_the_text(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(max(start, end), len(text))
    found = sentences(text, start, end)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text[start:end].split())
    assert all(a < b for a, b in found)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(found))


# -- speed ---------------------------------------------------------------------------------------------------------
def test_speed() -> None:
    """A tenth of the aim (200,000 characters a second for both), since machines are shared."""
    text = "2031年3月,州图书馆投入资金98万元,举办讲座26期,惠及407户1533人,获评全省“书香之家”,近三年借阅量增长16.5%。" * 400
    quantities(text[:100])
    dates(text[:100], BASE)
    start = time.perf_counter()
    quantities(text)
    dates(text, BASE)
    assert len(text) / (time.perf_counter() - start) > 20_000


@pytest.mark.parametrize("piece", ["1", "1,", "1,234,567", " ", "一", "十", "3万", "A", "1-", "1月", "1、", "一、", ".", "a.", "“", "馆"])
def test_no_text_is_slow(piece: str) -> None:
    """No pattern looks at a long run more than a bounded number of times (a quadratic one took minutes)."""
    text = piece * (20_000 // len(piece))
    start = time.perf_counter()
    quantities(text)
    dates(text, BASE)
    sentences(text)
    assert time.perf_counter() - start < 3
