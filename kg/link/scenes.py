"""Which mentions of an event are a scene: held here and now, not called off, not only spoken of."""

from __future__ import annotations

from pathlib import Path

from kg.wording import load_wording


class Scenes:
    """Tells scenes from other mentions; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "attendance")

    def spoken_of(self, text: str, start: int, end: int, name: str) -> bool:
        """Whether a mention is of an event that is planned, called off, long past or far away.

        Args:
            text: The document's text.
            start: Where the mention begins.
            end: Where it ends.
            name: The event's name.
        """
        words = self._words
        before = _before(text, start)
        return bool(
            words["called off"].search(before[-12:])
            or words["called off"].match(text, end)
            or words["put off"].match(text, end)
            or words["only spoken of"].search(before)
            or words["spirit"].match(text, end)
            or words["of its people"].match(text, end)
            or words["national"].match(name)
        )

    def held(self, text: str, start: int, end: int, name: str, stop: int) -> bool:
        """Whether a mention is where its event takes place, in a sentence that ends at ``stop``."""
        if self.spoken_of(text, start, end, name):
            return False
        words = self._words
        return bool(
            words["takes place"].match(text, end, stop)
            or words["is at"].search(_before(text, start))
            or not text[end:stop].strip("。！\n")
        )


def _before(text: str, start: int) -> str:
    """What stands before a position in its sentence, as far as the wording looks."""
    since = max(0, start - 40)
    return text[max(since, text.rfind("。", since, start) + 1, text.rfind("\n", since, start) + 1) : start]
