"""The secrets of this clone, drawn once and kept in var/secrets.json."""

import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from embedded import processes


@dataclass(frozen=True)
class Keys:
    """Passwords of the servers, Django's secret key, and a short name for cookies."""

    admin_password: str
    database_password: str
    broker_password: str
    secret_key: str
    instance: str


def _draw() -> Keys:
    return Keys(
        admin_password=secrets.token_hex(24),
        database_password=secrets.token_hex(24),
        broker_password=secrets.token_hex(24),
        secret_key=secrets.token_urlsafe(64),
        instance=secrets.token_hex(4),
    )


def load(var: Path) -> Keys:
    """The secrets of a folder, drawn now if there are none; for who holds the start lock."""
    path = var / "secrets.json"
    kept = processes.read_json(path)
    if kept:
        return Keys(**kept)
    drawn = _draw()
    processes.write_json(path, asdict(drawn))
    return drawn
