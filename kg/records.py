"""Documents kept as records: a JSON object or list, JSON Lines, or CSV with a header."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from kg.errors import InputError

TEXT_KEYS = ("text", "content", "body", "正文")
TITLE_KEYS = ("title", "标题")
DATE_KEYS = ("date", "publish_time", "日期")
SOURCE_KEYS = ("source", "url")

_DAY = re.compile(r"((?:19|20)\d\d)(?!\d)(?:\s?[-/.年]\s?(\d{1,2})(?!\d)(?:\s?[-/.月]\s?(\d{1,2})(?!\d))?)?")
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_CHINA_TIME = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Record:
    """One document's fields.

    Attributes:
        place: Where in its file it stands (``line 3``), or "" when it is the whole file.
        fields: As written.
    """

    place: str
    fields: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The article; a list of paragraphs is joined by line breaks."""
        return self._first(TEXT_KEYS).replace("\r\n", "\n")

    @property
    def title(self) -> str:
        """The headline, or ""."""
        return self._first(TITLE_KEYS).strip()

    @property
    def date(self) -> str | None:
        """The date in ISO form, or None."""
        return iso_date(self._first(DATE_KEYS))

    @property
    def source(self) -> str:
        """The origin given, or ""."""
        return self._first(SOURCE_KEYS).strip()

    def _first(self, keys: Sequence[str]) -> str:
        for key in keys:
            value = self.fields.get(key)
            parts = value if isinstance(value, list) else [value]
            written = "\n".join(str(part) for part in parts if isinstance(part, str | int | float))
            if written.strip():
                return written
        return ""


def read_records(text: str, path: Path) -> Iterator[Record]:
    """Takes the records out of a file's text, by the type its name tells.

    Args:
        text: The decoded content.
        path: Its file, ending in .json, .jsonl or .csv.

    Yields:
        The records, each with one of `TEXT_KEYS`.

    Raises:
        InputError: When the file does not hold records, with the place of the first fault.
    """
    parse = {".json": _json, ".jsonl": _json_lines, ".csv": _csv}[path.suffix.lower()]
    for record in parse(text, path):
        if not isinstance(record.fields, dict):
            raise InputError(f"{_at(path, record.place)}: not an object with the keys of a document")
        if not any(key in record.fields for key in TEXT_KEYS):
            expected = ", ".join(TEXT_KEYS)
            raise InputError(f"{_at(path, record.place)}: no text; expected one of the keys {expected}")
        yield record


def iso_date(value: str) -> str | None:
    """The day, month or year that a date field names, in ISO form, or None.

    Args:
        value: ``2023-04-12 09:30``, ``2023年4月12日``, ``2023/4``, ``20230412``, or seconds or milliseconds
            since 1970 (a day in China).
    """
    written = value.strip()
    if _EPOCH.fullmatch(written):
        moment = datetime.fromtimestamp(int(written[:10]), UTC) + _CHINA_TIME
        return moment.date().isoformat()
    found = _COMPACT_DAY.match(written) or _DAY.match(written)
    if not found:
        return None
    parts = [int(part) for part in found.groups() if part]
    try:
        full = date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return full.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def _at(path: Path, place: str) -> str:
    return f"{path}: {place}" if place else str(path)


def _json(text: str, path: Path) -> Iterator[Record]:
    content = _parsed(text, str(path))
    if not isinstance(content, list):
        yield Record("", content)
        return
    for number, fields in enumerate(content, start=1):
        yield Record(f"record {number}", fields)


def _json_lines(text: str, path: Path) -> Iterator[Record]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield Record(f"line {number}", _parsed(line, f"{path}: line {number}"))


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not valid JSON ({error})") from None
    except RecursionError:
        raise InputError(f"{where}: not valid JSON (nested too deeply)") from None


def _csv(text: str, path: Path) -> Iterator[Record]:
    header = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=header.count)
    limit = csv.field_size_limit(sys.maxsize)  # the default refuses articles of 131,072 characters
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        keys = [key.strip() for key in next(rows)]
        filled = [(rows.line_num, row) for row in rows if row]
    except csv.Error as error:
        raise InputError(f"{path}: line {rows.line_num}: not valid CSV ({error})") from None
    finally:
        csv.field_size_limit(limit)
    for line, row in filled:
        if len(row) != len(keys):
            raise InputError(
                f"{path}: line {line}: {len(row)} fields where the header has {len(keys)}; "
                "put texts that hold commas or line breaks in double quotes"
            )
        yield Record(f"line {line}", dict(zip(keys, row, strict=True)))
