"""Saved pages in the layouts that such sites use, what they say of themselves, and whatever else people hand in."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document
from kg.normalize import halfwidth
from kg.read import expand, read, read_all, read_text


def only(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def check(document: Document) -> None:
    """Blocks stand at their offsets, in order, apart, within the text."""
    assert all(0 <= b.start < b.end <= len(document.text) for b in document.blocks)
    assert all(a.end <= b.start for a, b in pairwise(document.blocks))
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert words == words.strip() and "\n" not in words
        assert block.section is None or document.sections[block.section].start <= block.start
    for section in document.sections:
        assert 0 <= section.start < section.end <= len(document.text)


def saved(folder: Path, name: str, page: str, encoding: str = "utf-8") -> Document:
    path = folder / name
    path.write_bytes(page.encode(encoding))
    document = read(path)
    check(document)
    return document


# -- layouts -------------------------------------------------------------------------------------------------------
TRS = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>云梧省矿务局2031年工作十大亮点_云梧省矿务局</title>
<meta name="ArticleTitle" content="云梧省矿务局2031年工作十大亮点"><meta name="PubDate" content="2032-01-08 09:40:00"><meta name="ContentSource" content="省矿务局办公室"></head>
<body><div class="header"><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/jg/">机构概况</a></li></ul></div>
<div class="search"><input type="text" value="请输入关键字"><button>搜索</button></div></div>
<div class="crumb">当前位置:<a href="/">首页</a> &gt; <a href="/xw/">新闻中心</a> &gt; 正文</div>
<div class="article"><div class="title">云梧省矿务局2031年工作十大亮点</div>
<div class="info"><span>时间:2032-01-08 09:40</span><span>来源:省矿务局办公室</span><span>作者:</span><span>点击量:<i id="hits"></i></span></div>
<div class="view TRS_UEDITOR"><p style="text-indent:2em">2031年,全局干部职工勇争先。</p>
<p><strong>一、找矿突破有声有色。</strong>新发现大型矿床2处。</p><p><img src="./W0.jpg"></p><p>职工在青梧岭开展野外测量</p>
<p><strong>二、党建引领走深走实。</strong>一是抓学习。办班12期。二是抓作风。走访30户。</p>
<p>三、帮扶硕果累累。</p><p>(一)产业兴旺。投入98万元。</p><p>(二)人居改善。修路3.5公里。</p></div>
<div class="share">分享到:<a>微信</a><a>微博</a></div></div>
<div class="related"><h3>相关新闻</h3><ul><li><a href="1.html">省水文局召开年会</a> 2032-01-05</li><li><a href="2.html">省林业局获评全国先进</a></li></ul></div>
<div class="footer"><p>主办:云梧省矿务局 地址:青梧市解放路8号</p><p>备案号:云ICP备00000000号</p></div></body></html>"""

