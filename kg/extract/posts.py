"""Posts: who holds which title where, in every order that reports use."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.reading import Sentence
from kg.extract.scene import Scene
from kg.model import Mention, Post
from kg.rules import load
from kg.rules.cues import words

_RULES = load("post")
_ORGAN, _ORGAN_TITLE, _PARTY = (_RULES.pattern(f"post.{name}") for name in ("organ", "organ-title", "party-title"))
_ADDRESS, _OUTSIDE = _RULES.pattern("post.address"), _RULES.pattern("post.outside")
_DEPARTMENT, _TAKES, _VILLAGE = (_RULES.pattern(f"post.{name}") for name in ("department", "takes", "village"))
_TRADE = _RULES.pattern("post.trade")
_TITLE_GAP, _NEXT_TITLE = _RULES.pattern("post.title-gap"), _RULES.pattern("post.next-title")
_ORGANIZATION_GAP, _SERIES = _RULES.pattern("post.organization-gap"), _RULES.pattern("post.series")

Title = tuple[int, int]  # where the words of a title start and end


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
        for title, org in _before(scene, titles, person, floor) or _trade(scene, s, person, floor):
            series = last_org if i and _SERIES.match(scene.text[floor : person.start]) else None
            org = org or series
            last_org = org or last_org
            yield _post(scene, s, person, title, org, "post.before-name")
        ceiling = people[i + 1].start if i + 1 < len(people) else s.end
        for title, org in _after(scene, titles, person, ceiling):
            yield _post(scene, s, person, title, org, "post.after-name")


def _before(scene: Scene, titles: list[Title], person: Mention, floor: int) -> list[tuple[Title, Mention | None]]:
    """Titles that run up to a name, right to left: [organisation] title、[organisation] title NAME."""
    found: list[tuple[Title, Mention | None]] = []
    at = person.start
    while near := [t for t in titles if floor <= t[0] and t[1] <= at and _joined(scene.text[t[1] : at])]:
        title = max(near)
        if found and title[1] == at:
            break
        org = _organization(scene, title[0], floor)
        found.append((title, org))
        at = org.start if org else title[0]
    known: Mention | None = None
    out = []
    for title, org in reversed(found):
        known = org or known
        out.append((title, known))
    return out


def _trade(scene: Scene, s: Sentence, person: Mention, floor: int) -> list[tuple[Title, Mention | None]]:
    """An occupation that no list of titles has: the nouns between the last name before a person and the person."""
    named = [m.end for m in scene.within(floor, person.start) if m.kind != "Person"]
    start = max([floor, *named])
    at = person.start
    while (word := s.lexis.before(at - s.start)) is not None:
        left = word.start + s.start
        if left < start or person.start - left > 8 or word.pos[0] not in "nvajbmlz" or word.text in words("verbs", "stop"):
            break
        at = left
    title = scene.text[at : person.start]
    if len(title) < 2 or not _TRADE.search(title) or is_address(title):
        return []
    return [((at, person.start), _organization(scene, at, floor))]


def _joined(gap: str) -> bool:
    return not gap or _TITLE_GAP.fullmatch(gap) is not None


def _organization(scene: Scene, end: int, floor: int) -> Mention | None:
    """The longest organisation (or place) that ends where a title starts."""
    near = [m for m in scene.within(floor, end, ("Organization", "Place")) if m.end >= end - 2]
    fitting = [m for m in near if (gap := scene.text[m.end : end]) == "" or _ORGANIZATION_GAP.fullmatch(gap)]
    return min(fitting, key=lambda m: (m.start, -m.end), default=None)


def _after(scene: Scene, titles: list[Title], person: Mention, ceiling: int) -> Iterator[tuple[Title, Mention | None]]:
    """'韩予舟院士', '罗听澜,青槐县气象局局长', '罗听澜任局长'."""
    known: Mention | None = None
    at = person.end
    for title in titles:
        if title[0] < person.end or title[1] > ceiling:
            continue
        org = _organization(scene, title[0], person.end)
        gap = scene.text[at : org.start if org else title[0]]
        first = at == person.end
        if not _follows(gap, first=first, named=org is not None, noted=scene.text[person.end : person.end + 1] in ("(", "（")):
            break
        if first and not gap and title[1] < ceiling and _names_next(scene, title[1]):
            break
        known = org or known
        yield title, known
        at = title[1]


def _follows(gap: str, *, first: bool, named: bool, noted: bool) -> bool:
    """Whether what stands between a name and a title makes it the person's: nothing, a bracket, 任, a comma."""
    if not gap or (noted and gap in ("(", "（")):
        return True
    if _TAKES.search(gap) and len(gap) <= 12:
        return True
    return gap in (",", "，") and named if first else bool(_NEXT_TITLE.fullmatch(gap))


def _names_next(scene: Scene, offset: int) -> bool:
    return any(m.start == offset and m.kind == "Person" for m in scene.mentions)


def _host(scene: Scene, org: Mention) -> tuple[Mention | None, str]:
    """'局党委' is an organ of '局': the host, and the organ's own word."""
    organ = _ORGAN.search(org.text)
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


def _guess(scene: Scene, s: Sentence, title: Title) -> Mention | None:
    """Whose post a title without organisation is: the last body named that has such a head, else the publisher."""
    words = scene.text[title[0] : title[1]]
    if _OUTSIDE.search(words):
        return None
    earlier = [m for m in scene.within(scene.document.blocks[s.block].start, title[0], ("Organization", "Place")) if m.subtype != "Media"]
    if len(words) >= 2 and words[-1] == "长":
        fitting = [m for m in earlier if m.text.endswith(words[-2])]
        if fitting:
            return fitting[-1]
    if _VILLAGE.search(words):
        fitting = [m for m in earlier if m.text.endswith(("支部", "村", "社区"))]
        if fitting:
            return fitting[-1]
    return scene.publisher or (earlier[-1] if earlier else None)


def _post(scene: Scene, s: Sentence, person: Mention, title: Title, org: Mention | None, rule: str) -> Post:
    held = scene.text[title[0] : title[1]]
    confidence = 0.9
    if org is None:
        org = _guess(scene, s, title)
        rule, confidence = ("post.inherited-organization", 0.7) if org else (rule, 0.9)
    elif org.kind == "Organization":
        held, org = _at_host(scene, org, held)
    date, _ = scene.time(s, person.start, person.end)
    evidence = scene.evidence(s, rule, confidence, (title[0], person.end))
    return Post(person=person, title=held, organization=org, date=date, evidence=evidence)


def _at_host(scene: Scene, org: Mention, words: str) -> tuple[str, Mention | None]:
    """The title and the body that it is held in: 局党委+书记 stays, 局党委+局长 is the bureau's."""
    host, organ = _host(scene, org)
    if organ and _ORGAN_TITLE.match(words):
        return organ + words, org
    if organ and not _PARTY.match(words):
        return words, host
    if not organ and _DEPARTMENT.search(org.text):
        nested = [m for m in scene.mentions if m.start == org.start and m.end < org.end and m.kind == "Organization"]
        inner = max(nested, key=lambda m: m.end, default=None)
        if inner is not None and inner.end - inner.start >= 3:
            return scene.text[inner.end : org.end] + words, inner
    return words, org


def is_address(title: str) -> bool:
    """Words that stand by names but name no post."""
    return _ADDRESS.fullmatch(title) is not None
