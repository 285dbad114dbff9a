"""Forgets the demo: deletes what var/ holds, unless something runs on it."""

import shutil
import sys
from pathlib import Path

from embedded.errors import EmbeddedError
from embedded.locks import FileLock

ROOT = Path(__file__).resolve().parent.parent


def reset(var: Path) -> list[str]:
    """Empty the state folder; the names of what was there."""
    if not var.is_dir():
        return []
    for name, holder in (("supervisor.lock", "the demo"), ("services.lock", "a command")):
        if not FileLock(var / name).try_own():
            message = f"{holder} runs on {var}: stop it first (Ctrl-C where it runs)."
            raise EmbeddedError(message)
    gone = []
    for path in sorted(var.iterdir()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        gone.append(path.name)
    return gone


def main() -> None:
    """Empty var/."""
    try:
        gone = reset(ROOT / "var")
    except EmbeddedError as error:
        sys.exit(f"Nothing was deleted: {error}")
    print(f"Deleted {len(gone)} entries of var/." if gone else "There is nothing to forget.")


if __name__ == "__main__":
    main()
