"""A made-up world of counties: people with careers, bodies that are reorganised, firms with subsidiaries, works, events.

Counties are real, everybody and everything in them is invented. The same seed gives the same world. Homonyms are on
purpose: officials of one name in neighbouring counties, firms of one brand in two places, the same annual meeting.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.gazetteer import Division, Gazetteer

YEARS = (2017, 2022)
# Surnames by how many bear them, of the census; given names made of common characters.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡余叶程魏苏吕丁任卢姚沈姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_FIRST = "建国志文海晓永立新春秀丽玉金明光德世俊家宏庆振学洪忠正国少绍卫思仁维景兴祥元泽伯继昌荣"
_LAST = "伟强磊军勇杰涛明平辉鹏飞波斌宇浩健华林峰敏静芳英玲萍红梅兰良民东生龙胜根才福贵山川泉松柏安宁康达成功"
_SINGLE = "伟强磊军勇杰涛超明刚平辉鹏飞波斌宇浩凯健俊华林峰敏静丽艳芳娜燕玲霞娟"
_BRANDS = "云鑫瑞恒泰宏盛华天宇金嘉德永丰隆凯信诚达兴博远创佳美康源泉和润沃森源晟越捷腾骏卓铭钰琪璟曜岚澜沐栎"
_TRADES = (
    "钢管", "茶业", "竹业", "电子科技", "机械", "食品", "建材", "医药", "新能源", "纺织", "新材料", "生物科技",
    "农业开发", "文化旅游发展", "智能装备", "服饰", "木业", "汽配", "水泥", "光伏科技",
)  # fmt: skip
_LEGAL = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司")
_WORKS = (
    "抽水蓄能电站", "污水处理厂", "体育中心", "人民医院迁建工程", "老旧小区改造项目", "农产品冷链物流中心",
    "智慧农业示范项目", "标准厂房建设项目", "文化艺术中心", "生活垃圾焚烧发电项目", "水库除险加固工程", "环城公路改建工程",
)  # fmt: skip
_WORK_NAMES = (
    "青龙潭",
    "石门坳",
    "白鹤湾",
    "大坪",
    "竹溪",
    "凤凰岭",
    "月亮湖",
    "双桥",
    "杨梅岗",
    "龙泉湾",
    "梅林",
    "枫树坪",
    "古塘",
    "南岭",
)
_MEETINGS = (
    "农业农村工作会议", "招商引资工作推进会", "安全生产工作会议", "民营企业家座谈会", "重点项目集中开工仪式",
    "生态环境保护工作会议", "乡村振兴现场会", "茶文化节开幕式",
)  # fmt: skip
# Kind of body and what it was before the reform; several predecessors were merged.
_BODIES = (
    ("农业农村局", ("农业局",)), ("应急管理局", ("安全生产监督管理局",)), ("卫生健康局", ("卫生和计划生育局",)),
    ("自然资源和规划局", ("国土资源局", "规划局")), ("文化广电旅游局", ("文化广电新闻出版局", "旅游局")),
    ("市场监督管理局", ("工商行政管理局", "质量技术监督局")), ("经济和信息化局", ()), ("水利局", ()), ("教育局", ()),
    ("财政局", ()), ("住房和城乡建设局", ()), ("人力资源和社会保障局", ()), ("民政局", ()), ("审计局", ()),
)  # fmt: skip
SHORT = {
    "经济和信息化局": "经信局", "住房和城乡建设局": "住建局", "人力资源和社会保障局": "人社局", "自然资源和规划局": "资规局",
    "市场监督管理局": "市场监管局", "卫生健康局": "卫健局", "文化广电旅游局": "文广旅局", "国土资源局": "国土局",
    "工商行政管理局": "工商局", "质量技术监督局": "质监局", "应急管理局": "应急局", "安全生产监督管理局": "安监局",
    "卫生和计划生育局": "卫计局", "文化广电新闻出版局": "文广新局",
}  # fmt: skip
_REFORM = "2019-01"


@dataclass(slots=True)
class Tenure:
    """An office that somebody holds for a time: title, what it is held in, from month to month (inclusive)."""

    title: str
    relation: str
    body: str
    county: str
    start: str
    end: str


@dataclass(slots=True)
class Thing:
    """Something of the world.

    Attributes:
        id: Its identity.
        type: Entity type.
        name: Full name.
        county: Code of its county.
        shorts: Short names in use.
        start: First month, "" for always.
        end: Last month, "" for always.
        tenures: Offices of a person, in order.
        parent: A firm's parent, a work's builder.
        names: Names of a body by the month they begin with.
    """

    id: str
    type: str
    name: str
    county: str
    shorts: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    tenures: list[Tenure] = field(default_factory=list)
    parent: str = ""
    names: tuple[tuple[str, str], ...] = ()

    def name_at(self, month: str) -> str:
        """What it is called in a month."""
        known = [name for since, name in self.names if since <= month]
        return known[-1] if known else self.name

    def there(self, month: str) -> bool:
        """Whether it exists in a month."""
        return (not self.start or self.start <= month) and (not self.end or month <= self.end)

    def offices(self, month: str) -> list[Tenure]:
        """Offices held in a month."""
        return [t for t in self.tenures if t.start <= month <= t.end]


@dataclass(slots=True)
class World:
    """All of it.

    Attributes:
        counties: Code to division.
        things: Id to thing.
        of_county: Code and type to ids.
    """

    counties: dict[str, Division]
    things: dict[str, Thing]
    of_county: dict[tuple[str, str], list[str]]

    def of(self, county: str, type: str) -> list[Thing]:
        """Things of a county."""
        return [self.things[i] for i in self.of_county.get((county, type), ())]


def choose_counties(
    gazetteer: Gazetteer, rng: random.Random, *, prefectures: int, each: int
) -> list[Division]:
    """Counties of some prefectures, so that officials have neighbours to move to."""
    below: dict[str, list[Division]] = {}
    for division in gazetteer.by_code.values():
        if division.level == "county" and division.name.endswith(("县", "市")) and len(division.name) > 2:
            below.setdefault(division.code[:4], []).append(division)
    able = sorted(code for code, found in below.items() if len(found) >= each and code[2:] != "90")
    return [c for code in rng.sample(able, prefectures) for c in rng.sample(below[code], each)]


class Maker:
    """Makes a world.

    Args:
        gazetteer: For the names of divisions.
        counties: What it is made of.
        seed: The same seed gives the same world.
        homonyms: Share of people who get the name of somebody else in a county of the same province.
        single: Share of names with one character after the surname.
    """

    def __init__(
        self, gazetteer: Gazetteer, counties: Sequence[Division], seed: int, *, homonyms: float, single: float
    ) -> None:
        self._gazetteer, self._rng = gazetteer, random.Random(seed)
        self._homonyms, self._single = homonyms, single
        self._world = World({c.code: c for c in counties}, {}, {})
        self._names: dict[str, set[str]] = {}
        self._province: dict[str, list[str]] = {}
        self._brands: dict[str, list[str]] = {}
        self._registered: set[tuple[str, str]] = set()

    def world(
        self, *, people: int = 22, firms: int = 12, works: int = 7, meetings: int = 4, bosses: bool = False
    ) -> World:
        """The world, with so many of each in a county; with bosses, every firm has a head."""
        codes = sorted(self._world.counties)
        for code in codes:
            self._bodies(code)
            self._firms(code, firms)
            self._works(code, works)
            self._meetings(code, meetings)
        self._careers(codes, people)
        for code in codes if bosses else ():
            self._bosses(code)
        return self._world

    def _add(self, thing: Thing) -> Thing:
        self._world.things[thing.id] = thing
        self._world.of_county.setdefault((thing.county, thing.type), []).append(thing.id)
        return thing

    def _number(self) -> int:
        return len(self._world.things)

    def _bodies(self, code: str) -> None:
        county = self._world.counties[code].name
        for kind, before in _BODIES:
            if len(before) < 2:
                names = (("", f"{county}{before[0]}"), (_REFORM, f"{county}{kind}")) if before else ()
                self._add(Thing(f"body{self._number()}", "Organization", county + kind, code, names=names))
                continue
            for old in before:
                self._add(Thing(f"body{self._number()}", "Organization", county + old, code, end="2018-12"))
            self._add(Thing(f"body{self._number()}", "Organization", county + kind, code, start=_REFORM))
        for seat in ("委", "人民政府", "人大常委会", "政协", "人民法院"):
            self._add(Thing(f"body{self._number()}", "Organization", county + seat, code))

    def _firms(self, code: str, count: int) -> None:
        rng, county = self._rng, self._world.counties[code]
        province = self._gazetteer.by_code[code[:2]].short
        known = self._brands.setdefault(code[:2], [])
        here: set[str] = set()
        for _ in range(count):
            again = known and rng.random() < 0.12
            brand = rng.choice(known) if again else "".join(rng.sample(_BRANDS, rng.choice((2, 2, 2, 3))))
            if brand in here:
                continue
            here.add(brand)
            known.append(brand)
            trade = rng.choice(_TRADES)
            prefix = rng.choice((province, county.short, county.short, ""))
            full = f"{prefix}{brand}{trade}{rng.choice(_LEGAL)}"
            if prefix == province and (code[:2], brand + trade) in self._registered:
                continue  # no province registers a name twice
            self._registered.add((code[:2], brand + trade))
            shorts = (
                [brand + trade, f"{brand}公司"] if len(brand) == 2 else [brand, f"{brand}公司", brand + trade]
            )
            firm = self._add(Thing(f"firm{self._number()}", "Company", full, code, tuple(shorts)))
            if rng.random() < 0.2:
                role = rng.choice(("销售", "物流", "进出口", "置业"))
                name = f"{prefix}{brand}{role}有限公司"
                self._add(
                    Thing(f"firm{self._number()}", "Company", name, code, (brand + role,), parent=firm.id)
                )

    def _works(self, code: str, count: int) -> None:
        rng, county = self._rng, self._world.counties[code]
        firms = self._world.of(code, "Company")
        for name, kind in zip(rng.sample(_WORK_NAMES, count), rng.sample(_WORKS, count), strict=True):
            full = f"{name}{kind}"
            with_place = f"{county.name}{full}"
            start = f"{rng.randint(YEARS[0], YEARS[1] - 1)}-{rng.randint(1, 12):02}"
            builder = rng.choice(firms).id
            self._add(
                Thing(f"work{self._number()}", "Project", with_place, code, (full,), start, parent=builder)
            )
        for kind in rng.sample(("经济开发区", "工业园区", "高新技术产业园", "农业产业园"), 2):
            self._add(Thing(f"park{self._number()}", "Park", f"{county.short}{kind}", code))

    def _meetings(self, code: str, count: int) -> None:
        rng, county = self._rng, self._world.counties[code]
        for meeting in rng.sample(_MEETINGS, count):
            for year in range(YEARS[0], YEARS[1] + 1):
                month = f"{year}-{rng.randint(1, 12):02}"
                name = f"{county.name}{meeting}" if rng.random() < 0.5 else f"全县{meeting}"
                shorts = (f"全县{meeting}", f"{county.name}{meeting}")
                self._add(Thing(f"event{self._number()}", "Event", name, code, shorts, month, month))

    def _careers(self, codes: Sequence[str], people: int) -> None:
        """Posts of each county filled year by year: by promotion, by transfer within the prefecture, or anew."""
        rng = self._rng
        free: dict[str, list[Thing]] = {}
        posts = [(code, *post) for code in codes for post in self._posts(code, people)]
        holders: dict[tuple[str, str, str], Thing] = {}
        month = f"{YEARS[0]}-01"
        turns = sorted(
            (f"{year}-{rng.randint(1, 12):02}", index)
            for year in range(YEARS[0], YEARS[1] + 1)
            for index in range(len(posts))
            if year == YEARS[0] or rng.random() < 0.3
        )
        for month, index in turns:
            code, title, relation, body = posts[index]
            key = (code, title, body)
            last = holders.get(key)
            begin = month if last is not None else f"{YEARS[0]}-01"
            rank = _rank(title)
            if last is not None:
                _end(last, month)
                free.setdefault(code[:4], []).append(last)
            pool = free.setdefault(code[:4], [])
            able = [p for p in pool if p is not last and _may_take(p, code, rank, month)]
            person = rng.choice(able) if able and rng.random() < 0.7 else self._person(code)
            if person in pool:
                pool.remove(person)
            person.tenures.append(Tenure(title, relation, body, code, begin, "9999-12"))
            if title in ("县长", "市长"):
                person.tenures.append(
                    Tenure(f"{title[0]}委副书记", "SERVES_IN", body, code, begin, "9999-12")
                )
            holders[key] = person

    def _bosses(self, code: str) -> None:
        """Heads of firms; some bear the name of an official of the county."""
        rng = self._rng
        officials = [t.name for t in self._world.of(code, "Official")]
        for firm in list(self._world.of(code, "Company")):
            name = rng.choice(officials) if rng.random() < 0.08 else self._new_name(code)
            boss = self._add(Thing(f"person{self._number()}", "Person", name, code, parent=firm.id))
            title = rng.choice(("董事长", "总经理"))
            boss.tenures.append(Tenure(title, "LEADS", firm.id, code, f"{YEARS[0]}-01", "9999-12"))

    def _posts(self, code: str, people: int) -> list[tuple[str, str, str]]:
        """Title, relation and id of the body; "" is the county itself."""
        kind = self._world.counties[code].name[-1]
        posts = [(f"{kind}委书记", "LEADS", ""), (f"{kind}长", "LEADS", "")]
        posts += [(f"{kind}委常委、{post}", "SERVES_IN", "") for post in ("宣传部部长", "组织部部长")]
        posts = [(title.split("、")[0] if "、" in title else title, r, b) for title, r, b in posts]
        posts = [*dict.fromkeys(posts), (f"副{kind}长", "SERVES_IN", "")]
        bodies = [
            b
            for b in self._world.of(code, "Organization")
            if b.name.endswith("局") and not b.end and not b.start
        ]
        posts += [("局长", "LEADS", b.id) for b in bodies] + [("副局长", "SERVES_IN", b.id) for b in bodies]
        return posts[:people]

    def _person(self, code: str) -> Thing:
        return self._add(Thing(f"person{self._number()}", "Official", self._new_name(code), code))

    def _new_name(self, code: str) -> str:
        rng = self._rng
        here = self._names.setdefault(code[:4], set())
        known = self._province.setdefault(code[:2], [])
        name = ""
        while not name or (name in here and rng.random() < 0.8):
            if known and rng.random() < self._homonyms:
                name = rng.choice(known)
                continue
            surname = _SURNAMES[min(int(rng.expovariate(1 / 22)), len(_SURNAMES) - 1)]
            given = (
                rng.choice(_SINGLE) if rng.random() < self._single else rng.choice(_FIRST) + rng.choice(_LAST)
            )
            name = surname + given
        here.add(name)
        known.append(name)
        return name


def _rank(title: str) -> int:
    if title.endswith("局长"):
        return 2 if title == "副局长" else 3
    return 5 if title.endswith(("委书记", "县长", "市长")) and not title.startswith("副") else 4


def _may_take(person: Thing, code: str, rank: int, month: str) -> bool:
    """Whether somebody between two offices may get one: no lower than the last, at most one step higher.

    Leaders of a county may come from another of the prefecture, heads of a bureau are of the county.
    """
    last = person.tenures[-1]
    before = _rank(last.title)
    near = last.county == code or (rank >= 4 and before >= 4)
    return near and 0 <= rank - before <= 1 and _months(month) - _months(last.end) <= 14


def _months(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])


def _end(person: Thing, month: str) -> None:
    year, number = int(month[:4]), int(month[5:7])
    before = f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"
    for tenure in person.tenures:
        if tenure.end == "9999-12":
            tenure.end = max(before, tenure.start)
