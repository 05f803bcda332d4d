"""Latin spelling of Chinese names: pinyin with the readings that surnames have, for people and places.

pypinyin reads the characters; it has no surname mode (python-pinyin issue 297), so a table here gives the readings that
differ in surnames (单 Shan, 仇 Qiu, 万俟 Moqi). Some surnames are read in two ways, by family (覃 Qin or Tan, 乐 Yue or Le):
the commoner one stands here, and ``reading`` overrides it for a person known to use the other.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

__all__ = ["initials", "pinyin", "pinyin_name", "split_name"]

# Surnames whose reading differs from the character's commonest one, and compound surnames.
SURNAME_READINGS: Final = {
    "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "曾": "zeng", "朴": "piao", "盖": "ge", "缪": "miao",
    "翟": "zhai", "华": "hua", "宁": "ning", "员": "yun", "覃": "qin", "谌": "chen", "乐": "yue", "任": "ren", "折": "she",
    "洗": "xian", "冼": "xian", "种": "chong", "隗": "wei", "秘": "bi", "逄": "pang", "繁": "po", "黑": "he", "宿": "su",
    "薄": "bo", "柏": "bai", "牟": "mou", "纪": "ji", "葛": "ge", "臧": "zang", "瞿": "qu", "卜": "bu", "车": "che",
    "召": "shao", "訾": "zi", "么": "yao", "幺": "yao", "过": "guo", "应": "ying", "哈": "ha", "撒": "sa", "燕": "yan",
    "盛": "sheng", "石": "shi", "重": "chong", "行": "xing", "那": "na", "能": "nai", "祭": "zhai", "褚": "chu", "俞": "yu",
    "尉": "wei", "佟": "tong", "庹": "tuo", "阚": "kan", "晁": "chao", "仉": "zhang", "郗": "xi", "都": "du", "句": "gou",
    "勾": "gou", "长": "chang", "令": "ling", "会": "gui", "斗": "dou", "弗": "fei", "蕃": "pi", "尹": "yin", "贾": "jia",
    "沈": "shen", "洪": "hong", "教": "jiao", "相": "xiang", "强": "qiang", "降": "jiang", "晟": "cheng", "娜": "na",
    "占": "zhan", "呙": "guo", "郇": "xun", "妫": "gui", "佴": "nai", "乜": "nie", "厍": "she", "亓": "qi", "仝": "tong",
    "於": "yu", "啜": "chuai", "曲": "qu", "闫": "yan", "冯": "feng", "参": "shen",
    "大": "da", "省": "xing", "眭": "sui", "缴": "jiao", "藏": "zang", "莘": "shen", "郝": "hao", "邵": "shao", "阙": "que",
    "哪": "na", "适": "kuo", "粘": "nian", "苫": "shan", "瘳": "chou", "奇": "qi", "钭": "tou", "干": "gan", "谷": "gu",
    "欧阳": "ouyang", "司马": "sima", "上官": "shangguan", "司徒": "situ", "诸葛": "zhuge", "皇甫": "huangfu",
    "尉迟": "yuchi", "公孙": "gongsun", "慕容": "murong", "令狐": "linghu", "夏侯": "xiahou", "端木": "duanmu",
    "长孙": "zhangsun", "宇文": "yuwen", "轩辕": "xuanyuan", "独孤": "dugu", "南宫": "nangong", "万俟": "moqi",
    "澹台": "tantai", "淳于": "chunyu", "单于": "chanyu", "申屠": "shentu", "濮阳": "puyang", "钟离": "zhongli",
    "闾丘": "lüqiu", "鲜于": "xianyu", "赫连": "helian", "呼延": "huyan", "拓跋": "tuoba", "百里": "baili", "公冶": "gongye",
    "宗政": "zongzheng", "乐正": "yuezheng", "闻人": "wenren", "第五": "diwu", "太史": "taishi", "东方": "dongfang",
    "西门": "ximen", "亓官": "qiguan", "司空": "sikong", "司寇": "sikou", "仲孙": "zhongsun", "颛孙": "zhuansun",
    "完颜": "wanyan", "纳兰": "nalan", "叶赫": "yehe", "爱新觉罗": "aixinjueluo", "谷梁": "guliang", "夹谷": "jiagu",
    "羊舌": "yangshe", "漆雕": "qidiao", "壤驷": "rangsi", "公羊": "gongyang", "巫马": "wuma", "段干": "duangan",
    "梁丘": "liangqiu", "左丘": "zuoqiu", "东郭": "dongguo", "东门": "dongmen", "南门": "nanmen", "宰父": "zaifu",
}  # fmt: skip
# Characters of given names whose reading in names is not the commonest one.
GIVEN_READINGS: Final = {"长": "chang", "行": "xing", "还": "huan", "都": "du", "校": "xiao"}
_PLACE_SUFFIXES: Final = (
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "开发区", "街道", "社区", "嘎查", "苏木", "地区", "新区", "省", "市", "州", "盟", "县", "区",
    "旗", "镇", "乡", "村",
)  # fmt: skip
_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+")


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name; the surname is '' for a name that begins with none that is known to be compound.

    >>> split_name('欧阳建华'), split_name('胡道银'), split_name('尉迟明')
    (('欧阳', '建华'), ('胡', '道银'), ('尉迟', '明'))
    """
    for size in (4, 2):
        if len(name) > size and name[:size] in SURNAME_READINGS:
            return name[:size], name[size:]
    return name[:1], name[1:]


