"""The queue of doubtful pairs behind kg serve: what it tells, what it keeps, and whom it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from made_doubts import EVIL, REASON, REASONS, with_doubts
from serving import Served, served
from small_graph import small_graph
from test_review import FULL, SHORT, TEXTS

from kg.decisions import read_decisions
from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.lock import FileLock
from kg.pipeline import build
from kg.review import asked, decide, form_id, questions
from kg.stores.open import build_embedded

_PAIRS = 24


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a queue."""
    return with_doubts(tmp_path_factory.mktemp("doubts") / "out", pairs=_PAIRS)


@pytest.fixture(scope="module")
def running(out: Path) -> Iterator[Served]:
    with served(out) as server:
        yield server


@pytest.fixture
def server(running: Served, out: Path) -> Iterator[Served]:
    """kg serve of a queue of which nothing is decided."""
    yield running
    (out / "decisions.tsv").unlink(missing_ok=True)


def post(server: Served, path: str, content: Any, **headers: str | None) -> tuple[int, str]:
    """Status and body of the answer to JSON, by default of somebody who logged in."""
    given: dict[str, str | None] = {"Content_Type": "application/json"}
    if "Cookie" not in headers:
        given["Cookie"] = server.cookie()
    body = content if isinstance(content, str) else json.dumps(content)
    status, _, told = server.request("POST", path, body, **given | headers)
    return status, told


def state(server: Served) -> Any:
    status, _, content = server.request("GET", "/review/state", Cookie=server.cookie())
    assert status == 200, content
    return json.loads(content)


def sides(out: Path, number: int = 0) -> dict[str, str]:
    """What a request calls the sides of a pair."""
    question = asked(out)[number]
    return {"left": form_id(question.left), "right": form_id(question.right)}


def test_the_next_pair(server: Served, out: Path) -> None:
    """Both sides come with documents, days, titles, sentences, and the names to mark; the pair with its reasons."""
    told = state(server)
    assert (told["all"], told["waiting"], told["made"]) == (_PAIRS, _PAIRS, [])
    assert told["file"] == str(out / "decisions.tsv")
    question = told["question"]
    assert (question["score"], question["reasons"]) == (9, [REASON, *REASONS])
    by_name = {question[side]["name"]: question[side] for side in ("left", "right")}
    firm, evil = by_name["甲钢管"], by_name[EVIL]
    (document,) = firm["documents"]
    assert (document["id"], document["date"], document["title"]) == ("d1", "2021-03-31", "县委全会召开")
    assert document["sentences"][0] == "县长考察甲钢管的车间。"
    assert len(document["sentences"]) > 1, "the evidence of its relations"
    assert all(sentence.startswith("d1：") for sentence in document["sentences"][1:])
    assert firm["names"] == ["甲公司", "甲钢管"]
    found = {each["id"]: (each["date"], each["sentences"]) for each in evil["documents"]}
    assert found == {"d2": ("2021-06-02", [f"有人说到{EVIL}。"]), "gone": ("", [])}


def test_decide_and_undo(server: Served, out: Path) -> None:
    """A decision is in the terminal's file and out of its queue; one of the terminal is on the page; undone, it waits."""
    status, content = post(server, "/review/decide", sides(out) | {"verdict": "different"})
    told = json.loads(content)
    assert (status, told["waiting"], told["question"]["score"]) == (200, _PAIRS - 1, 8.5)
    (made,) = read_decisions(out / "decisions.tsv")
    assert (made.verdict, made.pair) == ("different", asked(out)[0].pair)
    assert len(questions(out)) == _PAIRS - 1
    decide(out, **sides(out, 1), word="unsure")
    told = state(server)
    assert (told["all"], told["waiting"]) == (_PAIRS, _PAIRS - 2)
    assert [each["verdict"] for each in told["made"]] == ["unsure", "different"]
    assert {each["id"] for each in (told["made"][1]["left"], told["made"][1]["right"])} == set(
        sides(out).values()
    )
    status, content = post(server, "/review/undo", sides(out, 1))
    assert (status, json.loads(content)["question"]["score"]) == (200, 8.5)
    decide(out, **sides(out, 1), word="same")
    decide(out, **sides(out, 2), word="same")
    _, content = post(server, "/review/undo", sides(out, 2))
    assert json.loads(content)["question"]["score"] == 8, "what was undone comes first"
    post(server, "/review/decide", sides(out) | {"verdict": "same"})
    assert [d.verdict for d in read_decisions(out / "decisions.tsv")] == ["same", "same"]


def test_many_at_once(server: Served, out: Path) -> None:
    """Decisions of several pages and of another process at one time are all kept."""
    cookie = server.cookie()

    def one(number: int) -> None:
        if number % 2:
            decide(out, **sides(out, number), word="same")
        else:
            content = sides(out, number) | {"verdict": "same"}
            assert post(server, "/review/decide", content, Cookie=cookie)[0] == 200

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(_PAIRS)))
    assert len(read_decisions(out / "decisions.tsv")) == _PAIRS
    assert state(server)["question"] is None


