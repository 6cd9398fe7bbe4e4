"""The cookbook: named Cypher queries in data/queries, each with the question it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import QueryError
from kg.resources import data_dir

_PARAMETER = re.compile(r":param\s+(\w+)\s*=\s*(.*)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the cookbook.

    Attributes:
        name: The file's name without ``.cypher``.
        question: What it answers, in English.
        question_zh: The same in Chinese.
        cypher: The statement.
        parameters: Names and default values; all are strings.
    """

    name: str
    question: str
    question_zh: str
    cypher: str
    parameters: dict[str, str] = field(default_factory=dict)


def named_queries(folder: Path | None = None) -> dict[str, NamedQuery]:
    """All queries of the cookbook, by name.

    Args:
        folder: Where the ``.cypher`` files are (default: those that come with the program). Each begins with
            comment lines: the question in English, in Chinese, and ``// :param name=default`` lines.

    Raises:
        QueryError: When a file does not begin with its questions.
    """
    paths = sorted((folder or data_dir() / "queries").glob("*.cypher"))
    return {path.stem: _read(path) for path in paths}


def _read(path: Path) -> NamedQuery:
    lines = path.read_text(encoding="utf-8").splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    comments = [line.removeprefix("//").strip() for line in lines[:count]]
    found = [_PARAMETER.fullmatch(comment) for comment in comments]
    questions = [comment for comment, match in zip(comments, found, strict=True) if match is None]
    if len(questions) != 2:
        raise QueryError(f"{path}: must begin with two comment lines, the question in English and in Chinese")
    return NamedQuery(
        name=path.stem,
        question=questions[0],
        question_zh=questions[1],
        cypher="\n".join(lines[count:]).strip(),
        parameters={match[1]: match[2].strip() for match in found if match},
    )
