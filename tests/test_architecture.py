"""The architecture's contracts hold."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_contracts_hold():
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_a_hall():
    """No source file is longer than 300 lines."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.ts", "*.tsx", "*.css"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    long = {
        name: lines
        for name in listed
        if "/migrations/" not in name
        and "/static/" not in name
        and not name.endswith((".gen.ts", "schema.ts"))
        and (ROOT / name).is_file()
        and (lines := len((ROOT / name).read_text().splitlines())) > 300
    }
    assert long == {}
