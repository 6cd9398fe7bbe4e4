"""Fills a made-up world: bodies and their reforms, firms and subsidiaries, works, annual events, careers."""

from __future__ import annotations

import random
from collections.abc import Sequence

from world_model import YEARS, Tenure, Thing, World
from world_words import Words, people, words

from kg.gazetteer import Division, Gazetteer

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
_LEGAL = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司")


class Maker:
    """Makes a world.

    Args:
        gazetteer: For the names of divisions.
        counties: What it is made of.
        seed: The same seed gives the same world.
        homonyms: Share of people who get the name of somebody else in a county of the same province.
        single: Share of names with one character after the surname.
        own: What names are made of, by default those of the tuned world.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        counties: Sequence[Division],
        seed: int,
        *,
        homonyms: float,
        single: float,
        own: Words | None = None,
    ) -> None:
        self._gazetteer, self._rng = gazetteer, random.Random(seed)
        self._homonyms, self._single = homonyms, single
        self._words, self._people = own or words("tuned"), people()
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
            brand = (
                rng.choice(known)
                if again
                else "".join(rng.sample(self._words.brands, rng.choice((2, 2, 2, 3))))
            )
            if brand in here:
                continue
            here.add(brand)
            known.append(brand)
            trade = rng.choice(self._words.trades)
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
                role = rng.choice(self._words.roles)
                name = f"{prefix}{brand}{role}有限公司"
                self._add(
                    Thing(f"firm{self._number()}", "Company", name, code, (brand + role,), parent=firm.id)
                )

    def _works(self, code: str, count: int) -> None:
        rng, county = self._rng, self._world.counties[code]
        firms = self._world.of(code, "Company")
        for name, kind in zip(
            rng.sample(self._words.sites, count), rng.sample(self._words.works, count), strict=True
        ):
            full = f"{name}{kind}"
            with_place = f"{county.name}{full}"
            start = f"{rng.randint(YEARS[0], YEARS[1] - 1)}-{rng.randint(1, 12):02}"
            builder = rng.choice(firms).id
            self._add(
                Thing(f"work{self._number()}", "Project", with_place, code, (full,), start, parent=builder)
            )
        for kind in rng.sample(self._words.parks, 2):
            self._add(Thing(f"park{self._number()}", "Park", f"{county.short}{kind}", code))

    def _meetings(self, code: str, count: int) -> None:
        rng, county = self._rng, self._world.counties[code]
        for meeting in rng.sample(self._words.meetings, count):
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

    def _drawn(self) -> str:
        rng, parts = self._rng, self._people
        surname = parts.surnames[min(int(rng.expovariate(1 / 22)), len(parts.surnames) - 1)]
        if rng.random() < self._single:
            return surname + rng.choice(parts.single)
        return surname + rng.choice(parts.first) + rng.choice(parts.last)

    def _new_name(self, code: str) -> str:
        rng = self._rng
        here = self._names.setdefault(code[:4], set())
        known = self._province.setdefault(code[:2], [])
        name = ""
        while not name or (name in here and rng.random() < 0.8):
            if known and rng.random() < self._homonyms:
                name = rng.choice(known)
                continue
            name = self._drawn()
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
