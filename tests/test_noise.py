"""What surrounds and damages an article on real pages leaves no trace in its graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.clean.articles import clean
from kg.errors import SchemaError
from kg.pipeline import extract
from kg.resources import schemas_dir
from kg.types import Document, DocumentGraph

HEADLINE = "莫小川到西屏街道调研\n"
BODY = (
    "松阳县县长莫小川到西屏街道调研，走访了浙江青禾茶业有限公司。他要求有关部门做好服务，帮助企业解决用工和用地"
    "上的困难，力争项目早日投产见效。"
)
ENTITIES = {"莫小川", "西屏街道", "松阳县", "浙江青禾茶业有限公司"}
RELATIONS = {
    ("莫小川", "LEADS", "松阳县"),
    ("莫小川", "VISITS", "西屏街道"),
    ("西屏街道", "PART_OF", "松阳县"),
}


class Reader:
    """Reads texts as files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "page.txt"

    def __call__(self, text: str) -> DocumentGraph:
        self.path.write_text(text, encoding="utf-8")
        (graph,) = extract([self.path])
        return graph


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def names(graph: DocumentGraph) -> set[str]:
    """The names of a document's entities."""
    return {e.name for e in graph.entities}


def links(graph: DocumentGraph) -> set[tuple[str, str, str]]:
    """A document's relations by names."""
    name = {e.id: e.name for e in graph.entities}
    return {(name[link.head], link.type, name[link.tail]) for link in graph.links}


def assert_only_the_article(graph: DocumentGraph) -> None:
    """The graph is that of the bare article, and every piece of evidence is in the text as read."""
    assert names(graph) == ENTITIES
    assert links(graph) >= RELATIONS
    for link in graph.links:
        quoted = graph.document.original[link.evidence.start : link.evidence.end]
        assert "".join(quoted.split()) == "".join(link.evidence.quote.split())


def test_the_bare_article(read: Reader) -> None:
    """Without any noise the article gives what the other tests expect."""
    assert_only_the_article(read(HEADLINE + BODY))


def test_page_navigation(read: Reader) -> None:
    """Menus, paths, buttons and the foot of the page name nobody."""
    graph = read(
        "首页 > 新闻中心 > 松阳要闻\n当前位置：首页>>要闻>>正文\n登录 | 注册 | 遂昌县人民政府 | 龙泉市人民政府\n"
        f"{HEADLINE}字体：【大 中 小】\n{BODY}\n【打印本页】 【关闭窗口】\n"
        "网站地图 | 联系我们 | 主办：龙泉市人民政府办公室"
    )
    assert_only_the_article(graph)


def test_bylines(read: Reader) -> None:
    """Who wrote, edited and checked is not part of the news, while the day of publication counts."""
    graph = read(
        f"{HEADLINE}发布时间：2023-04-12 09:30 来源：松阳发布 作者：柳青禾 编辑：毛大壮\n"
        f"本报讯（记者 叶知秋 通讯员 周南山）{BODY}（记者 叶知秋）\n责任编辑：何晓东\n审核：吕一鸣"
    )
    assert_only_the_article(graph)
    assert graph.document.date == "2023-04-12"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADLINE}周南山 何晓东 本报记者 吕一鸣\n{BODY}\n",
        f"{HEADLINE}青川新闻网松阳讯 记者叶知秋、周南山报道：{BODY}\n",
        f"{HEADLINE}2023-05-12 09:21 来源：青川网 作者：叶知秋\n{BODY}本报记者 叶知秋\n",
        f"{HEADLINE}{BODY}（叶知秋  周南山 何晓东）\n附件：遂昌县人民政府公告.doc\n",
        f"{HEADLINE}{BODY}\n（何晓东 周南山）\n一审丨叶知秋\n",
        f"{HEADLINE}{BODY}供稿：叶知秋 审核：周南山\n",
        f"{HEADLINE}{BODY}青川铁路局供图 叶知秋 摄\n\n会后，大家表示满意，今后还要继续努力做好各项服务工作。\n",
        f"{HEADLINE}{BODY.replace('松阳县', '松阳县（微博）')}（参与采写：叶知秋、周南山）\n",
    ],
)
def test_bylines_of_other_kinds(read: Reader, text: str) -> None:
    """Bylines without a label, behind the last stop or in brackets name nobody."""
    graph = read(text)
    assert names(graph) == ENTITIES
    assert links(graph) >= RELATIONS


def test_captions(read: Reader) -> None:
    """A picture's photographer goes."""
    graph = read(
        f"{HEADLINE}{BODY}\n图为茶企车间一景。 叶知秋 摄\n↑浙江青禾茶业有限公司生产车间。（图片由周南山提供）\n"
        "（图/文 周南山）\n叶知秋/摄\n图片来源：周南山\n摄影：叶知秋"
    )
    assert_only_the_article(graph)


@pytest.mark.parametrize(
    "label", ["相关新闻", "【相关链接】", "往期精彩", "上一篇：云和县县长马上到开工现场"]
)
def test_related_news(read: Reader, label: str) -> None:
    """What follows a label of other news is not read."""
    graph = read(f"{HEADLINE}{BODY}\n{label}\n遂昌县县长高大山主持召开常务会议\n龙泉市委书记林海涛会见客商")
    assert_only_the_article(graph)


def test_related_news_without_a_label(read: Reader) -> None:
    """Headlines with bullets and dates behind the article are other news, and their dates not its own."""
    graph = read(
        f"{HEADLINE}{BODY}\n·遂昌县县长高大山主持召开常务会议 2023-04-11\n"
        "·龙泉市委书记林海涛会见客商 2023-04-10\n● 云和县县长马上到开工现场 [04-10]"
    )
    assert_only_the_article(graph)
    assert graph.document.date is None


