"""A small report of invented organisations with its extraction and resolution, shared by the graph tests."""

from __future__ import annotations

from kg.model import (
    ActivityFact,
    Assistance,
    Award,
    Block,
    Cooperation,
    Coverage,
    Document,
    Entity,
    EntityKind,
    Evidence,
    Extraction,
    Fact,
    Measure,
    Mention,
    Merge,
    PartOf,
    Post,
    Quantity,
    Resolution,
    Section,
    Visit,
)

SENTENCES = {
    "title": "云岭省林业局2023年党建工作亮点",
    "post": "局党委书记、局长沈青禾出席全省林业工作会议。",
    "award": "我局获评全国绿化先进集体,3名党员获评优秀个人。",
    "joint": "2023年6月15日,省委、省政府授予我局青松杯竞赛一等奖(云发〔2023〕5号)。",
    "part": "青石县白水镇杨柳村由我局帮扶,投入资金98万元,其中道路硬化30万元。",
    "village": "杨柳村被评为省级乡村振兴示范村。",
    "branch": "云岭省林业局勘察院第一党支部获评省直机关红旗党支部。",
    "activity": "6月17日在白水镇、杨柳村举办植树日,沈青禾和局团委参加。",
    "media": "近百篇信息被《云岭日报》报道。",
    "coop": "与12个县签订战略合作协议。",
    "visit": "党员到老林场纪念馆参观学习。",
}
TEXT = "\n".join(SENTENCES.values()) + "\n"
REPORT = "https://example.org/报告?id=1"


def span(sentence: str, words: str) -> tuple[int, int]:
    """Offsets of words inside one of the sentences."""
    start = TEXT.index(SENTENCES[sentence]) + SENTENCES[sentence].index(words)
    return start, start + len(words)


def mention(
    sentence: str, words: str, kind: EntityKind, subtype: str, name: str = "", **more: bool
) -> Mention:
    """A mention of those words in that sentence."""
    return Mention(
        *span(sentence, words), words, kind, subtype, name or words, f"test.{kind.lower()}", 0.9, **more
    )


def says(sentence: str, rule: str, confidence: float = 0.9) -> Evidence:
    """The whole sentence as evidence."""
    return Evidence(*span(sentence, SENTENCES[sentence]), rule, confidence)


def money(words: str, value: float) -> Quantity:
    """An exact amount in the sentence about the village."""
    return Quantity(value, "元", False, value, value, *span("part", words))


bureau_title = mention("title", "云岭省林业局", "Organization", "Bureau")
bureau = mention("post", "局", "Organization", "Bureau", "云岭省林业局")
we = mention("award", "我局", "Organization", "Bureau", "云岭省林业局")
we_joint = mention("joint", "我局", "Organization", "Bureau", "云岭省林业局")
we_part = mention("part", "我局", "Organization", "Bureau", "云岭省林业局")
person = mention("post", "沈青禾", "Person", "Person")
person_again = mention("activity", "沈青禾", "Person", "Person")
meeting = mention("post", "全省林业工作会议", "Activity", "Meeting")
national = mention("award", "全国绿化先进集体", "Honour", "HonoraryTitle")
individual = mention("award", "优秀个人", "Honour", "HonoraryTitle")
members = mention("award", "党员", "Group", "Group")
cup = mention("joint", "青松杯竞赛一等奖", "Honour", "Prize")
committee = mention("joint", "省委", "Organization", "PartyCommittee")
government = mention("joint", "省政府", "Organization", "PeoplesGovernment")
county = mention("part", "青石县", "Place", "County")
town = mention("part", "白水镇", "Place", "Township")
village = mention("part", "杨柳村", "Place", "Village")
village_again = mention("village", "杨柳村", "Place", "Village")
model_village = mention("village", "省级乡村振兴示范村", "Honour", "HonoraryTitle")
host = mention("branch", "云岭省林业局", "Organization", "Bureau")
institute = mention("branch", "云岭省林业局勘察院", "Organization", "ResearchInstitute", "云岭省林业局勘察院")
branch = mention("branch", "云岭省林业局勘察院第一党支部", "Organization", "PartyBranch")
red_flag = mention("branch", "省直机关红旗党支部", "Honour", "HonoraryTitle")
planting = mention("activity", "植树日", "Activity", "Campaign")
town_activity = mention("activity", "白水镇", "Place", "Township")
village_activity = mention("activity", "杨柳村", "Place", "Village")
league = mention("activity", "局团委", "Organization", "YouthLeague")
paper = mention("media", "《云岭日报》", "Organization", "Media", "云岭日报")
counties = mention("coop", "县", "Group", "Group")
visitors = mention("visit", "党员", "Group", "Group")
museum = mention("visit", "老林场纪念馆", "Place", "Museum")

