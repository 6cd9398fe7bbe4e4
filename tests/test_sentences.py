"""Marked-up sentences of our own are the tests of names, posts, scenes, patterns and places."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate.pipeline import nlp
from kg.clean.articles import clean
from kg.gazetteer import Gazetteer
from kg.link.document import Linker
from kg.resources import schemas_dir
from kg.schema import load_schema
from kg.types import Document, DocumentGraph

SENTENCES = Path(__file__).parent / "sentences"
MARKED = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")
PLACED = ("LOCATED_IN", "PART_OF")


@cache
def reader() -> Callable[[str], DocumentGraph]:
    schemas = schemas_dir()
    pipeline = nlp()
    linker = Linker(load_schema(), schemas, Gazetteer.load())

    def read(text: str) -> DocumentGraph:
        document = clean(Document("d", text), schemas)
        return linker.link(document, pipeline(document.text))

    return read


def name_lines() -> list[str]:
    lines = (SENTENCES / "names.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def cases(name: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = yaml.safe_load((SENTENCES / name).read_text(encoding="utf-8"))
    return data


def statements(graph: DocumentGraph, *, placed: bool) -> set[str]:
    names = {e.id: e.name for e in graph.entities}
    return {
        " ".join(filter(None, (names[link.head], link.type, names[link.tail], link.title)))
        for link in graph.links
        if (link.type in PLACED) is placed
    }


@pytest.mark.parametrize("line", name_lines())
def test_names_are_found_whole_and_alone(line: str) -> None:
    """The mentions of a sentence are the marked ones, no more and no fewer."""
    text = MARKED.sub(r"\1", line)
    expected = []
    for match in MARKED.finditer(line):
        start = len(MARKED.sub(r"\1", line[: match.start()]))
        kind = "Person" if match.group(2) == "Official" else match.group(2)
        expected.append((start, start + len(match.group(1)), kind))
    doc = nlp_once()(text)
    found = [(s.start_char, s.end_char, s.label_) for s in doc.spans["mentions"] if s.label_ != "Title"]
    assert found == expected


@cache
def nlp_once() -> Any:
    return nlp()


@pytest.mark.parametrize("case", cases("relations.yaml"), ids=lambda c: c["text"][:16])
def test_posts_scenes_and_patterns(case: dict[str, Any]) -> None:
    """The relations of a text other than places are the listed ones."""
    assert statements(reader()(case["text"]), placed=False) == set(case["relations"])


@pytest.mark.parametrize("case", cases("places.yaml"), ids=lambda c: c["text"][:16])
def test_places(case: dict[str, Any]) -> None:
    """Where things are, and what is part of what."""
    assert statements(reader()(case["text"]), placed=True) >= set(case["relations"])