TABLES = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>青槐县供电公司</title></head><body bgcolor="#fff">
<table width="1000"><tr><td><a href="#">首页</a></td><td><a href="#">公司概况</a></td><td><a href="#">企业文化</a></td></tr></table>
<table><tr><td width="200"><table><tr><td>热点新闻</td></tr><tr><td><a href="1.htm">某公司荣获五一劳动奖状</a></td></tr></table></td>
<td><table><tr><td align="center"><font size="5"><b>青槐县供电公司荣获“省级文明单位”称号</b></font></td></tr>
<tr><td align="center">发布时间:2031年3月5日  浏览次数:1024</td></tr>
<tr><td><div>  近日,省文明委命名青槐县供电公司为“省级文明单位”。</div><div>  经理邱砚田(礳石村人)说,全年抢修321次。</div></td></tr>
<tr><td align="right">(公司办公室 供稿)</td></tr><tr><td>上一篇:<a>某公司召开职代会</a></td></tr></table></td></tr></table>
<table><tr><td align="center">版权所有:青槐县供电公司 电话:0000-1234567</td></tr></table></body></html>"""

BREAKS = """<html><head><meta charset=utf-8><title>溪口中学喜报 - 溪口中学</title></head><body><div id=nav><a>首页</a>|<a>学校简介</a>|<a>德育</a></div>
<h2>溪口中学喜报</h2><div>2031-06-30 15:20:11&nbsp;&nbsp;来源:溪口中学&nbsp;&nbsp;阅读:312次</div>
<div id=content>  近日,县教育局公布评优结果。<br>  我校陶知远老师获评县级骨干教师。<br/><br>  校长祁望舒表示祝贺。<br>溪口中学<br>2031年6月30日</div>
<div>下一篇:<a>没有了</a></div></body></html>"""

ARTICLE = """<!doctype html><html><head><meta charset="utf-8"><title>年终盘点</title></head><body><header><a>网站首页</a></header><nav><a>新闻</a></nav>
<main><article><h1>松陵镇2031年民生实事盘点</h1><p>2032-01-15 来源:松陵镇党政办 字号:<a>大</a> <a>中</a> <a>小</a></p><p>2031年,松陵镇办成民生实事4件。</p>
<table border=1><thead><tr><th>项目</th><th>数量</th></tr></thead><tbody><tr><td>道路</td><td>3.5公里</td></tr><tr><td>路灯</td><td>120盏</td></tr></tbody></table>
<p>镇长顾春台说,明年继续。</p><p>相关新闻:松陵镇获评省级卫生镇</p>
<p>此外,松陵镇全年举办文艺演出26场,惠及群众3200余人次,群众满意度达98.5%,居全县第一位。</p></article></main>
<aside><a>最新文章</a><a>某镇获评先进</a></aside><footer>松陵镇人民政府 版权所有</footer></body></html>"""


def test_divs_of_a_content_system(tmp_path: Path) -> None:
    document = saved(tmp_path, "亮点.html", TRS)
    assert (document.id, document.title, document.publisher) == ("亮点", "云梧省矿务局2031年工作十大亮点", "云梧省矿务局")
    assert (document.published, document.period) == ("2032-01-08", 2031)
    assert only(document, "paragraph") == [
        "2031年,全局干部职工勇争先。",
        "一、找矿突破有声有色。新发现大型矿床2处。",
        "二、党建引领走深走实。一是抓学习。办班12期。二是抓作风。走访30户。",
        "三、帮扶硕果累累。",
        "(一)产业兴旺。投入98万元。",
        "(二)人居改善。修路3.5公里。",
    ]
    assert only(document, "caption") == ["职工在青梧岭开展野外测量"]
    assert only(document, "meta") == ["时间:2032-01-08 09:40来源:省矿务局办公室作者:点击量:"]
    assert [(s.number, s.heading) for s in document.sections] == [
        ("一", "找矿突破有声有色"), ("二", "党建引领走深走实"), ("三", "帮扶硕果累累"), ("(一)", "产业兴旺"), ("(二)", "人居改善"),
    ]  # fmt: skip
    assert "省林业局获评全国先进" in only(document, "boilerplate")
    assert "请输入关键字" not in document.text and "搜索" not in document.text


def test_layout_tables_in_gb18030_that_say_gb2312(tmp_path: Path) -> None:
    document = saved(tmp_path, "a.htm", TABLES, "gb18030")  # 礳 is not in GB 2312
    assert document.title == "青槐县供电公司荣获“省级文明单位”称号"
    assert (document.published, document.period) == ("2031-03-05", 2031)
    assert only(document, "paragraph") == [
        "近日,省文明委命名青槐县供电公司为“省级文明单位”。",
        "经理邱砚田(礳石村人)说,全年抢修321次。",
    ]
    assert only(document, "byline") == ["(公司办公室 供稿)"]
    assert document.publisher is None  # 公司办公室 may be anyone's
    assert "某公司荣获五一劳动奖状" in only(document, "boilerplate")


def test_breaks_without_paragraphs(tmp_path: Path) -> None:
    document = saved(tmp_path, "a.html", BREAKS)
    assert (document.title, document.publisher, document.published) == ("溪口中学喜报", "溪口中学", "2031-06-30")
    assert only(document, "paragraph") == ["近日,县教育局公布评优结果。", "我校陶知远老师获评县级骨干教师。", "校长祁望舒表示祝贺。"]
    assert only(document, "byline") == ["溪口中学"]
    assert only(document, "boilerplate") == ["首页|学校简介|德育", "下一篇:没有了"]


def test_an_article_with_a_table_and_a_foreign_headline_inside(tmp_path: Path) -> None:
    document = saved(tmp_path, "a.html", ARTICLE)
    assert (document.title, document.publisher, document.published, document.period) == ("松陵镇2031年民生实事盘点", "松陵镇", "2032-01-15", 2031)
    assert only(document, "paragraph") == [
        "2031年,松陵镇办成民生实事4件。",
        "项目\t数量",
        "道路\t3.5公里",
        "路灯\t120盏",
        "镇长顾春台说,明年继续。",
        "此外,松陵镇全年举办文艺演出26场,惠及群众3200余人次,群众满意度达98.5%,居全县第一位。",
    ]
    assert only(document, "boilerplate") == ["网站首页", "相关新闻:松陵镇获评省级卫生镇", "最新文章某镇获评先进"]


def test_a_foreign_headline_ends_a_text_that_does_not_go_on() -> None:
    text = "我馆获评先进\n日前,我馆获评先进集体,办展3场。\n相关新闻:某局获评省级文明单位\n某站获评先进\n某队召开年会"
    assert only(read_text(text, source="a.txt"), "boilerplate") == text.split("\n")[2:]


def test_the_same_report_in_every_container(tmp_path: Path) -> None:
    lines = ["州图书馆2031年工作亮点", "2031年,州图书馆坚持以读者为本,办展12场。", "一、抓阅读。惠及3200人次。", "二、抓队伍。走访12户。", "(州图书馆供稿)"]
    opened = docx.Document()
    for line in lines:
        opened.add_paragraph(line)
    opened.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.txt").write_text("\r\n".join(lines), "gb18030")
    (tmp_path / "c.md").write_text("# " + "\n\n".join(lines), "utf-8")
    (tmp_path / "d.html").write_text("".join(f"<p>{line}</p>" for line in lines), "utf-16")
    (tmp_path / "e.HTM").write_text("<br>".join(lines), "utf-8")
    assert len(expand([tmp_path])) == 5
    told = set()
    for document in read_all([tmp_path]):
        check(document)
        told.add((document.title, document.publisher, document.period, tuple(only(document, "paragraph")), tuple(only(document, "byline"))))
    assert told == {(lines[0], "州图书馆", 2031, tuple(lines[1:4]), (lines[4],))}


# -- publisher, dates ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("(省矿务局供稿)", "省矿务局"), ("\uff08省矿务局供稿\uff09", "省矿务局"), ("省矿务局供稿", "省矿务局"), ("【省矿务局 供稿】", "省矿务局"),
        ("(供稿:省矿务局)", "省矿务局"), ("供稿单位:省矿务局", "省矿务局"),
        ("(省矿务局办公室供稿)", "省矿务局"), ("供稿单位:省矿务局机关党委", "省矿务局"), ("(州中心医院党委办公室供稿)", "州中心医院"),
        ("省矿务局宣传处供稿", "省矿务局"), ("(局办公室供稿)", None), ("(党政办公室供稿)", None), ("(人事处供稿)", None),
        ("(尤若松供稿)", None), ("(州电视台供稿)", None),
    ],
)  # fmt: skip
def test_who_supplied_it(line: str, publisher: str | None) -> None:
    document = read_text(f"我们这一年\n日前,全局办展12场,获评先进。\n{line}", source="a.txt")
    assert document.publisher == publisher
    assert only(document, "byline") == [line]


@pytest.mark.parametrize("dash", ["——", "—", "-", "--", "–", "──", "―"])
def test_subtitle_names_publisher_and_year(dash: str) -> None:
    document = read_text(f"逐梦青山\n{dash}云梧省矿务局2031年工作纪实\n时间:2032-05-01\n全局办展12场,获评先进。", source="a.txt")
    assert (document.title, document.publisher, document.period) == ("逐梦青山", "云梧省矿务局", 2031)
    assert document.subtitle == "云梧省矿务局2031年工作纪实"


DAYS = [
    "2031-04-09", "2031-4-9", "2031/04/09", "2031.4.9", "2031年4月9日", "2031年04月09日", "2031年 4月 9日", "09.04.2031 08:12", "2031-04-09 08:12:33",
    "二〇三一年四月九日", "\uff12\uff10\uff13\uff11-\uff10\uff14-\uff10\uff19", "\uff12\uff10\uff13\uff11年\uff14月\uff19日",
]  # fmt: skip


@pytest.mark.parametrize("frame", ["发布时间:{}", "发布日期: {} 浏览次数: 12", "时间:{} 来源:州图书馆", "{}", "[{}]", "【{}】", "({})"])
@pytest.mark.parametrize("day", DAYS)
def test_publication_dates_in_all_forms(day: str, frame: str) -> None:
    line = frame.format(day)
    document = read_text(f"我馆获评先进集体\n{line}\n日前,我馆办展12场,获评先进。", source="a.txt")
    assert document.published == "2031-04-09"
    assert only(document, "meta") == [line]
    assert only(document, "paragraph") == ["日前,我馆办展12场,获评先进。"]


@pytest.mark.parametrize("day", ["2031年1月8日", "2031-01-08", "2031.1.8", "二〇三一年一月八日", "二○三一年一月八日"])
def test_dates_that_sign(day: str) -> None:
    document = read_text(f"我们这一年\n全年办展12场,获评先进。\n澜江港务局\n{day}", source="a.txt")
    assert (document.publisher, document.published) == ("澜江港务局", "2031-01-08")
    assert (only(document, "byline"), only(document, "meta")) == (["澜江港务局"], [day])


# -- points --------------------------------------------------------------------------------------------------------
def test_points_on_lines_of_their_own_are_sections() -> None:
    text = "我们这一年\n一、强队伍\n全年做了两件事,成效显著。\n一是抓学习。办班12期。\n二是抓作风。走访30户。\n二、强服务\n修路3.5公里。"
    document = read_text(text, source="a.txt")
    check(document)
    assert [(s.number, s.heading, s.level) for s in document.sections] == [
        ("一", "强队伍", 1), ("一是", "抓学习", 5), ("二是", "抓作风", 5), ("二", "强服务", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("body", ["一是抓学习;二是抓作风;三是抓服务。", "做法:一是抓学习。二是抓作风。", "一是抓学习。办班12期。二是抓作风。", "一是否定,二是肯定。"])
def test_points_inside_a_paragraph_stay_together(body: str) -> None:
    document = read_text(f"我们这一年\n全年办展12场,获评先进。\n{body}", source="a.txt")
    assert document.sections == ()
    assert only(document, "paragraph")[-1] == body


# -- anything ------------------------------------------------------------------------------------------------------
LINES = [line for page in (TRS, TABLES, BREAKS, ARTICLE) for line in page.splitlines()]
REPORT = """书香润港城
——青槐县图书馆2030年工作十大亮点
发布日期:2031-01-12 点击次数:
2030年,青槐县图书馆聚焦主业,获评多项荣誉。
一、阅读推广有声有色。举办讲座26期,惠及3200人次。
馆长罗听澜为读者领读
二、队伍建设持续加强。(一)抓学习。办班3期。(二)抓作风。走访12户。
一是抓学习。
二是抓作风。
(青槐县图书馆供稿)
相关新闻:某局获评先进
扫一扫在手机上查看当前页面
二〇三一年一月八日
州文旅局 版权所有""".splitlines()


def attempt(path: Path) -> None:
    """Read it, or say what is wrong with it in one line of each language."""
    try:
        check(read(path))
    except InputError as error:
        assert error.en.isascii() and any("\u4e00" <= c <= "\u9fff" for c in error.zh)
        assert len(str(error).removeprefix(str(path)).splitlines()) == 1


@given(st.permutations(REPORT), st.sampled_from(["\n", "\n\n", " ", "\u3000\n\t"]), st.booleans())
@settings(max_examples=150)
def test_shuffled_reports(lines: list[str], between: str, wide: bool) -> None:
    text = between.join(lines)
    if wide:
        text = "".join(chr(ord(c) + 0xFEE0) if c in "()::,;.!?" else c for c in text)
    try:
        document = read_text(text, source="a.txt")
    except InputError:
        return
    check(document)
    assert document.text == text
    assert document.blocks == read_text(halfwidth(text), source="a.txt").blocks


@given(st.text())
@settings(max_examples=200)
def test_any_unicode(text: str) -> None:
    try:
        check(read_text(text, source="a.txt"))
    except InputError:
        return


@pytest.mark.parametrize("seed", range(40))
def test_shuffled_and_torn_pages(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    lines = chance.sample(LINES, len(LINES) // 2)
    page = "\n".join(line[chance.randrange(len(line) // 3 + 1) : chance.randrange(len(line) // 2, len(line) + 1)] for line in lines)
    path = tmp_path / "a.html"
    path.write_text(page + "&#xD800;&#0;\x00\x85<![CDATA[我馆获评先进]]><plaintext>", chance.choice(["utf-8", "gb18030", "utf-16"]))
    attempt(path)


@given(st.binary(max_size=80), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"<html>", b"<meta charset=utf-7>", b"<meta charset=hex>"]))
@settings(max_examples=150)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "bytes"
    folder.mkdir(exist_ok=True)
    for suffix in (".txt", ".md", ".html", ".docx", ".pdf"):
        path = folder / f"a{suffix}"
        path.write_bytes(head + data)
        attempt(path)


@pytest.mark.parametrize("text", ["我馆获评先进集体。" * 200, "a" * 5000 + ".txt", "\0.txt", "[", ""])
def test_a_text_in_place_of_a_path(text: str) -> None:
    with pytest.raises(InputError):
        list(read_all([text or "none/such"]))


def test_a_bad_pdf_says_it_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing of the kind")
    with pytest.raises(InputError, match="not a valid PDF"):
        read(path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("line", ["一、二、三、四、", "来源:", "2031-01-02 ", "(", "<div>", "我馆获评 ", "我馆|", "我馆\n"])
def test_long_and_odd_inputs_take_no_time(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("我馆获评先进集体。" + line * 10_000, "utf-8")
    attempt(path)
