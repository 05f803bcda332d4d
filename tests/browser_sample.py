"""Extractions for the tests of the page: an invented bureau told by hand, and synthetic ones of any size.

``report()`` writes its text and its facts together, so that every offset is right by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.model import (
    ActivityFact,
    Assistance,
    Award,
    Block,
    Cooperation,
    Coverage,
    Document,
    Entity,
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

KINDS = {"p": "Person", "o": "Organization", "l": "Place", "h": "Honour", "a": "Activity", "w": "Work", "g": "Group"}


@dataclass
class Maker:
    """Collects text, mentions and facts; a name is written 'kind/Subtype/name' once, later by name alone."""

    id: str
    publisher: str
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    mentions: dict[Mention, None] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    meaning: dict[tuple[str, Mention], str] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)

    def block(self, kind: Any, words: str) -> int:
        start = len(self.text)
        self.text += words + "\n"
        self.blocks.append(Block(start, start + len(words), kind, len(self.sections) - 1 if self.sections else None))
        return start

    def section(self, number: str, heading: str) -> None:
        start = len(self.text)
        self.sections.append(Section(start, start, number, heading, 1))
        self.block("heading", f"{number}、{heading}")

    def name(self, entry: str, start: int, end: int) -> Mention:
        kind, _, rest = entry.partition("/")
        if rest and kind in KINDS:
            subtype, _, name = rest.partition("/")
            self.known[name] = (KINDS[kind], subtype)
        else:
            name = entry
        label = self.alias.get(name, name)
        kind, subtype = self.known[label]
        at = self.text.find(name, start, end)
        implied = at < 0
        if implied:
            at, stop = start, end
        else:
            stop = at + len(name)
        mention = Mention(at, stop, self.text[at:stop], kind, subtype, name, "test.name", 0.95, implied)  # type: ignore[arg-type]
        self.mentions[mention] = None
        if kind != "Group":
            self.meaning[self.id, mention] = label
        return mention

    def say(self, sentence: str, *told: tuple[Any, ...]) -> None:
        """Append a sentence to the current paragraph and the facts that it states."""
        start = len(self.text)
        self.text += sentence
        end = len(self.text)
        for kind, *arguments in told:
            options: dict[str, Any] = arguments.pop() if arguments and isinstance(arguments[-1], dict) else {}
            self.facts.append(self.fact(kind, arguments, options, start, end))

    def quantity(self, said: tuple[float, str, str], start: int, end: int) -> Quantity:
        value, unit, words = said
        at = max(self.text.find(words, start, end), start)
        near = words.endswith("余") or "余" in words
        return Quantity(value, unit, near, value, None if near else value, at, at + len(words))

    def fact(self, kind: str, names: list[Any], options: dict[str, Any], start: int, end: int) -> Fact:
        unsure = options.pop("unsure", "")
        evidence = Evidence(start, end, options.pop("rule", f"{kind}.test"), options.pop("conf", 0.92))
        base: dict[str, Any] = {"evidence": evidence, "unsure": unsure}
        said = options.pop("q", None)
        quantity = None if said is None else self.quantity(said, start, end)

        def get(entry: str) -> Mention:
            return self.name(entry, start, end)

        match kind:
            case "award":
                by = tuple(get(entry) for entry in options.pop("by", ()))
                return Award(recipient=get(names[0]), honour=get(names[1]), conferrers=by, **options, **base)
            case "post":
                return Post(person=get(names[0]), title=names[1], organization=get(names[2]), **options, **base)
            case "measure":
                subject = get(names[1]) if len(names) > 1 else None
                assert quantity is not None
                return Measure(indicator=names[0], quantity=quantity, subject=subject, **options, **base)
            case "part":
                return PartOf(child=get(names[0]), parent=get(names[1]), **base)
            case "activity":
                who = tuple(get(entry) for entry in options.pop("who", ()))
                places = tuple(get(entry) for entry in options.pop("at", ()))
                return ActivityFact(activity=get(names[0]), participants=who, places=places, **options, **base)
            case "coverage":
                subject = get(names[1]) if len(names) > 1 else None
                return Coverage(media=get(names[0]), subject=subject, count=quantity, **base)
            case "assist":
                return Assistance(helper=get(names[0]), village=get(names[1]), what=names[2], quantity=quantity, **options, **base)
            case "coop":
                return Cooperation(party=get(names[0]), partner=get(names[1]), what=names[2], quantity=quantity, **options, **base)
            case _:
                return Visit(visitor=get(names[0]), site=get(names[1]), **options, **base)

    def end(self) -> None:
        self.text += "\n"

    def paragraph(self) -> int:
        return len(self.text)

    def close(self, start: int, kind: Any = "paragraph") -> None:
        self.blocks.append(Block(start, len(self.text), kind, len(self.sections) - 1 if self.sections else None))
        self.text += "\n"

    def extraction(self, title: str, subtitle: str, published: str, period: int) -> Extraction:
        stops = [*(section.start for section in self.sections[1:]), len(self.text)][: len(self.sections)]
        sections = tuple(
            Section(section.start, stop, section.number, section.heading, section.level)
            for section, stop in zip(self.sections, stops, strict=True)
        )
        document = Document(
            self.id,
            self.text,
            tuple(self.blocks),
            sections,
            title,
            subtitle,
            self.publisher,
            published,
            period,
            f"{self.id}.txt",
        )
        return Extraction(document, tuple(sorted(self.mentions, key=lambda m: (m.start, m.end))), tuple(self.facts))


ORG, PLACE = "Organization", "Place"


def report() -> tuple[list[Extraction], Resolution]:
    """The ten highlights of an invented navigation bureau: about 100 entities, 140 facts."""
    m = Maker("yunze-hangdao-2031", "云泽省航道管理局")
    m.alias = {"局": "云泽省航道管理局", "我局": "云泽省航道管理局", "全局": "云泽省航道管理局", "下坪": "下坪村"}
    m.block("title", "党旗引航 碧水争先")
    m.block("subtitle", "——云泽省航道管理局2031年工作十大亮点")
    m.block("meta", "发布日期:2031-12-26 来源:云泽省航道管理局")
    bureau = "云泽省航道管理局"
    at = m.paragraph()
    m.say(
        "2031年,云泽省航道管理局党委书记、局长罗听澜带领全局干部职工,在省交通运输厅领导下,奋力建设畅通云泽。",
        ("post", "p/Person/罗听澜", "党委书记", f"o/Bureau/{bureau}"),
        ("post", "罗听澜", "局长", bureau),
        ("part", bureau, "o/GovernmentBody/省交通运输厅", {"conf": 0.7, "unsure": "“领导下”是否表示隶属,请核对"}),
    )
    m.close(at)

    m.section("一", "党建引领有力有效")
    at = m.paragraph()
    m.say(
        "举办党委读书班26期、专题研学10场,开展中心组学习185次,推动解决难点问题37个。",
        ("measure", "党委读书班", bureau, {"q": (26, "期", "26期"), "year": 2031}),
        ("measure", "专题研学", bureau, {"q": (10, "场", "10场"), "year": 2031}),
        ("measure", "中心组学习", bureau, {"q": (185, "次", "185次"), "year": 2031}),
        ("measure", "解决难点问题", bureau, {"q": (37, "个", "37个"), "year": 2031}),
    )
    m.say(
        "局党委获评全省机关党建先进单位,东埠分局第二船闸党支部、澜江航标站党支部获评省直机关红旗党支部。",
        ("part", "o/PartyCommittee/局党委", bureau),
        ("award", "局党委", "h/Honour/全省机关党建先进单位", {"level": "provincial", "year": 2031}),
        ("award", "o/PartyBranch/东埠分局第二船闸党支部", "h/Honour/省直机关红旗党支部", {"level": "provincial", "year": 2031}),
        ("award", "o/PartyBranch/澜江航标站党支部", "省直机关红旗党支部", {"level": "provincial", "year": 2031}),
        ("part", "东埠分局第二船闸党支部", "o/Unit/第二船闸"),
        ("part", "第二船闸", "o/Unit/东埠分局"),
        ("part", "澜江航标站党支部", "o/Unit/澜江航标站"),
    )
    m.say("3名党员获评省直机关优秀共产党员。", ("award", "g/Group/党员", "h/Honour/省直机关优秀共产党员", {"level": "provincial", "count": 3, "year": 2031}))
    m.close(at)
    m.block("caption", "东埠分局第二船闸党支部开展主题党日活动")

    m.section("二", "航道建设再创佳绩")
    at = m.paragraph()
    m.say(
        "东埠分局、澜江分局、青槐分局、石鼓分局分段推进澜江航道整治工程,完成投资2.15亿元,整治航道137公里。",
        ("activity", "a/Project/澜江航道整治工程", {"who": ("东埠分局", "o/Unit/澜江分局", "o/Unit/青槐分局", "o/Unit/石鼓分局"), "date": "2031"}),
        ("measure", "完成投资", bureau, {"q": (215000000, "元", "2.15亿元"), "year": 2031}),
        ("measure", "整治航道", bureau, {"q": (137, "公里", "137公里"), "year": 2031}),
    )
    for unit in ("东埠分局", "澜江分局", "青槐分局", "石鼓分局"):
        m.facts.append(PartOf(child=m.name(unit, at, len(m.text)), parent=m.name(bureau, at, len(m.text)), evidence=Evidence(at, len(m.text), "part.units", 0.88)))
    m.say(
        "东埠二号船闸改造工程荣获国家优质工程奖、全国水运工程金锚奖金奖。",
        ("award", "a/Project/东埠二号船闸改造工程", "h/Honour/国家优质工程奖", {"level": "national", "year": 2031}),
        ("award", "东埠二号船闸改造工程", "h/Honour/全国水运工程金锚奖", {"level": "national", "grade": "金奖", "year": 2031}),
        ("activity", "东埠二号船闸改造工程", {"who": ("东埠分局",), "date": "2030"}),
    )
    m.say(
        "澜江分局获评全国交通运输行业文明单位,青槐分局被授予全省五一劳动奖状,石鼓分局获评市级平安单位。",
        ("award", "澜江分局", "h/Honour/全国交通运输行业文明单位", {"level": "national", "year": 2031}),
        ("award", "青槐分局", "h/Honour/全省五一劳动奖状", {"level": "provincial", "year": 2031, "by": ("o/MassOrganization/省总工会",)}),
        ("award", "石鼓分局", "h/Honour/市级平安单位", {"level": "municipal", "year": 2030}),
    )
    m.say(
        "航道测绘院完成水下地形测量2940平方公里,获省测绘科技进步奖一等奖,其《澜江航道图集》获优秀地图作品奖。",
        ("part", "o/Institution/航道测绘院", bureau),
        ("measure", "水下地形测量", "航道测绘院", {"q": (2940, "平方千米", "2940平方公里"), "year": 2031}),
        ("award", "航道测绘院", "h/Honour/省测绘科技进步奖", {"level": "provincial", "grade": "一等奖", "year": 2031}),
        ("award", "w/Work/澜江航道图集", "h/Honour/优秀地图作品奖", {"year": 2031, "conf": 0.74, "unsure": "级别没有写明"}),
    )
    m.close(at)

    m.section("三", "科技创新成果丰硕")
    at = m.paragraph()
    m.say(
        "省航道科学研究所与云泽理工大学、澜港集团、北斗航运公司签订战略合作协议,共建智慧航道联合实验室。",
        ("part", "o/Institution/省航道科学研究所", bureau, {"conf": 0.8}),
        ("coop", "省航道科学研究所", "o/School/云泽理工大学", "战略合作协议", {"year": 2031}),
        ("coop", "省航道科学研究所", "o/Enterprise/澜港集团", "战略合作协议", {"year": 2031}),
        ("coop", "省航道科学研究所", "o/Enterprise/北斗航运公司", "战略合作协议", {"year": 2031}),
        ("coop", "云泽理工大学", "o/Institution/智慧航道联合实验室", "共建", {"year": 2031}),
    )
    m.say(
        "韩予舟高级工程师获评全国水运技术能手、荆泽工匠,邹秉南获省青年科技奖。",
        ("post", "p/Person/韩予舟", "高级工程师", "省航道科学研究所", {"conf": 0.66, "unsure": "单位承前文,请核对"}),
        ("award", "韩予舟", "h/Honour/全国水运技术能手", {"level": "national", "year": 2031}),
        ("award", "韩予舟", "h/Honour/荆泽工匠", {"level": "provincial", "year": 2030}),
        ("award", "p/Person/邹秉南", "h/Honour/省青年科技奖", {"level": "provincial", "year": 2031}),
    )
    m.say(
        "“航标遥测遥控系统”获全国职工优秀技术创新成果二等奖,取得发明专利12项,投入研发经费640余万元。",
        ("award", "w/Work/航标遥测遥控系统", "h/Honour/全国职工优秀技术创新成果", {"level": "national", "grade": "二等奖", "year": 2031}),
        ("measure", "发明专利", "省航道科学研究所", {"q": (12, "项", "12项"), "year": 2031}),
        ("measure", "研发经费", "省航道科学研究所", {"q": (6400000, "元", "640余万元"), "year": 2031}),
    )
    m.say(
        "首届长河流域智慧航道论坛6月17日在青槐县举行,云泽理工大学、澜港集团、省气象局等参加。",
        ("activity", "a/Meeting/首届长河流域智慧航道论坛", {"date": "2031-06-17", "at": ("l/County/青槐县",), "who": ("云泽理工大学", "澜港集团", "o/GovernmentBody/省气象局")}),
    )
    m.close(at)

    m.section("四", "队伍建设持续加强")
    at = m.paragraph()
    m.say(
        "副局长谢怀石、总工程师尤若松、工会主席温知夏带队开展“航道大讲堂”34期,培训职工4200余人次。",
        ("post", "p/Person/谢怀石", "副局长", bureau),
        ("post", "p/Person/尤若松", "总工程师", bureau),
        ("post", "p/Person/温知夏", "工会主席", bureau),
        ("activity", "a/Training/航道大讲堂", {"who": ("谢怀石", "尤若松", "温知夏"), "date": "2031"}),
        ("measure", "航道大讲堂", bureau, {"q": (34, "期", "34期"), "year": 2031}),
        ("measure", "培训职工", bureau, {"q": (4200, "人次", "4200余人次"), "year": 2031}),
    )
    m.say(
        "在全省航标技能大赛中,澜江航标站代表队获团体一等奖,孟青禾、陆守拙分获个人一、二等奖。",
        ("activity", "a/Contest/全省航标技能大赛", {"who": ("o/Team/澜江航标站代表队", "p/Person/孟青禾", "p/Person/陆守拙"), "date": "2031"}),
        ("part", "澜江航标站代表队", "澜江航标站"),
        ("award", "澜江航标站代表队", "h/Honour/全省航标技能大赛团体奖", {"level": "provincial", "grade": "一等奖", "year": 2031}),
        ("award", "孟青禾", "h/Honour/全省航标技能大赛个人奖", {"level": "provincial", "grade": "一等奖", "year": 2031}),
        ("award", "陆守拙", "全省航标技能大赛个人奖", {"level": "provincial", "grade": "二等奖", "year": 2031}),
    )
    m.say(
        "孟青禾获评全国三八红旗手,温知夏家庭获评全国最美家庭。",
        ("award", "孟青禾", "h/Honour/全国三八红旗手", {"level": "national", "year": 2031, "by": ("o/MassOrganization/全国妇联",)}),
        ("award", "温知夏", "h/Honour/全国最美家庭", {"level": "national", "year": 2029}),
    )
    m.close(at)

    m.section("五", "对外合作不断拓展")
    at = m.paragraph()
    m.say(
        "局与青槐县、石鼓镇、澜江市、东埠区签订共建协议,服务沿江企业354家。",
        ("coop", "局", "青槐县", "共建协议", {"year": 2031}),
        ("coop", "局", "l/Town/石鼓镇", "共建协议", {"year": 2031}),
        ("coop", "局", "l/City/澜江市", "共建协议", {"year": 2031}),
        ("coop", "局", "l/District/东埠区", "共建协议", {"year": 2031}),
        ("measure", "服务沿江企业", "局", {"q": (354, "家", "354家"), "year": 2031}),
    )
    m.say(
        "组织党务干部到望江革命纪念馆、渡口旧址、柳坞村学习,省烟草局、省气象局到局交流。",
        ("visit", "局党委", "l/Site/望江革命纪念馆", {"date": "2031-07"}),
        ("visit", "局党委", "l/Site/渡口旧址", {"date": "2031-07"}),
        ("visit", "局党委", "l/Village/柳坞村", {"date": "2031-07"}),
        ("visit", "o/GovernmentBody/省烟草局", "局", {"date": "2031-09"}),
        ("visit", "省气象局", "局", {"date": "2031-09"}),
    )
    m.close(at)

    m.section("六", "基层组织全面过硬")
    at = m.paragraph()
    m.say(
        "评选表彰“十佳红旗支部”和“十佳党员先锋”,青槐航道段党支部、石鼓航道段党支部、测绘院第一党支部入选全局十佳红旗支部。",
        ("award", "o/PartyBranch/青槐航道段党支部", "h/Honour/全局十佳红旗支部", {"level": "unit", "year": 2031, "direction": "conferred", "by": ("全局",)}),
        ("award", "o/PartyBranch/石鼓航道段党支部", "全局十佳红旗支部", {"level": "unit", "year": 2031, "direction": "conferred", "by": ("全局",)}),
        ("award", "o/PartyBranch/测绘院第一党支部", "全局十佳红旗支部", {"level": "unit", "year": 2031, "direction": "conferred", "by": ("全局",)}),
        ("part", "青槐航道段党支部", "o/Unit/青槐航道段"),
        ("part", "石鼓航道段党支部", "o/Unit/石鼓航道段"),
        ("part", "测绘院第一党支部", "航道测绘院", {"conf": 0.81}),
    )
    m.say(
        "青槐航道段属青槐分局,石鼓航道段属石鼓分局,澜江航标站属澜江分局。",
        ("part", "青槐航道段", "青槐分局"),
        ("part", "石鼓航道段", "石鼓分局"),
        ("part", "澜江航标站", "澜江分局"),
    )
    m.say(
        "离退休干部第三党支部获评全省离退休干部示范党支部,并创建省级文明单位1家。",
        ("award", "o/PartyBranch/离退休干部第三党支部", "h/Honour/全省离退休干部示范党支部", {"level": "provincial", "year": 2031}),
        ("award", "g/Group/单位", "h/Honour/省级文明单位", {"level": "provincial", "count": 1, "year": 2031}),
    )
    m.close(at)

    m.section("七", "安全保障坚实有力")
    at = m.paragraph()
    m.say(
        "开展“安全生产月”“百日会战”“碧水行动”,联合省海事局、澜江海事处、水上公安分局巡航842次。",
        ("activity", "a/Campaign/安全生产月", {"who": (bureau,), "date": "2031-06"}),
        ("activity", "a/Campaign/百日会战", {"who": (bureau,), "date": "2031"}),
        ("activity", "a/Campaign/碧水行动", {"who": (bureau, "o/GovernmentBody/省海事局", "o/GovernmentBody/澜江海事处", "o/GovernmentBody/水上公安分局"), "date": "2031"}),
        ("measure", "巡航", bureau, {"q": (842, "次", "842次"), "year": 2031}),
    )
    m.say(
        "应急抢险队荣立集体二等功,获评全国青年安全生产示范岗,航标保通率达99.8%。",
        ("part", "o/Team/应急抢险队", bureau, {"conf": 0.72, "unsure": "隶属由上下文推断"}),
        ("award", "应急抢险队", "h/Honour/集体二等功", {"year": 2031}),
        ("award", "应急抢险队", "h/Honour/全国青年安全生产示范岗", {"level": "national", "year": 2031}),
        ("measure", "航标保通率", bureau, {"q": (99.8, "%", "99.8%"), "year": 2031}),
    )
    m.close(at)

    m.section("八", "驻村帮扶走深走实")
    at = m.paragraph()
    m.say(
        "驻村工作队聚力推动青槐县石鼓镇下坪村发展,投入资金98万元,争取资金150万元,采购农副产品74万元。",
        ("part", "o/Team/驻村工作队", bureau, {"conf": 0.8}),
        ("part", "l/Village/下坪村", "石鼓镇"),
        ("part", "石鼓镇", "青槐县"),
        ("assist", "驻村工作队", "下坪村", "投入资金", {"q": (980000, "元", "98万元"), "year": 2031}),
        ("assist", "驻村工作队", "下坪村", "争取资金", {"q": (1500000, "元", "150万元"), "year": 2031}),
        ("assist", "驻村工作队", "下坪村", "消费帮扶", {"q": (740000, "元", "74万元"), "year": 2031}),
        ("measure", "投入资金", bureau, {"q": (980000, "元", "98万元"), "year": 2031}),
    )
    m.say(
        "下坪村被评为省级乡村振兴示范村、云泽省生态村,村“童伴之家”获评全国标杆童伴之家,第一书记沈砚清获评全省优秀驻村干部。",
        ("award", "下坪村", "h/Honour/省级乡村振兴示范村", {"level": "provincial", "year": 2031}),
        ("award", "下坪村", "h/Honour/云泽省生态村", {"level": "provincial", "year": 2031}),
        ("award", "o/Facility/童伴之家", "h/Honour/全国标杆童伴之家", {"level": "national", "year": 2031}),
        ("part", "童伴之家", "下坪村"),
        ("post", "p/Person/沈砚清", "第一书记", "下坪村"),
        ("award", "沈砚清", "h/Honour/全省优秀驻村干部", {"level": "provincial", "year": 2031}),
    )
    m.say(
        "青槐分局帮扶柳坞村、桐岭村,澜江分局帮扶望江村,圈定富硒茶园270亩,惠及407户1533人。",
        ("assist", "青槐分局", "柳坞村", "结对帮扶", {"year": 2031}),
        ("assist", "青槐分局", "l/Village/桐岭村", "结对帮扶", {"year": 2031}),
        ("assist", "澜江分局", "l/Village/望江村", "结对帮扶", {"year": 2030}),
        ("measure", "富硒茶园", "下坪村", {"q": (270, "亩", "270亩"), "year": 2031}),
        ("measure", "惠及户数", "下坪村", {"q": (407, "户", "407户"), "year": 2031}),
        ("measure", "惠及人数", "下坪村", {"q": (1533, "人", "1533人"), "year": 2031}),
    )
    m.say("柳坞村获评市级文明村,望江村获评县级平安村。", ("award", "柳坞村", "h/Honour/市级文明村", {"level": "municipal", "year": 2030}), ("award", "望江村", "h/Honour/县级平安村", {"level": "county", "year": 2029}))
    m.close(at)
    m.block("caption", "驻村工作队在下坪村察看茶园")

    m.section("九", "群团工作亮点纷呈")
    at = m.paragraph()
    m.say(
        "局团委获评全省共青团工作先进单位,局工会获评全国模范职工之家,局妇委会获评全国巾帼文明岗。",
        ("part", "o/MassOrganization/局团委", bureau),
        ("part", "o/MassOrganization/局工会", bureau),
        ("part", "o/MassOrganization/局妇委会", bureau),
        ("award", "局团委", "h/Honour/全省共青团工作先进单位", {"level": "provincial", "year": 2031, "by": ("o/MassOrganization/团省委",)}),
        ("award", "局工会", "h/Honour/全国模范职工之家", {"level": "national", "year": 2031}),
        ("award", "局妇委会", "h/Honour/全国巾帼文明岗", {"level": "national", "year": 2031, "by": ("全国妇联",)}),
        ("post", "p/Person/顾言蹊", "书记", "局团委", {"conf": 0.6}),
    )
    m.say(
        "“银帆”志愿服务队获评省级志愿服务优秀项目,参加首届航道文化作品展播,取得金奖2项、铜奖2项。",
        ("part", "o/Team/“银帆”志愿服务队", "局团委", {"conf": 0.75}),
        ("award", "“银帆”志愿服务队", "h/Honour/省级志愿服务优秀项目", {"level": "provincial", "year": 2031}),
        ("activity", "a/Exhibition/首届航道文化作品展播", {"who": ("局工会",), "date": "2031"}),
        ("award", bureau, "h/Honour/航道文化作品展播金奖", {"count": 2, "grade": "金奖", "year": 2031}),
        ("award", bureau, "h/Honour/航道文化作品展播铜奖", {"count": 2, "grade": "铜奖", "year": 2031}),
    )
    m.close(at)

    m.section("十", "宣传影响持续扩大")
    at = m.paragraph()
    m.say(
        "推出《航道简报》20期,100余篇经验做法被云泽日报、中国水运报、澜江电台、云泽党建网、学习之窗、《航道先锋》报道。",
        ("measure", "航道简报", bureau, {"q": (20, "期", "20期"), "year": 2031}),
        *(("coverage", f"o/Media/{name}", bureau) for name in ("云泽日报", "中国水运报", "澜江电台", "云泽党建网", "学习之窗", "航道先锋")),
    )
    m.say(
        "歌曲《我们都是点灯人》、纪录片《澜江灯火》获省五个一工程奖。",
        ("award", "w/Work/我们都是点灯人", "h/Honour/省五个一工程奖", {"level": "provincial", "year": 2031}),
        ("award", "w/Work/澜江灯火", "省五个一工程奖", {"level": "provincial", "year": 2031}),
    )
    m.close(at)
    m.block("byline", "(云泽省航道管理局供稿)")
    extraction = m.extraction("党旗引航 碧水争先", "云泽省航道管理局2031年工作十大亮点", "2031-12-26", 2031)
    return [extraction], resolve([m])


PINYIN = {"罗听澜": "Luo Tinglan", "下坪村": "Xiaping Cun", "韩予舟": "Han Yuzhou", "青槐县": "Qinghuai Xian"}


def resolve(makers: list[Maker]) -> Resolution:
    """One entity per label, in order of first mention."""
    entities: dict[str, Entity] = {}
    meaning: dict[tuple[str, Mention], str] = {}
    for maker in makers:
        for (report_id, mention), label in maker.meaning.items():
            kind, subtype = maker.known[label]
            key = f"{kind.lower()}/{label}"
            meaning[report_id, mention] = key
            old = entities.get(key)
            aliases = tuple(dict.fromkeys((*(old.labels if old else ()), *((mention.text,) if mention.text != label and not mention.implied else ()))))
            merges = tuple(Merge(report_id, mention.start, mention.end, name, "publisher-alias", 0.9) for name in aliases)
            entities[key] = Entity(key, kind, subtype, label, aliases, PINYIN.get(label), merges=merges)  # type: ignore[arg-type]
    return Resolution(tuple(entities.values()), meaning)


def hostile(payload: str) -> tuple[list[Extraction], Resolution]:
    """A small report whose every field carries a payload."""
    m = Maker(f"报告{payload}", f"某局{payload}")
    m.block("title", f"标题{payload}")
    m.section(f"一{payload}", f"小节{payload}")
    at = m.paragraph()
    village, honour, person = f"村{payload}", f"奖{payload}", f"人{payload}"
    m.say(
        f"某局{payload}在{village}工作,{village}获{honour},{person}参加活动{payload}并投入98万元,媒体{payload}作了报道。",
        ("award", f"l/Village/{village}", f"h/Honour/{honour}", {"level": "national", "year": 2031, "grade": f"一等奖{payload}", "document_number": f"号{payload}", "unsure": f"疑{payload}", "rule": f"rule{payload}"}),
        ("post", f"p/Person/{person}", f"局长{payload}", f"o/Bureau/某局{payload}"),
        ("activity", f"a/Meeting/活动{payload}", {"who": (person,), "at": (village,), "date": "2031"}),
        ("assist", f"某局{payload}", village, f"资金{payload}", {"q": (980000, "元", "98万元")}),
        ("measure", f"资金{payload}", f"某局{payload}", {"q": (980000, f"元{payload}", "98万元")}),
        ("coverage", f"o/Media/媒体{payload}", f"某局{payload}"),
    )
    m.close(at)
    extraction = m.extraction(f"标题{payload}", f"副标题{payload}", f"2031{payload}", 2031)
    resolution = resolve([m])
    worse = tuple(
        Entity(e.key + payload, e.kind, e.subtype + payload, e.label, (*e.labels, f"别名{payload}"), f"Pin {payload}", f"42{payload}", merges=(Merge("r", 0, 1, f"合{payload}", f"m{payload}", 0.5),))
        for e in resolution.entities
    )
    return [extraction], Resolution(worse, {key: label + payload for key, label in resolution.meaning.items()})


def synthetic(nodes: int, reports: int = 1) -> tuple[list[Extraction], Resolution]:
    """A report (or many) of about so many entities: units, villages, honours, people, activities."""
    makers = []
    each = nodes // reports
    for number in range(reports):
        publisher = f"第{number}局" if reports > 1 else "合成局"
        m = Maker(f"report-{number}", publisher)
        m.block("title", f"{publisher}年度工作总结")
        units = max(each // 12, 2)
        at = m.paragraph()
        for unit in range(units):
            who = f"{publisher}{unit}队"
            m.say(f"{who}属{publisher}。", ("part", f"o/Unit/{who}", f"o/Bureau/{publisher}"))
            for honour in range(4):
                name = f"{'全国全省全市全县'[2 * honour : 2 * honour + 2]}奖{number}-{unit}-{honour}"
                level = ("national", "provincial", "municipal", "county")[honour]
                m.say(f"{who}获{name}。", ("award", who, f"h/Honour/{name}", {"level": level, "year": 2020 + unit % 10}))
            for village in range(3):
                place = f"{number}之{unit}湾{village}村"
                m.say(f"{who}帮扶{place},投入3万元。", ("assist", who, f"l/Village/{place}", "资金", {"q": (30000, "元", "3万元"), "year": 2020 + unit % 10}))
            for person in range(2):
                name = f"甲{number}乙{unit}丙{person}"
                m.say(f"{name}任{who}队长。", ("post", f"p/Person/{name}", "队长", who))
            for activity in range(2):
                name = f"活动{number}-{unit}-{activity}"
                m.say(f"{who}参加{name}。", ("activity", f"a/Meeting/{name}", {"who": (who,), "date": "2025"}))
            if unit % 8 == 7:
                m.close(at)
                at = m.paragraph()
        m.close(at)
        makers.append((m, m.extraction(f"{publisher}年度工作总结", "", "2031-01-02", 2030)))
    return [extraction for _, extraction in makers], resolve([m for m, _ in makers])
