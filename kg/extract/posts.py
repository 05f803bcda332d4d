"""Posts: who holds which title where, in every order that reports use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.reading import Sentence
from kg.extract.scene import Scene
from kg.model import Mention, Post

_ORGANS = re.compile(r"(?:党委|党组|党总支|总支|党支部|支部|团委|团支部|工会|妇联|纪委|党工委)$")
_ORGAN_POSTS = re.compile(r"^(?:常务|专职|第一)?(?:副)?(?:书记|主席|委员|组长|主任)$")
_ADDRESS = frozenset(
    "同志 先生 女士 老师 记者 通讯员 特约记者 摄影 党员 代表 成员 队员 职工 干部 党务干部 群众 选手 学生 同学 编辑 责任编辑 会员 学员 运动员 作者 志愿者 师傅 居民 村民 农户 团员 嘉宾 骨干 标兵 能手 劳模 工匠 师生 评委 主持人 组员 社工 翻译 诗人 画家 作家 讲解员 班子成员 负责人员".split()
)
_OUTSIDE = re.compile(r"总书记|总理|国家主席|教授|院士|研究员|博士|硕士|专家|律师")
_LEADS = re.compile(r"(?:书记|主席|主任|经理|长|董事|监事|总裁|总监|总工)$")
_DEPARTMENT = re.compile(r"(?:政治部|办公室|党委|党组|纪委|工会|团委|党支部|党总支|机关党委|组织部|宣传部|人事处|政治处|综合科|综合部|妇联|支部)$")
_TAKES = re.compile(r"(?:现任|担任|兼任|出任|历任|当选为|被任命为|被聘为|受聘为|任|作为|系|是)$")


def posts(scene: Scene) -> Iterator[Post]:
    """All posts of the document, in order, each once a sentence."""
    for s in scene.sentences:
        seen: set[tuple[str, str, str]] = set()
        for post in _sentence(scene, s):
            key = (post.person.name, post.title, post.organization.name if post.organization else "")
            if key not in seen:
                seen.add(key)
                yield post


def _sentence(scene: Scene, s: Sentence) -> Iterator[Post]:
    people = scene.within(s.start, s.end, ("Person",))
    titles = [t for t in scene.titles if s.start <= t[0] and t[1] <= s.end and not is_address(scene.text[t[0] : t[1]])]
    last_org: Mention | None = None
    for i, person in enumerate(people):
        floor = people[i - 1].end if i else s.start
        for title, org in _before(scene, titles, person, floor):
            series = last_org if i and _series(scene.text[floor : person.start]) else None
            org = org or series
            last_org = org or last_org
            yield _post(scene, s, person, title, org, "post.before-name")
        ceiling = people[i + 1].start if i + 1 < len(people) else s.end
        for title, org in _after(scene, titles, person, ceiling):
            yield _post(scene, s, person, title, org, "post.after-name")


def _series(gap: str) -> bool:
    return bool(re.match(r"^(?:[(（][^)）]*[)）])?[、,，和及与]", gap))


def _before(scene: Scene, titles: list[tuple[int, int]], person: Mention, floor: int) -> list[tuple[tuple[int, int], Mention | None]]:
    """Titles that run up to a name, right to left: [organisation] title、[organisation] title NAME."""
    text = scene.text
    found: list[tuple[tuple[int, int], Mention | None]] = []
    at = person.start
    while True:
        gap_free = [t for t in titles if t[1] <= at and t[0] >= floor and re.fullmatch(r"[\s、,，兼和及与:：]{0,2}|兼任|、兼", text[t[1] : at])]
        if not gap_free:
            break
        t = max(gap_free)
        if found and text[t[1] : at] == "" and t[1] == at:
            break
        org = _organization(scene, t[0], floor)
        found.append((t, org))
        at = org.start if org else t[0]
    known: Mention | None = None
    out = []
    for t, org in reversed(found):
        known = org or known
        out.append((t, known))
    return out


def _organization(scene: Scene, end: int, floor: int) -> Mention | None:
    """The organisation (or place) that ends where a title starts."""
    best: Mention | None = None
    for m in scene.mentions:
        if m.start >= floor and m.end <= end and m.kind in ("Organization", "Place") and re.fullmatch(r"(?:的|原|时任|现任|\s)?", scene.text[m.end : end]):
            if best is None or m.start < best.start or (m.start == best.start and m.end > best.end):
                best = m
    return best


def _after(scene: Scene, titles: list[tuple[int, int]], person: Mention, ceiling: int) -> Iterator[tuple[tuple[int, int], Mention | None]]:
    """'韩予舟院士', '罗听澜,青槐县气象局局长', '罗听澜任局长'."""
    text = scene.text
    known: Mention | None = None
    at = person.end
    close = None
    if text[at : at + 1] in ("(", "（"):
        close = at
    for t in titles:
        if t[0] < person.end or t[1] > ceiling:
            continue
        org = _organization(scene, t[0], person.end)
        left = org.start if org else t[0]
        gap = text[at:left]
        first = at == person.end
        good = (
            gap == ""
            or (close is not None and gap in ("(", "（"))
            or bool(_TAKES.search(gap) and len(gap) <= 12)
            or (not first and re.fullmatch(r"[、,，兼和及]{1,2}|兼任", gap))
            or (first and gap in (",", "，") and org is not None)
        )
        if not good:
            break
        if first and gap == "" and text[t[1] : t[1] + 1] and ceiling > t[1] and _names_next(scene, t[1]):
            break
        known = org or known
        yield t, known
        at = t[1]


def _names_next(scene: Scene, offset: int) -> bool:
    return any(m.start == offset and m.kind == "Person" for m in scene.mentions)


def _host(scene: Scene, org: Mention) -> tuple[Mention | None, str]:
    """'局党委' is an organ of '局': the host, and the organ's own word."""
    organ = _ORGANS.search(org.text)
    if not organ or org.kind != "Organization":
        return org, ""
    cut = org.start + organ.start()
    inner = [m for m in scene.mentions if m.start == org.start and m.end == cut and m.kind in ("Organization", "Place")]
    if inner:
        return inner[0], organ[0]
    stem = scene.text[org.start : cut].lstrip("我本该")
    if scene.publisher and (not stem or stem == scene.noun or (scene.noun or "").endswith(stem)):
        return scene.publisher, organ[0]
    return org, organ[0]


