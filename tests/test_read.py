"""Files of every readable type become documents; what cannot be read says why in one line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import common_root, find_documents, read_document
from kg.records import iso_date

NEWS = "县委书记王强到新兴镇调研工业项目\n\n4月12日,县委书记王强先后来到新兴镇、松阳经济开发区调研。\n"
TRADITIONAL = "縣委書記王強到新興鎮調研工業項目\n\n4月12日,縣委書記王強先後來到新興鎮、松陽經濟開發區調研。\n"
PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>县长调研_松阳新闻网</title></head><body>
<div class="nav"><a href="/">首页</a></div><h1>县长调研</h1><div>发布时间:2023年04月12日</div>
<div class="content">
<p>4月12日,县长李敏到新兴镇调研工业项目,察看了工地,听取了企业负责人的意见,要求各部门加快建设进度。</p>
<p>李敏指出,要坚持项目为王,加快推进松阳经济开发区建设,把服务送到企业门口,确保项目早日投产见效。</p>
</div></body></html>"""


def write(folder: Path, name: str, content: str | bytes = NEWS) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def names(folder: Path, paths: list[Path]) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


# finding


def test_folders_are_searched_for_readable_types(tmp_path: Path) -> None:
    """Readable files at any depth are found, sorted; others and hidden ones are not."""
    for name in ("b.txt", "a.HTML", "sub/c.jsonl", "sub/d.md", "x.pdf", "y", ".z.txt", ".git/k.txt"):
        write(tmp_path, name)
    assert names(tmp_path, find_documents([tmp_path])) == ["a.HTML", "b.txt", "sub/c.jsonl", "sub/d.md"]


def test_a_file_is_found_once_and_whatever_its_type(tmp_path: Path) -> None:
    """A file named besides its folder is not read twice; a named file needs no known type."""
    plain = write(tmp_path, "a.txt")
    odd = write(tmp_path, "notes")
    assert find_documents([tmp_path, odd, plain]) == [plain, odd]


@pytest.mark.parametrize(
    ("given", "message"), [("gone", "gone: no such file or folder"), ("empty", "no documents in this folder")]
)
def test_nothing_to_find_is_an_error(tmp_path: Path, given: str, message: str) -> None:
    """A missing path and a folder without documents are named."""
    (tmp_path / "empty").mkdir()
    write(tmp_path, "empty/.hidden.txt")
    with pytest.raises(InputError, match=message) as caught:
        find_documents([write(tmp_path, "a.txt"), tmp_path / given])
    assert "\n" not in str(caught.value)


