"""Names made comparable, and ids that follow from content alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_SAME = (
    ("人民代表大会常务委员会", "人大常委会"),
    ("人民代表大会", "人大"),
    ("人民政府", "政府"),
    ("管理委员会", "管委会"),
    ("发展和改革委员会", "发改委"),
    ("发展改革委员会", "发改委"),
    ("发展改革委", "发改委"),
)
_CONGRESS = re.compile(r"中国共产党第(.{1,3})次全国代表大会")
_SIGNS = re.compile(r"[^\w]+")


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Equal for names that differ only in width, spaces, quotation marks or well-known long forms."""
    key = _SIGNS.sub("", unicodedata.normalize("NFKC", name)).lower().removeprefix("中共")
    for long, short in _SAME:
        key = key.replace(long, short)
    return _CONGRESS.sub(r"党的\1大", key)


def stable_id(type: str, *parts: str) -> str:
    """An id made from content: a type in lower case and 12 hexadecimal digits.

    Args:
        type: What the id is for (``Company``, ``LEADS``).
        parts: All that tells the thing from others of its type.
    """
    content = "\x1f".join((type, *parts)).encode()
    return f"{type.lower()}-{hashlib.sha1(content, usedforsecurity=False).hexdigest()[:12]}"