def _guess(scene: Scene, s: Sentence, title: tuple[int, int]) -> Mention | None:
    """Whose post a title without organisation is: the last body named that has such a head, else the publisher."""
    words = scene.text[title[0] : title[1]]
    if _OUTSIDE.search(words):
        return None
    earlier = [m for m in scene.within(scene.document.blocks[s.block].start, title[0], ("Organization", "Place")) if m.subtype != "Media"]
    if len(words) >= 2 and words[-1] == "长":
        fitting = [m for m in earlier if m.text.endswith(words[-2])]
        if fitting:
            return fitting[-1]
    if re.search("支部|村", words):
        fitting = [m for m in earlier if m.text.endswith(("支部", "村", "社区"))]
        if fitting:
            return fitting[-1]
    same = [m for m in earlier if m.start >= s.start]
    if same and not _LEADS.search(words):
        return same[-1]
    return scene.publisher or (earlier[-1] if earlier else None)


def _post(scene: Scene, s: Sentence, person: Mention, title: tuple[int, int], org: Mention | None, rule: str) -> Post:
    words = scene.text[title[0] : title[1]]
    confidence = 0.9
    if org is None:
        org = _guess(scene, s, title)
        rule, confidence = "post.inherited-organization" if org else rule, 0.7 if org else 0.9
    elif org.kind == "Organization":
        host, organ = _host(scene, org)
        if organ and _ORGAN_POSTS.match(words):
            words = organ + words
        elif organ and not re.match(r"(?:党|团|纪|工会|妇联)", words):
            org = host  # 局党委书记、局长: the second is the host's
        elif _DEPARTMENT.search(org.text):
            inner = max((m for m in scene.mentions if m.start == org.start and m.end < org.end and m.kind == "Organization"), key=lambda m: m.end, default=None)
            if inner is not None and inner.end - inner.start >= 3:
                words, org = scene.text[inner.end : org.end] + words, inner
    date, _ = scene.time(s, person.start, person.end)
    return Post(person=person, title=words, organization=org, date=date, evidence=scene.evidence(s, rule, confidence, (title[0], person.end)))


def is_address(title: str) -> bool:
    """Words that stand by names but name no post."""
    return title in _ADDRESS
