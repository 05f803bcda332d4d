"""Generated from ontology/ by ``python -m kg.vocab``; do not edit."""

# ruff: noqa: N815
from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace


class KG(DefinedNamespace):
    """Terms of the achievement-kg ontology: a misspelt one raises AttributeError."""

    _NS = Namespace("https://w3id.org/achievement-kg/ontology#")
    _fail = True

    # classes
    Activity: URIRef
    ActivityStatement: URIRef
    AdministrativeDivision: URIRef
    Artwork: URIRef
    Assistance: URIRef
    Association: URIRef
    Award: URIRef
    Base: URIRef
    Brand: URIRef
    Bureau: URIRef
    Campaign: URIRef
    Ceremony: URIRef
    Certification: URIRef
    City: URIRef
    ClaimGroup: URIRef
    Column: URIRef
    Community: URIRef
    Competition: URIRef
    Congress: URIRef
    ConsultativeConference: URIRef
    Cooperation: URIRef
    Country: URIRef
    County: URIRef
    Court: URIRef
    Coverage: URIRef
    Department: URIRef
    DisciplineCommission: URIRef
    Enterprise: URIRef
    Entity: URIRef
    Evidence: URIRef
    Fact: URIRef
    FormerResidence: URIRef
    GovernmentBody: URIRef
    Group: URIRef
    HonoraryTitle: URIRef
    Honour: URIRef
    HonourSeries: URIRef
    Hospital: URIRef
    Inference: URIRef
    InferredContainment: URIRef
    MassOrganization: URIRef
    Measurement: URIRef
    Medal: URIRef
    Media: URIRef
    Meeting: URIRef
    Mention: URIRef
    Merge: URIRef
    MilitaryUnit: URIRef
    Ministry: URIRef
    Museum: URIRef
    NamedDocument: URIRef
    Organization: URIRef
    PartOfStatement: URIRef
    PartyBranch: URIRef
    PartyCommittee: URIRef
    PartyGeneralBranch: URIRef
    PartyGroup: URIRef
    PartyOrganization: URIRef
    PartySchool: URIRef
    PartyWorkCommittee: URIRef
    PartyWorkDepartment: URIRef
    PeoplesGovernment: URIRef
    Person: URIRef
    Place: URIRef
    Post: URIRef
    Prize: URIRef
    Procuratorate: URIRef
    Project: URIRef
    Province: URIRef
    PublicInstitution: URIRef
    Publication: URIRef
    Quantity: URIRef
    Region: URIRef
    Report: URIRef
    ResearchInstitute: URIRef
    Review: URIRef
    ScenicSpot: URIRef
    School: URIRef
    Section: URIRef
    Site: URIRef
    Team: URIRef
    TextSpan: URIRef
    Township: URIRef
    TradeUnion: URIRef
    Training: URIRef
    Village: URIRef
    VillageOrganization: URIRef
    Visit: URIRef
    WomensFederation: URIRef
    Work: URIRef
    YouthLeague: URIRef
    # properties
    about: URIRef
    activity: URIRef
    activityMention: URIRef
    approximate: URIRef
    argument: URIRef
    argumentMention: URIRef
    assessmentYear: URIRef
    assists: URIRef
    candidateCode: URIRef
    child: URIRef
    childMention: URIRef
    conferred: URIRef
    conferrer: URIRef
    conferrerMention: URIRef
    confidence: URIRef
    cooperatesWith: URIRef
    count: URIRef
    countedAs: URIRef
    counts: URIRef
    covers: URIRef
    date: URIRef
    depth: URIRef
    direction: URIRef
    divisionCode: URIRef
    documentNumber: URIRef
    edition: URIRef
    end: URIRef
    evidence: URIRef
    fullName: URIRef
    furtherPlace: URIRef
    furtherPlaceMention: URIRef
    grade: URIRef
    hasHonour: URIRef
    heading: URIRef
    heldAt: URIRef
    helper: URIRef
    helperMention: URIRef
    honour: URIRef
    honourMention: URIRef
    implied: URIRef
    inReport: URIRef
    inSection: URIRef
    inSeries: URIRef
    indicator: URIRef
    inferred: URIRef
    jointConferrer: URIRef
    jointConferrerMention: URIRef
    kind: URIRef
    latitude: URIRef
    leadsTo: URIRef
    level: URIRef
    longitude: URIRef
    lower: URIRef
    markedEnd: URIRef
    markedReport: URIRef
    markedStart: URIRef
    means: URIRef
    media: URIRef
    mediaMention: URIRef
    member: URIRef
    mergedInto: URIRef
    mergedMention: URIRef
    name: URIRef
    note: URIRef
    number: URIRef
    organization: URIRef
    organizationMention: URIRef
    parent: URIRef
    parentMention: URIRef
    partOf: URIRef
    partOfMeasurement: URIRef
    participant: URIRef
    participantMention: URIRef
    participatesIn: URIRef
    partner: URIRef
    partnerMention: URIRef
    party: URIRef
    partyMention: URIRef
    period: URIRef
    person: URIRef
    personMention: URIRef
    place: URIRef
    placeMention: URIRef
    pointOf: URIRef
    predecessor: URIRef
    publisher: URIRef
    publisherName: URIRef
    quantity: URIRef
    quote: URIRef
    rank: URIRef
    rankSource: URIRef
    reason: URIRef
    recipient: URIRef
    recipientMention: URIRef
    repeats: URIRef
    reviews: URIRef
    rule: URIRef
    said: URIRef
    site: URIRef
    siteMention: URIRef
    source: URIRef
    start: URIRef
    subject: URIRef
    subjectMention: URIRef
    support: URIRef
    title: URIRef
    unit: URIRef
    unsure: URIRef
    upper: URIRef
    value: URIRef
    verdict: URIRef
    village: URIRef
    villageMention: URIRef
    visited: URIRef
    visitor: URIRef
    visitorMention: URIRef
    what: URIRef
    worksFor: URIRef
    year: URIRef
    # concepts
    LevelScheme: URIRef
    RankScheme: URIRef
    levelCounty: URIRef
    levelMunicipal: URIRef
    levelNational: URIRef
    levelProvincial: URIRef
    levelTownship: URIRef
    levelUnit: URIRef
    rankDepartment: URIRef
    rankDivision: URIRef
    rankMinistry: URIRef
    rankSection: URIRef
    rankState: URIRef


