"""The written forms of a division's name: 江华瑶族自治县 is also 江华县 and 江华."""

from __future__ import annotations

import re
from functools import cache

_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 "
    "傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 "
    "毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各"
)
# The names of these stand without 族 in some divisions (新疆维吾尔自治区, 木垒哈萨克自治县).
_WITHOUT_ZU = "蒙古 维吾尔 哈萨克 柯尔克孜 锡伯 塔吉克 达斡尔 鄂温克 俄罗斯 乌孜别克"
# Stripping 区 would leave a name nobody uses, or cut into a longer word.
_KEPT = frozenset({"井陉矿区"})
_LONG_SUFFIXES = {
    "滨海新区": "滨海",
    "浦东新区": "浦东",
    "沈北新区": "沈北",
    "神农架林区": "神农架",
    "六枝特区": "六枝",
    "峰峰矿区": "峰峰",
    "鹰手营子矿区": "鹰手营子",
    "白云鄂博矿区": "白云鄂博",
}
_BANNERS = re.compile(r"[左右前后中黄白蓝合]旗$")


@cache
def _peoples() -> re.Pattern[str]:
    with_zu, without = "|".join(_PEOPLES.split()), "|".join(_WITHOUT_ZU.split())
    return re.compile(f"(?:(?:{with_zu})族|(?:{without}))+(?:民族|少数民族)?$")


def short_name(name: str) -> str:
    """The name without its kind and without the peoples of an autonomous division.

    A name that would be left with one character is kept (唐县), so are banners told apart by a
    direction or colour (阿拉善左旗) and names that have no kind (德国).
    """
    if name in _KEPT or name in _LONG_SUFFIXES:
        return _LONG_SUFFIXES.get(name, name)
    stem = _stem(name)
    return stem if len(stem) > 1 else name


def middle_name(name: str) -> str | None:
    """The name of an autonomous division without its peoples: 江华县, 延边州, 管城区, 板桥乡; else None."""
    if name.endswith(("自治县", "自治州", "自治旗", "族乡", "族镇", "族区")):
        kind = name[-1]
    elif name.endswith("民族苏木"):
        kind = "苏木"
    else:
        return None
    middle = short_name(name) + kind
    return middle if middle != name else None


def _stem(name: str) -> str:
    last = name[-1]
    if last in "镇乡县市省盟":
        stem = name[:-1]
        if last == "县" and stem.endswith("自治"):
            return _without_peoples(stem[:-2])
        return _without_peoples(stem) if last in "镇乡" and "族" in name else stem
    if name.endswith(("街道", "苏木", "地区", "社区", "嘎查")):
        return name[:-2]
    if name.endswith("特别行政区"):
        return name[:-5]
    if name.endswith(("自治区", "自治州", "自治旗")):
        return _without_peoples(name[:-3])
    if last == "旗":
        return name if _BANNERS.search(name) else name[:-1]
    if last == "区":
        return _without_peoples(name[:-1]) if name.endswith("族区") else name[:-1]
    return name[:-1] if last == "村" else name


def _without_peoples(stem: str) -> str:
    stripped = _peoples().sub("", stem)
    return stripped if len(stripped) > 1 else stem.removesuffix("族")  # 内蒙古, 东乡族
