"""Stops the services once nobody uses them any more: `python -m embedded.watchdog VAR`."""

import shutil
import sys
from pathlib import Path

from embedded.locks import FileLock
from embedded.services import stop_all


def main() -> None:
    """Stop the services of a state folder once its lock can be held alone."""
    var = Path(sys.argv[1])
    try:
        lock = FileLock(var / "services.lock")
    except FileNotFoundError:
        return  # thrown away before we came
    lock.own()
    stop_all(var)
    if "--throw-away" in sys.argv[2:]:
        shutil.rmtree(var, ignore_errors=True)


if __name__ == "__main__":
    main()
