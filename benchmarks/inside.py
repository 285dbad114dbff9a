"""Code that runs in a copy of the project, with its settings and its database."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def shell(root: Path, code: str) -> str:
    """What a piece of code prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return done.stdout


def run_storms(root: Path, port: int, seed: int, *, quick: bool) -> dict[str, Any]:
    """The figures of `browser_faults.py` against the copy's page."""
    code = f"from benchmarks.browser_faults import main; main({port}, {seed}, quick={quick})"
    found = json.loads(shell(root, code).splitlines()[-1])
    return {f"browser_{key}": value for key, value in found.items()}