PARENTS: dict[str, tuple[str, ...]] = {
    "Activity": ("Entity",),
    "ActivityStatement": ("Fact",),
    "AdministrativeDivision": ("Place",),
    "Artwork": ("Work",),
    "Assistance": ("Fact",),
    "Association": ("Organization",),
    "Award": ("Fact",),
    "Base": ("Site",),
    "Brand": ("Work",),
    "Bureau": ("GovernmentBody",),
    "Campaign": ("Activity",),
    "Ceremony": ("Activity",),
    "Certification": ("Honour",),
    "City": ("AdministrativeDivision",),
    "ClaimGroup": (),
    "Column": ("Work",),
    "Community": ("AdministrativeDivision",),
    "Competition": ("Activity",),
    "Congress": ("GovernmentBody",),
    "ConsultativeConference": ("Organization",),
    "Cooperation": ("Fact",),
    "Country": ("AdministrativeDivision",),
    "County": ("AdministrativeDivision",),
    "Court": ("GovernmentBody",),
    "Coverage": ("Fact",),
    "Department": ("Organization",),
    "DisciplineCommission": ("PartyOrganization",),
    "Enterprise": ("Organization",),
    "Entity": (),
    "Evidence": ("TextSpan",),
    "Fact": (),
    "FormerResidence": ("Site",),
    "GovernmentBody": ("Organization",),
    "Group": ("Entity",),
    "HonoraryTitle": ("Honour",),
    "Honour": ("Entity",),
    "HonourSeries": (),
    "Hospital": ("PublicInstitution",),
    "Inference": (),
    "InferredContainment": (),
    "MassOrganization": ("Organization",),
    "Measurement": ("Fact",),
    "Medal": ("Honour",),
    "Media": ("Organization",),
    "Meeting": ("Activity",),
    "Mention": ("TextSpan",),
    "Merge": ("TextSpan",),
    "MilitaryUnit": ("Organization",),
    "Ministry": ("GovernmentBody",),
    "Museum": ("Site",),
    "NamedDocument": ("Work",),
    "Organization": ("Entity",),
    "PartOfStatement": ("Fact",),
    "PartyBranch": ("PartyOrganization",),
    "PartyCommittee": ("PartyOrganization",),
    "PartyGeneralBranch": ("PartyOrganization",),
    "PartyGroup": ("PartyOrganization",),
    "PartyOrganization": ("Organization",),
    "PartySchool": ("School",),
    "PartyWorkCommittee": ("PartyOrganization",),
    "PartyWorkDepartment": ("PartyOrganization",),
    "PeoplesGovernment": ("GovernmentBody",),
    "Person": ("Entity",),
    "Place": ("Entity",),
    "Post": ("Fact",),
    "Prize": ("Honour",),
    "Procuratorate": ("GovernmentBody",),
    "Project": ("Activity",),
    "Province": ("AdministrativeDivision",),
    "PublicInstitution": ("Organization",),
    "Publication": ("Work",),
    "Quantity": (),
    "Region": ("Place",),
    "Report": (),
    "ResearchInstitute": ("PublicInstitution",),
    "Review": (),
    "ScenicSpot": ("Site",),
    "School": ("PublicInstitution",),
    "Section": ("TextSpan",),
    "Site": ("Place",),
    "Team": ("Organization",),
    "TextSpan": (),
    "Township": ("AdministrativeDivision",),
    "TradeUnion": ("MassOrganization",),
    "Training": ("Activity",),
    "Village": ("AdministrativeDivision",),
    "VillageOrganization": ("Organization",),
    "Visit": ("Fact",),
    "WomensFederation": ("MassOrganization",),
    "Work": ("Entity",),
    "YouthLeague": ("MassOrganization",),
}

