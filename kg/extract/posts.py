"""Posts: who holds which title where, in every order that reports use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.reading import Sentence
from kg.extract.scene import Scene
from kg.model import Mention, Post

_ORGANS = re.compile(r"(?:党委|党组|党总支|总支|党支部|支部|团委|团支部|工会|妇联|纪委|党工委)$")
_ORGAN_POSTS = re.compile(r"^(?:常务|专职|第一)?(?:副)?(?:书记|主席|委员|组长|主任)$")
_ADDRESS = frozenset("同志 先生 女士 老师 记者 通讯员 党员 代表 成员 委员 队员 职工 干部 群众 选手 学生 同学".split())
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
    titles = [t for t in scene.titles if s.start <= t[0] and t[1] <= s.end]
    last_org: Mention | None = None
    for i, person in enumerate(people):
        floor = people[i - 1].end if i else s.start
        before = _before(scene, titles, person, floor)
        for title, org in before:
            org = org or (last_org if i and _series(scene.text[floor : person.start]) else None) or _own(scene, title)
            last_org = org or last_org
            yield _post(scene, s, person, title, org, "post.before-name")
        ceiling = people[i + 1].start if i + 1 < len(people) else s.end
        for title, org in _after(scene, titles, person, ceiling):
            yield _post(scene, s, person, title, org or _own(scene, title), "post.after-name")


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


def _own(scene: Scene, title: tuple[int, int]) -> Mention | None:
    """'局长' without an organisation is the publisher's, where the publisher is a 局."""
    words = scene.text[title[0] : title[1]]
    noun = scene.noun
    if noun and scene.publisher and re.fullmatch(f"(?:党委|党组)?(?:常务)?副?{re.escape(noun[-1])}长", words):
        return scene.publisher
    return None


def _post(scene: Scene, s: Sentence, person: Mention, title: tuple[int, int], org: Mention | None, rule: str) -> Post:
    words = scene.text[title[0] : title[1]]
    if org is not None and org.kind == "Organization":
        organ = _ORGANS.search(org.text)
        if organ and _ORGAN_POSTS.match(words):
            words = organ[0] + words
    date, _ = scene.time(s, person.start, person.end)
    return Post(person=person, title=words, organization=org, date=date, evidence=scene.evidence(s, rule, 0.9, (title[0], person.end)))


def is_address(title: str) -> bool:
    """Words that stand by names but name no post."""
    return title in _ADDRESS
