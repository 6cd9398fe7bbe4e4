"""Where the files outside the package lie: beside it in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    packed = _PACKAGE / "resources" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def schemas_dir() -> Path:
    """The folder with entity types, relation types, patterns and lexicons."""
    return _folder("schemas")


def data_dir() -> Path:
    """The folder with the gazetteer and the named queries."""
    return _folder("data")


def in_schemas(schemas: Path, name: str) -> Path:
    """A file of a schema folder; the program's own where that folder has none."""
    path = schemas / name
    return path if path.is_file() else schemas_dir() / name