LABELS: dict[str, tuple[str, str]] = {
    "Activity": ("活动", "Activity"),
    "ActivityStatement": ("活动陈述", "Activity statement"),
    "AdministrativeDivision": ("行政区", "Administrative division"),
    "Artwork": ("文艺作品", "Artwork"),
    "Assistance": ("帮扶", "Assistance"),
    "Association": ("社会团体", "Association"),
    "Award": ("获奖", "Award"),
    "Base": ("基地", "Base"),
    "Brand": ("品牌", "Brand"),
    "Bureau": ("政府部门(局)", "Bureau"),
    "Campaign": ("主题活动", "Campaign"),
    "Ceremony": ("仪式", "Ceremony"),
    "Certification": ("认定资质", "Certification"),
    "City": ("地级行政区", "City"),
    "ClaimGroup": ("同一说法", "Claim group"),
    "Column": ("栏目", "Column"),
    "Community": ("社区", "Community"),
    "Competition": ("竞赛", "Competition"),
    "Congress": ("人民代表大会", "People's congress"),
    "ConsultativeConference": ("政协", "Consultative conference"),
    "Cooperation": ("合作", "Cooperation"),
    "Country": ("国家", "Country"),
    "County": ("县级行政区", "County"),
    "Court": ("法院", "Court"),
    "Coverage": ("媒体报道", "Coverage"),
    "Department": ("内设机构", "Department"),
    "DisciplineCommission": ("纪律检查委员会", "Discipline commission"),
    "Enterprise": ("企业", "Enterprise"),
    "Entity": ("实体", "Entity"),
    "Evidence": ("证据", "Evidence"),
    "Fact": ("事实", "Fact"),
    "FormerResidence": ("故居旧址", "Former residence"),
    "GovernmentBody": ("政府机构", "Government body"),
    "Group": ("匿名群体", "Anonymous group"),
    "HonoraryTitle": ("荣誉称号", "Honorary title"),
    "Honour": ("荣誉", "Honour"),
    "HonourSeries": ("荣誉系列", "Honour series"),
    "Hospital": ("医院", "Hospital"),
    "Inference": ("推断", "Inference"),
    "InferredContainment": ("推得的隶属", "Inferred containment"),
    "MassOrganization": ("群团组织", "Mass organization"),
    "Measurement": ("数量陈述", "Measurement"),
    "Medal": ("奖章奖状", "Medal"),
    "Media": ("媒体", "Media outlet"),
    "Meeting": ("会议", "Meeting"),
    "Mention": ("提及", "Mention"),
    "Merge": ("合并", "Merge"),
    "MilitaryUnit": ("军事单位", "Military unit"),
    "Ministry": ("部委", "Ministry"),
    "Museum": ("展馆", "Museum"),
    "NamedDocument": ("文件", "Document"),
    "Organization": ("组织", "Organization"),
    "PartOfStatement": ("隶属陈述", "Part-of statement"),
    "PartyBranch": ("党支部", "Party branch"),
    "PartyCommittee": ("党委", "Party committee"),
    "PartyGeneralBranch": ("党总支", "General party branch"),
    "PartyGroup": ("党组", "Leading party group"),
    "PartyOrganization": ("党组织", "Party organization"),
    "PartySchool": ("党校", "Party school"),
    "PartyWorkCommittee": ("党的工作委员会", "Party working committee"),
    "PartyWorkDepartment": ("党委工作部门", "Party department"),
    "PeoplesGovernment": ("人民政府", "People's government"),
    "Person": ("人", "Person"),
    "Place": ("地方", "Place"),
    "Post": ("任职", "Post"),
    "Prize": ("奖项", "Prize"),
    "Procuratorate": ("检察院", "Procuratorate"),
    "Project": ("项目", "Project"),
    "Province": ("省级行政区", "Province"),
    "PublicInstitution": ("事业单位", "Public institution"),
    "Publication": ("出版物", "Publication"),
    "Quantity": ("数量", "Quantity"),
    "Region": ("区域", "Region"),
    "Report": ("报告", "Report"),
    "ResearchInstitute": ("科研院所", "Research institute"),
    "Review": ("核对", "Review"),
    "ScenicSpot": ("景区", "Scenic spot"),
    "School": ("学校", "School"),
    "Section": ("章节", "Section"),
    "Site": ("场所", "Site"),
    "Team": ("队伍", "Team"),
    "TextSpan": ("文字区间", "Text span"),
    "Township": ("乡级行政区", "Township"),
    "TradeUnion": ("工会", "Trade union"),
    "Training": ("培训", "Training"),
    "Village": ("村", "Village"),
    "VillageOrganization": ("村(居)组织", "Village organization"),
    "Visit": ("参访", "Visit"),
    "WomensFederation": ("妇联组织", "Women's federation"),
    "Work": ("作品", "Work"),
    "YouthLeague": ("共青团组织", "Youth League organization"),
    "about": ("关于", "about"),
    "activity": ("所述活动", "activity"),
    "activityMention": ("所述活动(提及)", "activity (mention)"),
    "approximate": ("约数", "approximate"),
    "argument": ("参与者", "argument"),
    "argumentMention": ("参与者(提及)", "argument (mention)"),
    "assessmentYear": ("考评年度", "assessment year"),
    "assists": ("帮扶", "assists"),
    "candidateCode": ("候选代码", "candidate code"),
    "child": ("下级", "child"),
    "childMention": ("下级(提及)", "child (mention)"),
    "conferred": ("授予", "conferred"),
    "conferrer": ("授予者", "conferrer"),
    "conferrerMention": ("授予者(提及)", "conferrer (mention)"),
    "confidence": ("置信度", "confidence"),
    "cooperatesWith": ("与…合作", "cooperates with"),
    "count": ("个数", "count"),
    "countedAs": ("已计于", "counted as"),
    "counts": ("计入者", "counts"),
    "covers": ("报道", "covers"),
    "date": ("日期", "date"),
    "depth": ("层次", "depth"),
    "direction": ("方向", "direction"),
    "divisionCode": ("区划代码", "division code"),
    "documentNumber": ("文号", "document number"),
    "edition": ("届次", "edition"),
    "end": ("终点", "end"),
    "evidence": ("证据", "evidence"),
    "fullName": ("推得的全称", "inferred full name"),
    "furtherPlace": ("其他地点", "further place"),
    "furtherPlaceMention": ("其他地点(提及)", "further place (mention)"),
    "grade": ("等次", "grade"),
    "hasHonour": ("荣获", "has honour"),
    "heading": ("标题", "heading"),
    "heldAt": ("举办于", "held at"),
    "helper": ("帮扶方", "helper"),
    "helperMention": ("帮扶方(提及)", "helper (mention)"),
    "honour": ("所获荣誉", "honour"),
    "honourMention": ("所获荣誉(提及)", "honour (mention)"),
    "implied": ("隐含", "implied"),
    "inReport": ("所在报告", "in report"),
    "inSection": ("所在章节", "in section"),
    "inSeries": ("所属系列", "in series"),
    "indicator": ("指标", "indicator"),
    "inferred": ("推得", "inferred"),
    "jointConferrer": ("联合授予者", "joint conferrer"),
    "jointConferrerMention": ("联合授予者(提及)", "joint conferrer (mention)"),
    "kind": ("种类", "kind"),
    "latitude": ("纬度", "latitude"),
    "leadsTo": ("指向", "leads to"),
    "level": ("级别", "level"),
    "longitude": ("经度", "longitude"),
    "lower": ("下界", "lower bound"),
    "markedEnd": ("所核终点", "marked end"),
    "markedReport": ("所核报告", "marked report"),
    "markedStart": ("所核起点", "marked start"),
    "means": ("所指", "means"),
    "media": ("报道媒体", "media"),
    "mediaMention": ("报道媒体(提及)", "media (mention)"),
    "member": ("成员", "member"),
    "mergedInto": ("并入", "merged into"),
    "mergedMention": ("被合并的提及", "merged mention"),
    "name": ("规范写法", "name"),
    "note": ("备注", "note"),
    "number": ("编号", "number"),
    "organization": ("任职单位", "organization"),
    "organizationMention": ("任职单位(提及)", "organization (mention)"),
    "parent": ("上级", "parent"),
    "parentMention": ("上级(提及)", "parent (mention)"),
    "partOf": ("隶属于", "part of"),
    "partOfMeasurement": ("其中", "part of measurement"),
    "participant": ("参加者", "participant"),
    "participantMention": ("参加者(提及)", "participant (mention)"),
    "participatesIn": ("参加", "participates in"),
    "partner": ("合作对象", "partner"),
    "partnerMention": ("合作对象(提及)", "partner (mention)"),
    "party": ("合作方", "party"),
    "partyMention": ("合作方(提及)", "party (mention)"),
    "period": ("报告年份", "period"),
    "person": ("任职者", "person"),
    "personMention": ("任职者(提及)", "person (mention)"),
    "place": ("地点", "place"),
    "placeMention": ("地点(提及)", "place (mention)"),
    "pointOf": ("坐标级别", "point of"),
    "predecessor": ("前身", "predecessor"),
    "publisher": ("发布单位", "publisher"),
    "publisherName": ("发布单位名称", "publisher name"),
    "quantity": ("数量值", "quantity"),
    "quote": ("原文", "quote"),
    "rank": ("授予单位级别", "rank"),
    "rankSource": ("级别来源", "rank source"),
    "reason": ("理由", "reason"),
    "recipient": ("获奖者", "recipient"),
    "recipientMention": ("获奖者(提及)", "recipient (mention)"),
    "repeats": ("重复陈述", "repeats"),
    "reviews": ("所核事实", "reviews"),
    "rule": ("规则", "rule"),
    "said": ("核对时的说法", "said"),
    "site": ("参访地", "site"),
    "siteMention": ("参访地(提及)", "site (mention)"),
    "source": ("推断来源", "source"),
    "start": ("起点", "start"),
    "subject": ("主体", "subject"),
    "subjectMention": ("主体(提及)", "subject (mention)"),
    "support": ("补充证据", "support"),
    "title": ("职务", "title"),
    "unit": ("单位", "unit"),
    "unsure": ("存疑", "unsure"),
    "upper": ("上界", "upper bound"),
    "value": ("数值", "value"),
    "verdict": ("结论", "verdict"),
    "village": ("受帮扶村", "village"),
    "villageMention": ("受帮扶村(提及)", "village (mention)"),
    "visited": ("到访", "visited"),
    "visitor": ("参访者", "visitor"),
    "visitorMention": ("参访者(提及)", "visitor (mention)"),
    "what": ("内容", "what"),
    "worksFor": ("任职于", "works for"),
    "year": ("年份", "year"),
    "LevelScheme": ("荣誉级别", "Levels of honours"),
    "RankScheme": ("单位级别", "Ranks of bodies"),
    "levelCounty": ("县级", "County"),
    "levelMunicipal": ("市级", "Municipal"),
    "levelNational": ("全国(国家级)", "National"),
    "levelProvincial": ("省级", "Provincial"),
    "levelTownship": ("乡级", "Township"),
    "levelUnit": ("本单位", "Unit"),
    "rankDepartment": ("市厅级", "Departmental or municipal rank"),
    "rankDivision": ("县处级", "Division or county rank"),
    "rankMinistry": ("省部级", "Ministerial or provincial rank"),
    "rankSection": ("乡科级", "Section or township rank"),
    "rankState": ("国家级", "State rank"),
}
