"""Reports of our own invention, in every container and layout that the reader knows."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, MissingExtra
from kg.model import Document
from kg.normalize import halfwidth
from kg.read import expand, identify, named, read, read_all, read_text

REPORT = """您现在的位置: 首页 > 馆务公开 > 正文

书香润港城
——青槐县图书馆2030年工作十大亮点

发布日期:2031-01-12 点击次数:

  2030年,青槐县图书馆(以下简称“我馆”)聚焦主业,获评多项荣誉。

  一、阅读推广有声有色。举办讲座26期,惠及3200人次。
馆长罗听澜为读者领读
  二、队伍建设持续加强。
  (一)抓学习。办班3期。
  (二)抓作风。走访12户。
  三、成果丰硕。1项课题获评全省优秀成果二等奖、三等奖各1项。

  (青槐县图书馆供稿)

扫一扫在手机上查看当前页面
关于我们 | 网站声明 | 联系我们
州文旅局 版权所有
"""


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def only(document: Document, kind: str) -> list[str]:
    return [words for k, words in kinds(document) if k == kind]


def check(document: Document) -> None:
    """What holds for every document."""
    covered = "".join("".join(document.text[b.start : b.end].split()) for b in document.blocks)
    assert halfwidth(covered).strip("#>\u200b\ufeff") == covered and all(a.end <= b.start for a, b in pairwise(document.blocks))
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert words and words == words.strip() and "\n" not in words
        assert block.section is None or document.sections[block.section].start <= block.start
    for section in document.sections:
        assert document.text.startswith(section.number, section.start)
        assert section.heading in document.text[section.start : section.end]


# -- a whole page --------------------------------------------------------------------------------------------------
def test_a_page() -> None:
    document = read_text(REPORT, source="notes/亮点.txt")
    check(document)
    assert document.text == REPORT
    assert document.id == "notes/亮点"
    assert document.title == "书香润港城"
    assert document.subtitle == "青槐县图书馆2030年工作十大亮点"
    assert document.publisher == "青槐县图书馆"
    assert (document.published, document.period) == ("2031-01-12", 2030)
    assert [kind for kind, _ in kinds(document)] == [
        "boilerplate", "title", "subtitle", "meta", "paragraph", "paragraph", "caption", "paragraph",
        "paragraph", "paragraph", "paragraph", "byline", "boilerplate", "boilerplate", "boilerplate",
    ]  # fmt: skip
    assert [(s.number, s.heading, s.level) for s in document.sections] == [
        ("一", "阅读推广有声有色", 1),
        ("二", "队伍建设持续加强", 1),
        ("(一)", "抓学习", 2),
        ("(二)", "抓作风", 2),
        ("三", "成果丰硕", 1),
    ]
    second = document.sections[1]
    assert document.text[second.start : second.end].endswith("(二)抓作风。走访12户。")
    caption = next(b for b in document.blocks if b.kind == "caption")
    assert caption.section == 0


def test_line_ends_and_marks() -> None:
    document = read_text("\ufeff我馆获评先进\r\n\r\n3月,我馆办展。\r再办。", source="a.txt")
    assert document.text == "我馆获评先进\n\n3月,我馆办展。\n再办。"
    check(document)


# -- excerpts ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "title", "meta", "body", "published"),
    [
        (
            "我馆喜获全国先进 发布时间:2031-04-09 08:12 来源:州图书馆 作者:尤若松 阅读量:昨日下午,我馆召开年会。会上,馆长罗听澜作报告,我馆获评",
            "我馆喜获全国先进",
            "发布时间:2031-04-09 08:12 来源:州图书馆 作者:尤若松 阅读量:",
            "昨日下午,我馆召开年会。会上,馆长罗听澜作报告,我馆获评",
            "2031-04-09",
        ),
        (
            "我馆荣获先进 再创佳绩 2031年04月09日  08:12 来源:本站原创 浏览次数: 字号:[大 中 小] 近日,州总工会授予我馆“金锚奖”。",
            "我馆荣获先进 再创佳绩",
            "2031年04月09日  08:12 来源:本站原创 浏览次数: 字号:[大 中 小]",
            "近日,州总工会授予我馆“金锚奖”。",
            "2031-04-09",
        ),
        (
            "驿站获评最美\n09.04.2031  08:12\n下坪驿站服务12万人次,获评最美驿站。",
            "驿站获评最美",
            "09.04.2031  08:12",
            "下坪驿站服务12万人次,获评最美驿站。",
            "2031-04-09",
        ),
        (
            "驿站获评最美\n浏览次数: 字号:大 中 小 时间:2031/4/9 下坪驿站服务12万人次,获评最美驿站。",
            "驿站获评最美",
            "浏览次数: 字号:大 中 小 时间:2031/4/9",
            "下坪驿站服务12万人次,获评最美驿站。",
            "2031-04-09",
        ),
    ],
)
def test_metadata_runs_into_the_body(text: str, title: str, meta: str, body: str, published: str) -> None:
    document = read_text(text, source="a.txt")
    check(document)
    assert document.title == title
    assert only(document, "meta") == [meta]
    assert only(document, "paragraph") == [body]
    assert document.published == published


def test_a_whole_report_on_one_line() -> None:
    text = "澜江航校2030年工作总结  2030年,澜江航校坚持以赛促学。 一、抓教学。全年开课120门。 二、抓竞赛。获一等奖、二等奖各1项。三、抓服务。走访30户。(尤若松)"
    document = read_text(text, source="a.txt")
    check(document)
    assert document.title == "澜江航校2030年工作总结"
    assert document.publisher == "澜江航校"
    assert [s.heading for s in document.sections] == ["抓教学", "抓竞赛", "抓服务"]
    assert only(document, "paragraph")[2] == "二、抓竞赛。获一等奖、二等奖各1项。"
    assert only(document, "byline") == ["(尤若松)"]


def test_only_a_body_or_only_a_title() -> None:
    body = read_text("何家湾村被评为省级示范村。", source="a.txt")
    assert (body.title, kinds(body)) == (None, [("paragraph", "何家湾村被评为省级示范村。")])
    title = read_text("青槐县气象局荣获全省先进集体", source="a.txt")
    assert title.title == "青槐县气象局荣获全省先进集体"


# -- furniture -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "首页 > 馆务要闻 > 正文", "您所在的位置:首页 » 图片新闻", "今天是:2031年4月9日", "【加入收藏】【设为首页】", "您好:青槐县气象局 欢迎您!",
        "中国政府网|州政府网|繁体|无障碍", "打印 关闭", "分享到:", "【字体:大 中 小】", "浏览:2686", "312次浏览", "http://www.example.cn/a.html",
    ],
)  # fmt: skip
def test_furniture_in_front(line: str) -> None:
    document = read_text(f"{line}\n我馆获评先进集体\n\n日前,我馆获评先进集体,办展3场。", source="a.txt")
    assert only(document, "boilerplate") == [line]
    assert document.title == "我馆获评先进集体"


@pytest.mark.parametrize(
    "line",
    ["上一篇:某局获评全国文明单位", "下一条:没有了", "相关新闻", "扫一扫在手机上查看", "州图书馆 版权所有", "鄂ICP备00000000号", "技术支持:某公司", "友情链接:"],
)  # fmt: skip
def test_furniture_behind_takes_the_rest(line: str) -> None:
    document = read_text(f"我馆获评先进\n日前,我馆获评先进集体,办展3场。\n{line}\n某局荣获五一劳动奖状", source="a.txt")
    assert only(document, "boilerplate") == [line, "某局荣获五一劳动奖状"]


def test_words_of_furniture_in_the_body_stay() -> None:
    body = "上一年度,我馆版权意识增强。打印材料300份,分享经验3次,点击量达3万次,相关新闻被报道5次。"
    assert only(read_text(body, source="a.txt"), "paragraph") == [body]


def test_a_second_text_below() -> None:
    text = "堤防完工\n30.12.2030 18:15\n12月30日,堤防完工,历时两年。\n30.12.2030 18:15\n某局召开年会"
    assert only(read_text(text, source="a.txt"), "boilerplate") == ["某局召开年会"]


# -- bylines, captions, signatures ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(州图书馆供稿)", "byline"), ("(记者 韩予舟 通讯员 谢怀石)", "byline"), ("(尤若松)", "byline"), ("责任编辑:邹秉南", "byline"), ("尤若松", "byline"),
        ("来源:州图书馆 作者:尤若松", "byline"), ("□通讯员 谢怀石 韩予舟", "byline"), ("(图文:谢怀石;审核:邹秉南)", "byline"),
        ("东埠二号船坞,2028年度“金锚奖”工程", "caption"), ("罗听澜(左四)查看苗情", "caption"), ("图为颁奖现场。", "caption"), ("新馆外景 谢怀石/摄", "caption"),
        ("年份\t次数", "paragraph"), ("一是走访3户。", "paragraph"),
    ],
)  # fmt: skip
def test_lines_after_a_paragraph(line: str, kind: str) -> None:
    document = read_text(f"我馆获评先进\n日前,我馆获评先进集体,办展3场。\n{line}", source="a.txt")
    assert kinds(document)[-1] == (kind, line)
    check(document)


def test_bylines_on_the_lines_of_paragraphs() -> None:
    document = read_text("馆里添了新书\n(记者 韩予舟)2月1日,州图书馆办展。\n读者说好。(尤若松)", source="a.txt")
    assert kinds(document)[1:] == [
        ("byline", "(记者 韩予舟)"),
        ("paragraph", "2月1日,州图书馆办展。"),
        ("paragraph", "读者说好。"),
        ("byline", "(尤若松)"),
    ]
    dateline = "澜江电台消息(记者 韩予舟)日前,州图书馆办展。"
    assert only(read_text(dateline, source="a.txt"), "paragraph") == [dateline]


def test_signature() -> None:
    document = read_text("我们这一年\n全年办展12场,获评先进。\n澜港集团党委\n2031年1月8日", source="a.txt")
    assert kinds(document)[2:] == [("byline", "澜港集团党委"), ("meta", "2031年1月8日")]
    assert (document.publisher, document.published) == ("澜港集团党委", "2031-01-08")


# -- publisher, period ---------------------------------------------------------------------------------------------
BODY = "\n日前,全县办展12场,获评先进。\n"


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"我们这一年{BODY}(州图书馆供稿)", "州图书馆"),
        (f"我们这一年\n——青槐县气象局2030年工作纪实{BODY}", "青槐县气象局"),
        (f"青槐县气象局2030年工作总结{BODY}", "青槐县气象局"),
        (f"中共青槐县委员会关于2030年工作的报告{BODY}", "中共青槐县委员会"),
        (f"我们这一年\n来源:青槐县水文站 时间:2031-03-01{BODY}", "青槐县水文站"),
        (f"我们这一年\n来源:澜江日报 时间:2031-03-01{BODY}", None),
        (f"我们这一年\n来源:青槐县融媒体中心{BODY}", None),
        (f"我们这一年\n来源:本站原创 作者:尤若松{BODY}", None),
        (f"我们这一年{BODY}", None),
    ],
)
def test_publisher(text: str, publisher: str | None) -> None:
    assert read_text(text, source="a.txt").publisher == publisher


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("我馆2030年工作亮点\n时间:2031-06-01\n办展12场,获评先进。", 2030),
        ("我们这几年(2028—2030年)\n时间:2031-06-01\n办展12场,获评先进。", 2030),
        ("我们这一年\n时间:2031-06-01\n2030年,我馆办展12场。", 2030),
        ("年度工作总结\n时间:2031-01-15\n我馆办展12场,获评先进。", 2030),
        ("我馆办展\n时间:2031-01-15\n1月14日,我馆办展,观者如潮。", 2031),
        ("我馆办展\n我馆办展12场,获评先进。", None),
    ],
)
def test_period(text: str, period: int | None) -> None:
    assert read_text(text, source="a.txt").period == period


# -- sections ------------------------------------------------------------------------------------------------------
def test_sections_of_four_levels() -> None:
    text = "工作总结\n近年来,集团做了两件事。\n一、强队伍\n(一)抓学习\n1.读书班\n办班12期。\n2.讲座\n①课件更新。\n②讲师3名。\n(二)抓制度\n出台十条。\n二、强服务\n走访120户。"
    document = read_text(text, source="a.txt")
    check(document)
    assert [(s.number, s.heading, s.level) for s in document.sections] == [
        ("一", "强队伍", 1), ("(一)", "抓学习", 2), ("1.", "读书班", 3), ("2.", "讲座", 3), ("①", "课件更新", 4), ("②", "讲师3名", 4),
        ("(二)", "抓制度", 2), ("二", "强服务", 1),
    ]  # fmt: skip
    assert only(document, "heading") == ["一、强队伍", "(一)抓学习", "1.读书班", "2.讲座", "(二)抓制度", "二、强服务"]
    assert document.text[document.sections[0].start : document.sections[0].end].endswith("出台十条。")


def test_what_only_looks_like_a_section() -> None:
    text = "我馆获奖\n我馆获一等奖1项。二、三等奖各2项。2031.4馆庆,3.5公里健步走。"
    assert read_text(text, source="a.txt").sections == ()


def test_markdown() -> None:
    document = read_text("# 我馆2030年工作总结\n\n## 一、概况\n\n我馆办展12场。\n", source="a.md")
    assert (document.title, document.sections[0].heading) == ("我馆2030年工作总结", "概况")


def test_full_width_reads_as_half_width() -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c in "()::,;.!?" else c for c in REPORT)
    first, second = read_text(REPORT, source="a.txt"), read_text(wide, source="a.txt")
    assert first.blocks == second.blocks
    assert [s.heading for s in first.sections] == [s.heading for s in second.sections]
    assert (first.publisher, first.published, first.period) == (second.publisher, second.published, second.period)


# -- web pages -----------------------------------------------------------------------------------------------------
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>我站荣获全省先进_青槐县水文站</title>
<meta name="PubDate" content="2031-04-09 08:12"><meta name="ContentSource" content="青槐县水文站">
<link rel="canonical" href="http://sw.example.gov.cn/a/202104/t1.html?x=2"><style>p{{}}</style><script>var a="获奖";</script></head><body>
<div class="top"><a href="#">首页</a> | <a>关于我站</a> | <a>联系方式</a></div><ul><li><a>站务公开</a></li><li><a>某局获评文明单位</a></li></ul>
<div>当前位置:<a>首页</a> &gt; <a>站务要闻</a> &gt; 正文</div><h1>我站荣获全省先进</h1><h3>——青槐县水文站2030年测报工作纪实</h3>
<div>发布时间:2031-04-09 08:12&nbsp;&nbsp;来源:青槐县水文站 浏览次数:<span id=c></span> 【字体:<a>大</a> <a>中</a> <a>小</a>】</div>
<div class="TRS_Editor"><p>&nbsp;&nbsp;近日,省水文局授予我站“银帆”
优质服务站,<b>全年</b>测流37次。</p><p style="text-align:center"><img src=x></p><p>测流现场</p>二〇三〇年,<br>站长谢怀石说,共投入修船款64万元。
<table><tr><td>年份</td>\t<td>次数</td></tr><tr><td>2030</td><td>37</td></tr></table><p style="display: none">隐藏</p><p>(谢怀石)</p></div>
<div><a>打印</a> <a>关闭</a></div><div>上一篇:<a>甲局获评全国文明单位</a></div><ul><li><a>乙局荣获五一劳动奖状</a></li></ul>
<div>青槐县水文站 版权所有</div></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gbk"), ("utf-8", "utf-8-sig")])
def test_web_page(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "页面.html"
    path.write_bytes(PAGE.format(charset=charset).encode(encoding))
    document = read(path)
    check(document)
    assert document.id == "sw.example.gov.cn/a/202104/t1.html-x-2"
    assert document.source == "http://sw.example.gov.cn/a/202104/t1.html?x=2"
    assert (document.title, document.subtitle) == ("我站荣获全省先进", "青槐县水文站2030年测报工作纪实")
    assert (document.publisher, document.published, document.period) == ("青槐县水文站", "2031-04-09", 2030)
    assert [(k, w) for k, w in kinds(document) if k in ("paragraph", "caption", "byline")] == [
        ("paragraph", "近日,省水文局授予我站“银帆” 优质服务站,全年测流37次。"),
        ("caption", "测流现场"),
        ("paragraph", "二〇三〇年,"),
        ("paragraph", "站长谢怀石说,共投入修船款64万元。"),
        ("paragraph", "年份\t次数"),
        ("paragraph", "2030\t37"),
        ("byline", "(谢怀石)"),
    ]
    assert "某局获评文明单位" in only(document, "boilerplate")
    assert "乙局荣获五一劳动奖状" in only(document, "boilerplate")
    assert "var" not in document.text and "隐藏" not in document.text


def test_a_page_of_navigation(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<ul><li><a>首页</a></li><li><a>馆务公开</a></li></ul><div>某馆 版权所有</div>", "utf-8")
    with pytest.raises(InputError, match="no Chinese report"):
        read(path)


# -- other containers ----------------------------------------------------------------------------------------------
def test_docx(tmp_path: Path) -> None:
    opened = docx.Document()
    opened.add_heading("州图书馆2030年工作亮点", 0)
    opened.add_paragraph("一、办展。全年办展12场。")
    row = opened.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "讲座", "26期"
    opened.add_paragraph("(州图书馆供稿)")
    path = tmp_path / "亮点.docx"
    opened.save(str(path))
    document = read(path)
    check(document)
    assert (document.id, document.title, document.publisher) == ("亮点", "州图书馆2030年工作亮点", "州图书馆")
    assert only(document, "paragraph") == ["一、办展。全年办展12场。", "讲座\t26期"]


def pdf(lines: list[str]) -> bytes:
    """A small PDF, its text in UTF-16 by one of the standard maps."""
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
    content = f"BT /F1 12 Tf 50 780 Td 16 TL {shown} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 80>>",
    ]
    out, starts = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{i} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()


def test_pdf(tmp_path: Path) -> None:
    path = tmp_path / "亮点.pdf"
    path.write_bytes(pdf(["州图书馆2030年工作亮点", "2030年,州图书馆坚持以读者为本,开展“书香进村”活", "动十二场,惠及读者三千余人次。", "- 1 -"]))
    document = read(path)
    check(document)
    assert (document.title, document.publisher, document.period) == ("州图书馆2030年工作亮点", "州图书馆", 2030)
    assert only(document, "paragraph") == ["2030年,州图书馆坚持以读者为本,开展“书香进村”活动十二场,惠及读者三千余人次。"]


@pytest.mark.parametrize(("suffix", "module", "package"), [(".docx", "docx", "python-docx"), (".pdf", "pypdf", "pypdf")])
def test_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, module: str, package: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"x")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=f"{package} is not installed"):
        read(path)


# -- bad input -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "empty"),
        ("a.html", b"", "empty"),
        ("a.txt", "\u3000\u3000\n".encode(), "no Chinese report"),
        ("a.txt", b"%PDF-1.7 ...", "it holds PDF"),
        ("a.html", b"%PDF-1.7 ...", "it holds PDF"),
        ("a.txt", b"PK\x03\x04....", "it holds docx"),
        ("a.txt", bytes(range(256)) * 40, "binary|encoding"),
        ("a.txt", b"\xff\xfe\x00\xd8\x00\xd8", "encoding|binary"),
        ("a.txt", b"\x81\xff\xff\xfe\x81\x20" * 50, "encoding|binary|no Chinese"),
        ("a.txt", b"An English report about nothing.", "no Chinese report"),
        ("a.md", "首页 | 关于我们 | 联系我们\n某馆 版权所有".encode(), "no Chinese report"),
        ("a.docx", b"not a zip", "not a valid docx"),
        ("a.pdf", b"not a pdf", "not a valid PDF"),
        ("a.xls", b"x", "not supported"),
        ("a", b"x", "not supported"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_bad_files(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=says) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert caught.value.zh and caught.value.en


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="no text"):
        read_text(" ", source="a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "州馆工作\n\n近日,我馆办展80场,工作成果居全州前列。\n" * 3
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding) if encoding != "gb18030" else (text + "𠮷").encode(encoding))
    assert read(path).text.startswith(text.rstrip() if encoding != "gb18030" else text)


# -- inputs --------------------------------------------------------------------------------------------------------
def test_expand(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "a.txt", "sub/c.md", "sub/~$x.docx", ".hidden/d.txt", "e.csv", "sub/.f.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("日前,我馆获评先进。", "utf-8")
    files = ["a.html", "a.txt", "b.txt", "sub/c.md"]
    assert expand([tmp_path]) == [tmp_path / name for name in files]
    assert expand([tmp_path / "b.txt", tmp_path, str(tmp_path / "*.txt")]) == [tmp_path / name for name in files]
    assert expand([str(tmp_path / "**/*.md")]) == [tmp_path / "sub/c.md"]
    assert [name for _, name in named([tmp_path])] == ["a.html", "a.txt", "b", "sub/c"]
    assert [document.id for document in read_all([tmp_path])] == ["a.html", "a.txt", "b", "sub/c"]
    for bad in (tmp_path / "none.txt", tmp_path / "*.pdf", tmp_path / ".hidden/none"):
        with pytest.raises(InputError):
            expand([bad])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file matches"):
        expand([tmp_path / "empty"])


def test_identify() -> None:
    assert identify("https://www.example.cn/a b/《报告》(一).html#x") == "www.example.cn/a-b/《报告》(一).html-x"
    assert identify("../../etc/passwd") == "etc/passwd"
    assert identify("a\\b\\报告") == "a/b/报告"
    assert identify("???") == "report"


# -- properties ----------------------------------------------------------------------------------------------------
LINES = st.sampled_from([*REPORT.splitlines(), "来源:", "阅读量:12", "(一)", "1.", "一、", "——", "(尤若松)", "2031-04-09", "上一篇:", "获奖。", "\u3000", "# ", "标题 时间:2031-1-2 正文,"])


@given(st.lists(st.one_of(LINES, st.text(max_size=20)), min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_text(lines: list[str]) -> None:
    text = "\n".join(["何家湾村获评示范村,", *lines])
    document = read_text(text, source="a.txt")
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end
        between = document.text[last : block.start]
        assert not [c for c in between if not c.isspace() and c not in "\u200b\u200c\u200d\ufeff#>|/;┃"]
        last = block.end
    for section in document.sections:
        assert section.start < section.end <= len(document.text)
    assert read_text(text, source="a.txt") == document