def test_search_words(read: Reader) -> None:
    """Tags, keywords and disclaimers for search engines are no sentences."""
    graph = read(
        f"{HEADLINE}{BODY}\n标签：松阳县 遂昌县委书记高大山 招聘\n关键词：遂昌县,龙泉市\n"
        "松阳招商,遂昌县人民政府,莫小川最新消息,莫小川简历\n"
        "免责声明：本文仅代表作者高大山个人观点，与遂昌县融媒体中心无关。\n热搜词：遂昌县县长"
    )
    assert_only_the_article(graph)


def test_advertisements(read: Reader) -> None:
    """Advertisements between and behind paragraphs are left out."""
    graph = read(
        f"{HEADLINE}{BODY}\n广告\n【广告】遂昌县金山房地产开发有限公司盛大开盘\n推广：龙泉宝剑有限公司招商加盟\n"
        "他还强调，要守住安全底线。\n咨询电话：0578-7654321 联系人：高大山"
    )
    assert_only_the_article(graph)
    assert graph.document.text.endswith("要守住安全底线。")


def test_doubled_glyphs(read: Reader) -> None:
    """Glyphs doubled over whole lines or part of one are read once; doubled words of the language stay."""
    half = "".join(c * 2 for c in BODY[:30]) + BODY[30:]
    whole = "".join(c * 2 for c in HEADLINE.strip()) + "\n" + "".join(c * 2 for c in BODY)
    for text in (HEADLINE + half, whole):
        graph = read(text)
        assert graph.document.text == HEADLINE + BODY
        assert_only_the_article(graph)
    assert read(BODY + "大家高高兴兴上班。").document.text.endswith("高高兴兴上班。")


def test_spaced_and_wrapped(read: Reader) -> None:
    """Padding between characters and lines broken by a column's width are undone."""
    lines = [BODY[i : i + 18] for i in range(0, len(BODY), 18)]
    for text in (
        HEADLINE + "　　" + "\n".join(lines),
        " ".join(HEADLINE.strip()) + "\n" + "\n".join("　".join(line) for line in lines),
    ):
        graph = read(text)
        assert graph.document.text == HEADLINE + BODY
        assert_only_the_article(graph)


def test_widths(read: Reader) -> None:
    """Half-width punctuation and full-width digits read like their usual forms."""
    half = BODY.replace("，", ",").replace("。", ".")
    assert read(HEADLINE + half).document.text == HEADLINE + BODY
    full = read(f"{HEADLINE}２０２３年４月１２日,{BODY}占地１２０亩．")
    assert full.document.date == "2023-04-12"
    assert full.document.text.endswith("占地120亩。")
    assert_only_the_article(full)


def test_traditional_characters(read: Reader) -> None:
    """A text in traditional characters gives the same names, and evidence in its own characters."""
    graph = read(
        "莫小川到西屏街道調研\n松陽縣縣長莫小川到西屏街道調研，走訪了浙江青禾茶業有限公司。他要求有關部門做好服務，"
        "幫助企業解決用工和用地上的困難。"
    )
    assert_only_the_article(graph)
    assert any("松陽縣縣長莫小川" in link.evidence.quote for link in graph.links)


def test_slips_of_character_recognition(read: Reader) -> None:
    """Endings misread by character recognition still end names; the evidence stays as it was read."""
    slipped = BODY.replace("有限公司", "有限公同")
    graph = read(f"{HEADLINE}{slipped}松阳经济开发区管委舍主任叶小青陪同。")
    assert names(graph) >= {*ENTITIES, "叶小青", "松阳经济开发区管委会"}
    assert ("叶小青", "LEADS", "松阳经济开发区管委会") in links(graph)
    assert any("管委舍主任叶小青" in link.evidence.quote for link in graph.links)
    assert "有限公同" in graph.document.original


def test_slips_keep_offsets(tmp_path: Path) -> None:
    """Each slip of the table is mended where it stands; one that would move offsets is refused."""
    cleaned = clean(Document("d", "甲乙有限公同。"), schemas_dir())
    assert (cleaned.text, cleaned.offsets) == ("甲乙有限公司。", tuple(range(7)))
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    page = schemas_dir() / "lexicons" / "page.txt"
    (lexicons / "page.txt").write_text(page.read_text(encoding="utf-8"), encoding="utf-8")
    (lexicons / "slips.txt").write_text("[slips]\n公同 有限公司\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="公同 有限公司"):
        clean(Document("d", "甲"), tmp_path)


def test_several_articles_in_one_file(read: Reader) -> None:
    """Offices and bodies are those of their article's county, and no meeting is attended from the next article."""
    first = (
        "松阳县召开招商推进会\n本报讯 3月2日，松阳县招商推进会召开。县长莫小川出席会议并讲话。"
        "县委常委、副县长叶大海主持会议，并赴大东坝镇调研。"
    )
    second = (
        "遂昌县督查防汛工作\n本报讯 3月6日，遂昌县县长高大山到云峰街道督查防汛。副县长周南山、县水利局局长何大海参加。"
        "会议强调，要压实责任。高大山主持会议。"
    )
    found = links(read(f"{first}\n\n{second}"))
    assert found >= {
        ("莫小川", "LEADS", "松阳县"),
        ("叶大海", "SERVES_IN", "松阳县"),
        ("莫小川", "ATTENDS", "松阳县招商推进会"),
        ("高大山", "LEADS", "遂昌县"),
        ("周南山", "SERVES_IN", "遂昌县"),
        ("何大海", "LEADS", "遂昌县水利局"),
    }
    assert not [link for link in found if link[0] in ("高大山", "周南山", "何大海") and "松阳" in link[2]]
    assert not [link for link in found if link[0] in ("莫小川", "叶大海") and "云峰" in link[2]]