def pinyin_name(name: str, *, reading: str | None = None) -> str:
    """The Latin form of a person's name: surname, then given name, each one word.

    ``reading`` gives the surname's reading where the family's is known to be the rarer one. A name with a middle dot
    (a transliteration, 阿依古丽·买买提) is spelt part by part; what is not Chinese stays as it is.

    >>> pinyin_name('胡道银'), pinyin_name('单立新'), pinyin_name('万俟雪'), pinyin_name('吕长春')
    ('Hu Daoyin', 'Shan Lixin', 'Moqi Xue', 'Lü Changchun')
    >>> pinyin_name('覃丽芳'), pinyin_name('覃丽芳', reading='tan'), pinyin_name('刘西安')
    ('Qin Lifang', 'Tan Lifang', "Liu Xi'an")
    """
    name = re.sub(r"\s+", "", name)
    if re.search("[·•・]", name):
        return " ".join(_word(_pairs(part)) for part in re.split("[·•・]", name) if part)
    if not _HAN.fullmatch(name) or len(name) < 2:
        return _word(_pairs(name))
    surname, given = split_name(name)
    spelt = reading or SURNAME_READINGS.get(surname) or "".join(_by_character(surname))
    return f"{spelt.capitalize()} {_word(_given(given))}"


def pinyin(name: str) -> str:
    """A readable Latin form of a place or another name: the proper part as one word, its kind as another.

    >>> pinyin('何家湾村'), pinyin('竹山县'), pinyin('湖北省'), pinyin('西安市')
    ('Hejiawan Cun', 'Zhushan Xian', 'Hubei Sheng', "Xi'an Shi")
    >>> pinyin('重庆市'), pinyin('厦门市'), pinyin('310国道')
    ('Chongqing Shi', 'Xiamen Shi', '310guodao')
    """
    name = re.sub(r"\s+", "", name)
    suffix = next((s for s in _PLACE_SUFFIXES if name.endswith(s) and len(name) > len(s)), "")
    pairs = _pairs(name)
    if not suffix:
        return _word(pairs)
    return f"{_word(pairs[: -len(suffix)])} {_word(pairs[-len(suffix) :])}"


def initials(name: str, *, person: bool = False) -> str:
    """The first letter of each syllable, in lower case, for search by abbreviation; of a person, as surnames are read.

    >>> initials('何家湾村'), initials('单立新', person=True), initials('吕长春')
    ('hjwc', 'slx', 'lcc')
    """
    name = re.sub(r"\s+", "", name)
    letters = "".join(s[0] if _HAN.fullmatch(c) else s for c, s in _pairs(name)).lower()
    reading = SURNAME_READINGS.get(split_name(name)[0]) if person else None
    return reading[0] + letters[1:] if reading else letters


def _pairs(name: str) -> list[tuple[str, str]]:
    """Each character with its syllable; what is not Chinese stands for itself."""
    return list(zip(name, _by_character(name), strict=True))


@cache
def _by_character(name: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    spelt: list[str] = []
    for run in re.findall(rf"{_HAN.pattern}|.", name, re.DOTALL):
        if not _HAN.fullmatch(run):
            spelt.append(run)
            continue
        found = lazy_pinyin(run, style=Style.NORMAL, v_to_u=True)
        spelt += found if len(found) == len(run) else [lazy_pinyin(c, v_to_u=True)[0] for c in run]
    return tuple(spelt)


def _given(given: str) -> list[tuple[str, str]]:
    pairs = [(char, GIVEN_READINGS.get(char, syllable)) for char, syllable in _pairs(given)]
    if given.startswith("重"):  # 重阳, 重光; but 大重 is read zhong
        pairs[0] = "重", "chong"
    return pairs


def _word(pairs: list[tuple[str, str]]) -> str:
    """One word, capitalised, with an apostrophe before a later syllable that begins with a vowel."""
    word = ""
    for char, syllable in pairs:
        apart = word[-1:].isalpha() and syllable[0] in "aeo" and _HAN.fullmatch(char)
        word += f"'{syllable}" if apart else syllable
    return word[:1].upper() + word[1:]
