"""Users of the embedded store: the engine's own rights for one who may read and nothing else.

The engine carries out writes in read transactions, so what keeps others from writing must be its groups of users.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from pathlib import Path

READER = "kg"
"""The user who may read."""
_ROUNDS = 65_536
_ALL = ("createRecord", "readRecord", "updateRecord", "deleteRecord")
_ADMIN = ("updateSecurity", "updateSchema", "updateDatabaseSettings")


def write_users(folder: Path, root: str, reader: str) -> None:
    """Writes the engine's files of users and groups.

    Args:
        folder: The engine's folder, before it is started.
        root: Password of the user who may do everything.
        reader: Password of `READER`.
    """
    groups = {
        "admin": _group(_ADMIN, _ALL),
        "reader": _group((), ("readRecord",)),
        "*": _group((), ()),  # everybody else
    }
    users = (
        {"name": "root", "databases": {"*": ["admin"]}, "password": _hashed(root)},
        {"name": READER, "databases": {"*": ["reader"]}, "password": _hashed(reader)},
    )
    config = folder / "config"
    config.mkdir()
    text = json.dumps({"databases": {"*": {"groups": groups}}, "version": 2})
    (config / "server-groups.json").write_text(text, encoding="ascii")
    lines = "".join(f"{json.dumps(user)}\n" for user in users)
    (config / "server-users.jsonl").write_text(lines, encoding="ascii")


def _group(database: tuple[str, ...], records: tuple[str, ...]) -> dict[str, object]:
    return {
        "resultSetLimit": -1,
        "readTimeout": -1,
        "access": database,
        "types": {"*": {"access": records}},
    }


def _hashed(password: str) -> str:
    """As the engine keeps passwords; it takes the salt in its Base64 form."""
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _ROUNDS)
    return f"PBKDF2WithHmacSHA256${_ROUNDS}${salt}${base64.b64encode(key).decode()}"