_total = money("98万元", 980000.0)
FACTS: tuple[Fact, ...] = (
    Post(evidence=says("post", "post.title"), person=person, title="党委书记", organization=bureau),
    Post(evidence=says("post", "post.title"), person=person, title="局长", organization=bureau),
    ActivityFact(evidence=says("post", "activity.named"), activity=meeting, participants=(person,)),
    Award(evidence=says("award", "award.verb"), recipient=we, honour=national, level="national", year=2023),
    Award(evidence=says("award", "award.group"), recipient=members, honour=individual, count=3, year=2023),
    Award(
        evidence=says("joint", "award.conferred"),
        support=(says("title", "subject.publisher"),),
        recipient=we_joint,
        honour=cup,
        grade="一等奖",
        level="provincial",
        rank="省部级",
        rank_source="lexicon",
        conferrers=(committee, government),
        date="2023-06-15",
        document_number="云发〔2023〕5号",
    ),
    PartOf(evidence=says("part", "place.chain"), child=village, parent=town),
    PartOf(evidence=says("branch", "org.chain"), child=branch, parent=institute),
    PartOf(evidence=says("branch", "org.chain"), child=institute, parent=host),
    Assistance(
        evidence=says("part", "assist"),
        helper=we_part,
        village=village,
        what="投入资金",
        quantity=_total,
        year=2023,
    ),
    Assistance(evidence=says("part", "assist"), helper=we_part, village=village, what="道路硬化"),
    Measure(
        evidence=says("part", "measure"), indicator="投入资金", quantity=_total, subject=we_part, year=2023
    ),
    Measure(
        evidence=says("part", "measure", 0.4),
        indicator="道路硬化",
        quantity=money("30万元", 300000.0),
        part_of=_total.start,
        unsure="主体不明",
    ),
    Award(
        evidence=says("village", "award.verb"),
        recipient=village_again,
        honour=model_village,
        level="provincial",
        year=2023,
    ),
    Award(evidence=says("branch", "award.verb"), recipient=branch, honour=red_flag, level="provincial"),
    ActivityFact(
        evidence=says("activity", "activity.held"),
        activity=planting,
        date="2023-06-17",
        places=(town_activity, village_activity),
        participants=(person_again, league),
    ),
    Coverage(
        evidence=says("media", "coverage"),
        media=paper,
        subject=bureau_title,
        count=Quantity(100.0, "篇", True, None, 100.0, *span("media", "近百篇")),
    ),
    Cooperation(
        evidence=says("coop", "cooperation"),
        party=bureau_title,
        partner=counties,
        what="战略合作协议",
        quantity=Quantity(12.0, "个", False, 12.0, 12.0, *span("coop", "12个")),
        year=2023,
    ),
    Visit(evidence=says("visit", "visit", 0.5), visitor=visitors, site=museum),
)

KEYS: dict[str, tuple[Mention, ...]] = {
    "organization/云岭省林业局": (bureau_title, bureau, we, we_joint, we_part, host),
    "organization/云岭省委": (committee,),
    "organization/云岭省政府": (government,),
    "organization/云岭省林业局勘察院": (institute,),
    "organization/云岭省林业局勘察院第一党支部": (branch,),
    "organization/云岭省林业局团委": (league,),
    "organization/云岭日报": (paper,),
    "person/沈青禾": (person, person_again),
    "place/990101000000": (county,),
    "place/990101105000": (town, town_activity),
    "place/990101105203": (village, village_again, village_activity),
    "place/老林场纪念馆": (museum,),
    "honour/全国绿化先进集体": (national,),
    "honour/优秀个人": (individual,),
    "honour/青松杯竞赛一等奖": (cup,),
    "honour/省级乡村振兴示范村": (model_village,),
    "honour/省直机关红旗党支部": (red_flag,),
    "activity/全省林业工作会议": (meeting,),
    "activity/植树日": (planting,),
    "group/党员": (members, visitors),
    "group/县": (counties,),
}
LABEL = {
    "place/990101000000": "青石县",
    "place/990101105000": "青石县白水镇",
    "place/990101105203": "青石县白水镇杨柳村",
}
PINYIN = {"person/沈青禾": "Shen Qinghe", "place/990101105203": "Yangliu Cun"}


def _entity(key: str, mentions: tuple[Mention, ...]) -> Entity:
    first = mentions[0]
    name = key.partition("/")[2]
    forms = dict.fromkeys(m.text for m in mentions)
    code = name if name.isdecimal() else None
    merges = tuple(
        Merge(REPORT, m.start, m.end, m.text, "same-name", 0.5 if m.text == "局" else 0.95)
        for m in mentions[1:]
    )
    return Entity(
        key,
        first.kind,
        first.subtype,
        LABEL.get(key, name),
        labels=tuple(forms),
        pinyin=PINYIN.get(key),
        code=code,
        candidates=("990102000001", "990103000001") if "纪念馆" in key else (),
        level="national" if "全国" in key else None,
        merges=merges,
    )


def document() -> Document:
    """The report: a title and ten sentences in one section."""
    start = len(SENTENCES["title"]) + 1
    return Document(
        REPORT,
        TEXT,
        blocks=(Block(0, start - 1, "title"), Block(start, len(TEXT), "paragraph", 0)),
        sections=(Section(start, len(TEXT), "一", "工作亮点", 1),),
        title=SENTENCES["title"],
        publisher="云岭省林业局",
        published="2023-12-27",
        period=2023,
        source="报告 1.txt",
    )


def extraction() -> Extraction:
    """Everything found in the report."""
    mentions = tuple(sorted((m for ms in KEYS.values() for m in ms), key=lambda m: (m.start, m.end)))
    return Extraction(document(), mentions, FACTS)


def resolution() -> Resolution:
    """What the mentions mean."""
    meaning = {(REPORT, m): key for key, ms in KEYS.items() for m in ms}
    return Resolution(tuple(_entity(key, ms) for key, ms in KEYS.items()), meaning)