def test_a_file_that_somebody_holds(server: Served, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever cannot have the file is told so, and nothing is changed."""
    monkeypatch.setattr("kg.decisions._WAIT_SECONDS", 0.05)
    lock = FileLock(out / ".decisions.tsv.lock")
    with pytest.raises(InputError, match="is changing it; try again"):
        decide(out, **sides(out), word="same")
    lock.release()
    assert state(server)["made"] == []


@pytest.mark.parametrize("path", ["/review/decide", "/review/undo"])
def test_refused(server: Served, out: Path, path: str) -> None:
    """No password, another origin, another host, another kind of body: nothing is kept."""
    content = sides(out) | {"verdict": "same"}
    for cookie in (None, "", f"kg-{server.host.rpartition(':')[2]}=x"):
        assert post(server, path, content, Cookie=cookie) == (401, "log in first\n")
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1", None):
        status, told = post(server, path, content, Origin=origin)
        assert (status, "Origin" in told) == (403, True)
    for host in ("evil.example", None):
        assert post(server, path, content, Host=host)[0] == 403
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert post(server, path, content, Content_Type=kind)[0] == 415
    assert post(server, path, "x" * 1_000_001)[0] == 413
    assert server.request("GET", path, Cookie=server.cookie())[0] == 404
    assert not (out / "decisions.tsv").exists()


def test_the_page_needs_the_password(server: Served) -> None:
    """Without it there is the login page alone; with it the policy of the other pages holds."""
    status, _, content = server.request("GET", "/review")
    assert (status, 'type="password"' in content) == (401, True)
    for path in ("/review/state", "/assets/review.js", "/assets/pair.js"):
        assert server.request("GET", path)[0] == 401
    status, headers, content = server.request("GET", "/review", Cookie=server.cookie())
    assert (status, "review.js" in content) == (200, True)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert 'href="/review"' in server.request("GET", "/", Cookie=server.cookie())[2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"left": "form-000000000000"}, "form-000000000000: no name, entity or form of this build"),
        ({"left": "\ud800"}, "no name, entity or form"),
        ({"verdict": "perhaps"}, '"perhaps" is no verdict; legal: same, different, unsure'),
        ({"verdict": "same\tsame"}, "is no verdict"),
        ({"verdict": None}, "must be a JSON object with the texts left, right, verdict"),
        ({"right": ["x"]}, "must be a JSON object"),
    ],
)
def test_wrong_decisions(server: Served, out: Path, change: dict[str, Any], message: str) -> None:
    """What cannot be decided is an error that says why; nothing is kept."""
    status, content = post(server, "/review/decide", sides(out) | {"verdict": "same"} | change)
    assert status == 400
    assert message in json.loads(content)["error"]["message"]
    assert not (out / "decisions.tsv").exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "1", "{}", "\x00", "[" * 100_000])
def test_bad_requests(server: Served, out: Path, body: str) -> None:
    """What is no JSON object with two sides is an error, and the server goes on."""
    for path in ("/review/decide", "/review/undo"):
        assert post(server, path, body)[0] == 400
    assert not (out / "decisions.tsv").exists()
    assert state(server)["waiting"] == _PAIRS


def test_nothing_to_undo(server: Served, out: Path) -> None:
    """A pair that is not decided cannot be undone."""
    status, content = post(server, "/review/undo", sides(out))
    assert status == 400
    assert "no decision on" in json.loads(content)["error"]["message"]


def test_a_broken_file_is_told(server: Served, out: Path) -> None:
    """A file of decisions that does not hold is an error with its line, and is not overwritten."""
    (out / "decisions.tsv").write_text("same\tCompany\n", encoding="utf-8")
    for status, content in (
        server.request("GET", "/review/state", Cookie=server.cookie())[::2],
        post(server, "/review/decide", sides(out) | {"verdict": "same"}),
    ):
        assert status == 400
        assert "decisions.tsv:1: 2 columns" in json.loads(content)["error"]["message"]
    assert (out / "decisions.tsv").read_text(encoding="utf-8") == "same\tCompany\n"


def test_no_queue(tmp_path: Path) -> None:
    """A folder without resolution.json has no queue, which is said; the rest works."""
    build_embedded(small_graph(), tmp_path / "store")
    with served(tmp_path) as server:
        status, _, content = server.request("GET", "/review/state", Cookie=server.cookie())
        assert status == 404
        assert "resolution.json: missing" in json.loads(content)["error"]["message"]
        content = {"left": "a", "right": "b", "verdict": "same"}
        assert post(server, "/review/decide", content)[0] == 400
        assert server.ask("RETURN 1 AS one")["rows"] == [[1]]


def test_the_next_build_applies_it(tmp_path: Path) -> None:
    """A decision of the page, in a file of one's own, makes one firm of two."""
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    out, file = tmp_path / "out", tmp_path / "shared.tsv"
    build([tmp_path / "texts"], out, workers=1)
    with served(out, "--decisions", str(file)) as server:
        question = state(server)["question"]
        told = {question[side]["name"]: question[side]["documents"] for side in ("left", "right")}
        assert told[SHORT][0]["sentences"][0].startswith("2021年4月2日，遂昌县县长王强会见云中马公司客人")
        assert told[FULL][0]["date"] == "2021-03-31"
        post(server, "/review/decide", sides(out) | {"verdict": "same"})
    assert not (out / "decisions.tsv").exists()
    build([tmp_path / "texts"], out, workers=1, decisions=file)
    graph = KnowledgeGraph.load(out / "graph.json")
    assert [e.name for e in graph.entities if e.type == "Company"] == [FULL]