def test_no_path_is_an_error() -> None:
    """Nothing given is said, not read as nothing found."""
    with pytest.raises(InputError, match="give files or folders"):
        find_documents([])


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused folder is not skipped in silence."""

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match=r"cannot be listed \(Permission denied\)"):
        find_documents([tmp_path])


def test_the_root_holds_all_that_was_given(tmp_path: Path) -> None:
    """One folder is its own root; files and folders share the deepest common one."""
    one, two = write(tmp_path, "a/one.txt"), write(tmp_path, "b/c/two.txt")
    assert common_root([two.parent]) == two.parent
    assert common_root([one]) == one.parent
    assert common_root([one, two.parent]) == tmp_path


# plain text


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    """A text file is one document without a title, named by its path."""
    path = write(tmp_path, "2023/d01.txt")
    (document,) = read_document(path, root=tmp_path)
    assert (document.id, document.text, document.source) == ("2023/d01", NEWS, str(path))
    assert (document.title, document.date) == ("", None)
    assert read_document(path)[0].id == "d01"


def test_ids_keep_the_suffix_where_it_tells_files_apart(tmp_path: Path) -> None:
    """Two files that differ by suffix alone get two ids."""
    paths = [write(tmp_path, "d01.txt"), write(tmp_path, "d01.md"), write(tmp_path, "d02.txt")]
    assert [read_document(path, root=tmp_path)[0].id for path in paths] == ["d01.txt", "d01.md", "d02"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (NEWS, "utf-8"),
        (NEWS, "utf-8-sig"),
        (NEWS, "gb18030"),
        (NEWS, "utf-16"),
        (NEWS, "utf-16-le"),
        (NEWS, "utf-16-be"),
        (NEWS, "utf-32"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        ("王强县长。", "gbk"),
        ("Songyang County 2023\n", "ascii"),
        ('{"a": 1, "bb": "2023", "note": "县长"}' * 40, "gb18030"),
        ("镕堃喆犇" + NEWS, "gb18030"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, text: str, encoding: str) -> None:
    """The text comes back whatever encoding it was saved in."""
    path = write(tmp_path, "a.txt", text.encode(encoding))
    assert read_document(path)[0].text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_damaged_byte_does_not_spoil_the_text(tmp_path: Path, encoding: str) -> None:
    """One broken character is marked, the others are kept."""
    data = (NEWS * 20).encode(encoding)
    read = read_document(write(tmp_path, "a.txt", data + NEWS.encode(encoding)[:1]))[0].text
    assert read == NEWS * 20 + "\ufffd"


def test_line_ends_are_made_one_kind(tmp_path: Path) -> None:
    """Windows and old Macintosh line ends become plain ones."""
    assert read_document(write(tmp_path, "a.txt", "县长\r\n书记\r镇长\n"))[0].text == "县长\n书记\n镇长\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", r"not a text file \(PDF\)"),
        (b"PK\x03\x04\x14\x00", r"not a text file \(zip archive"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)), "not a text file"),
        (b"abc\0def", "not a text file"),
        (b"\x01\x02\x03 county", r"not a text file \(control characters\)"),
        (bytes(range(128, 256)) * 4, r"not a text file \(no UTF-8, GB18030, Big5 or UTF-16"),
        (b"", "empty file"),
        (b"\xef\xbb\xbf \n\t", "empty file"),
    ],
)
def test_what_is_not_text_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    """Binary and empty files give one line with the path and the reason."""
    path = write(tmp_path, "a.txt", data)
    with pytest.raises(InputError, match=reason) as caught:
        read_document(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_broken_links_are_reported(tmp_path: Path) -> None:
    """A link to nowhere is found in its folder and refused with its target."""
    link = tmp_path / "a.txt"
    link.symlink_to("gone.txt")
    assert find_documents([tmp_path]) == [link]
    with pytest.raises(InputError, match=r"a\.txt: a link to gone\.txt, which does not exist"):
        read_document(link)


def test_refused_files_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission gives its path and the system's reason."""
    path = write(tmp_path, "a.txt")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"a\.txt: cannot be read \(Permission denied\)"):
        read_document(path)


def test_folders_and_pipes_are_not_files(tmp_path: Path) -> None:
    """What is no regular file is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path, tmp_path / "pipe.txt"):
        with pytest.raises(InputError, match="not a file"):
            read_document(path)


# web pages and Markdown


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_article_is_taken_from_its_page(tmp_path: Path, encoding: str) -> None:
    """A page gives title, date and the article's paragraphs without the menu."""
    (document,) = read_document(write(tmp_path, "a.html", PAGE.encode(encoding)))
    paragraphs = document.text.split("\n")
    assert (document.id, document.title, document.date) == ("a", "县长调研", "2023-04-12")
    assert paragraphs[-2].startswith("4月12日,县长李敏")
    assert paragraphs[-1].startswith("李敏指出")
    assert "首页" not in document.text


def test_sentences_are_not_broken_at_bold_type(tmp_path: Path) -> None:
    """A name in bold type or in a link stays within its line, in short pages and in tables too."""
    line = "4月12日,<strong>县长</strong><b>李敏</b>到<a href='x'>新兴镇</a>调研"
    page = f"<html><body><p>{line}。</p><table><tr><td>{line}工业</td></tr></table></body></html>"
    text = read_document(write(tmp_path, "a.html", page))[0].text
    assert text.split("\n") == ["4月12日,县长李敏到新兴镇调研。", "4月12日,县长李敏到新兴镇调研工业"]


def test_a_page_without_article_gives_all_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no article is found the visible text is kept, a block a line."""
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: None)
    page = "<head><title>报</title></head><style>p {}</style><div>县长<b>李敏</b></div> 书记\n王强<br>镇长"
    assert read_document(write(tmp_path, "a.htm", page))[0].text == "县长李敏\n书记 王强\n镇长"


@pytest.mark.parametrize(
    "page", ["<p>县", "<?xml version='1.0' encoding='gbk'?><html><p>县长。", "县长 < 3", "<县长>县"]
)
def test_odd_pages_leak_nothing(
    tmp_path: Path, page: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever a page holds, it is read without a word of the parser's."""
    assert "县" in read_document(write(tmp_path, "a.htm", page))[0].text
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def test_a_page_without_text_is_an_error(tmp_path: Path) -> None:
    """A page of scripts alone is refused."""
    with pytest.raises(InputError, match="no text in this web page"):
        read_document(write(tmp_path, "a.html", "<html><body><script>1</script></body></html>"))


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    """Front matter gives the fields, the first heading the title, and the marks go."""
    text = (
        "---\ndate: 2023-04-12\nurl: 'https://a.example/1'\n---\n\n# 县长调研\n\n"
        "- **李敏**到[新兴镇](x.html)\n> 调研![图](p.png)。\n"
    )
    (document,) = read_document(write(tmp_path, "a.md", text))
    assert (document.title, document.date, document.source) == (
        "县长调研",
        "2023-04-12",
        "https://a.example/1",
    )
    assert document.text == "县长调研\n\n李敏到新兴镇\n调研。\n"


# records


def test_one_json_object_is_one_document(tmp_path: Path) -> None:
    """Chinese and English keys are read, paragraphs joined, and the id has no number."""
    record = {"标题": "县长调研", "正文": ["第一段。", "第二段。"], "publish_time": "2023/4/2 08:00"}
    path = write(tmp_path, "a.json", json.dumps(record))
    (document,) = read_document(path)
    assert (document.id, document.title, document.date) == ("a", "县长调研", "2023-04-02")
    assert (document.text, document.source) == ("第一段。\n第二段。", str(path))


RECORDS = [
    {"text": "县长李敏调研。", "url": "https://a.example/1", "date": 20230412},
    {"content": "书记王强讲话。"},
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps(RECORDS)),
        ("a.jsonl", "\n\n".join(json.dumps(r, ensure_ascii=False) for r in RECORDS) + "\n"),
        ("a.csv", '日期,url,正文\n20230412,https://a.example/1,"县长李敏调研。"\n,,书记王强讲话。\n'),
        ("a.csv", "日期\turl\t正文\n20230412\thttps://a.example/1\t县长李敏调研。\n\t\t书记王强讲话。\n"),
    ],
)
def test_records_are_numbered_documents(tmp_path: Path, name: str, content: str) -> None:
    """Lists, lines and rows give one document each."""
    path = write(tmp_path, f"sub/{name}", content)
    first, second = read_document(path, root=tmp_path)
    assert (first.id, first.text, first.date) == ("sub/a#1", "县长李敏调研。", "2023-04-12")
    assert first.source == "https://a.example/1"
    assert (second.id, second.text, second.date, second.source) == (
        "sub/a#2",
        "书记王强讲话。",
        None,
        str(path),
    )


def test_csv_texts_may_be_long_and_hold_line_breaks(tmp_path: Path) -> None:
    """A quoted text of several lines and any length is one record."""
    text = "县长," * 60_000 + "\n" + '他说:""好""。'
    (document,) = read_document(write(tmp_path, "a.csv", f'text,title\n"{text}",a\n'))
    assert document.text == text.replace('""', '"')


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", "{", r"a\.json: not valid JSON \(Expecting"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", "[1]", r"a\.json: record 1: not an object"),
        (
            "a.json",
            '{"entities": []}',
            r"a\.json: no text; expected one of the keys text, content, body, 正文",
        ),
        ("a.json", '[{"text": "好"}, {"title": "好"}]', r"a\.json: record 2: no text"),
        ("a.json", '{"text": " "}', r"a\.json: no record with text"),
        ("a.jsonl", '{"text": "好"}\nnews\n', r"a\.jsonl: line 2: not valid JSON"),
        ("a.csv", "name\n好\n", r"a\.csv: line 2: no text"),
        ("a.csv", "text,title\n一,二,三\n", r"a\.csv: line 2: 3 fields where the header has 2"),
        ("a.csv", 'text\n"一\n', r"a\.csv: line 2: not valid CSV"),
        ("a.csv", "text\n", r"a\.csv: no record with text"),
    ],
)
def test_broken_records_are_located(tmp_path: Path, name: str, content: str, message: str) -> None:
    """A fault is reported with file and place in one line."""
    with pytest.raises(InputError, match=message) as caught:
        read_document(write(tmp_path, name, content))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-04-12T09:30:00+08:00", "2023-04-12"),
        ("2023年4月2日", "2023-04-02"),
        ("2023.4", "2023-04"),
        ("2023年", "2023"),
        ("20230412", "2023-04-12"),
        ("1681315200", "2023-04-13"),
        ("1681315200000", "2023-04-13"),
        ("2023-13-01", None),
        ("2023-02-30", None),
        ("20231", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_dates_of_fields_become_iso(written: str, day: str | None) -> None:
    """A date is as exact as written, an instant is a day in China, and anything else is none."""
    assert iso_date(written) == day
