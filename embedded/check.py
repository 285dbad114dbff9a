"""Everything `make check` runs: `python -m embedded.check [--run NAME...]`."""

import argparse
import difflib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from embedded import services, stamps

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
FRONTEND = ROOT / "frontend"
PYTHON = str(BIN / "python")


@dataclass(frozen=True)
class Check:
    """Something that has to hold; a name, and what tells the exit status."""

    name: str
    run: Callable[[], int]


def environment(**extra: str) -> dict[str, str]:
    """The environment of every check: our programs first, settings that reach no server."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **services.settled(ROOT).environment(), "PATH": path, **extra}


def tool(*words: str, folder: Path = ROOT, **extra: str) -> int:
    """The exit status of a program of the environment."""
    program = str(BIN / words[0])
    return subprocess.run(
        [program, *words[1:]], cwd=folder, env=environment(**extra), check=False
    ).returncode


def manage(*words: str, **extra: str) -> int:
    """The exit status of a command of ours, which finds its own servers."""
    variables = {**os.environ, **extra}
    command = [PYTHON, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def deploy() -> int:
    """Whether the site's settings hold behind https."""
    return manage("check", "--deploy", "--fail-level", "WARNING", PUBLIC_URL="https://example.org")


def schema() -> int:
    """Whether the committed schema is what the code says, without a warning."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "schema.yaml"
        status = manage("spectacular", "--validate", "--fail-on-warn", "--file", str(fresh))
        if status:
            return status
        return same(FRONTEND / "schema.yaml", fresh)


def client() -> int:
    """Whether the committed TypeScript client is what the committed schema says."""
    status = install(FRONTEND / "tools")
    if status:
        return status
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "schema.gen.ts"
        words = ("exec", "--", "openapi-typescript", "../schema.yaml", "-o", str(fresh))
        status = tool("npm", *words, folder=FRONTEND / "tools")
        return status or same(FRONTEND / "src" / "api" / "schema.gen.ts", fresh)


def same(committed: Path, fresh: Path) -> int:
    """Whether a committed file is what was just generated."""
    before = committed.read_text().splitlines() if committed.exists() else []
    after = fresh.read_text().splitlines()
    difference = list(difflib.unified_diff(before, after, "committed", "fresh", lineterm="", n=1))
    print("\n".join(difference[:30]))
    if difference:
        name = committed.relative_to(ROOT)
        print(f"{name} is not what the code says: run `make schema` and commit it.")
    return 1 if difference else 0


def docker() -> int:
    """Whether the container files pass their linters; no engine is needed."""
    return subprocess.run([str(ROOT / "docker" / "lint.sh")], check=False).returncode


def install(folder: Path = FRONTEND) -> int:
    """Whether the frontend's packages are there, as the lock file names them."""
    lock = folder / "package-lock.json"
    if not lock.exists():
        print(f"{lock.relative_to(ROOT)} is missing: commit it.")
        return 1
    kept = stamps.Stamps(folder / "node_modules" / ".editjury.json")
    digest = stamps.digest([lock])
    if kept.holds("npm", digest):
        return 0
    status = tool("npm", "ci", "--no-audit", "--no-fund", folder=folder)
    if status == 0:
        kept.set("npm", digest)
    return status


def npm(script: str) -> Check:
    """A script of the frontend as a check."""
    return Check(script, lambda: tool("npm", "run", "--silent", script, folder=FRONTEND))


CHECKS = (
    Check("ruff", lambda: tool("ruff", "check", ".")),
    Check("format", lambda: tool("ruff", "format", "--check", ".")),
    Check("mypy", lambda: tool("mypy", ".")),
    Check("contracts", lambda: tool("lint-imports")),
    Check("migrations", lambda: manage("makemigrations", "--check", "--dry-run")),
    Check("deploy", deploy),
    Check("schema", schema),
    Check("docker", docker),
    Check("install", install),
    Check("client", client),
    npm("lint"),
    npm("typecheck"),
    npm("test"),
    npm("check:bundle"),
)
OTHERS = (
    npm("build"),
    Check(
        "types",
        lambda: install(FRONTEND / "tools") or tool("npm", "run", "schema", folder=FRONTEND),
    ),
)


def run_all(checks: list[Check]) -> list[str]:
    """Run every check, also after a failed one; the names of those that failed."""
    failed = []
    for check in checks:
        print(f"== {check.name}", flush=True)
        begin = time.monotonic()
        status = check.run()
        print(f"== {check.name}: {'FAILED' if status else 'ok'} {time.monotonic() - begin:.1f} s")
        if status:
            failed.append(check.name)
    return failed


def main() -> int:
    """Run the checks named, or all; the exit status."""
    known = {check.name: check for check in (*CHECKS, *OTHERS)}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs="+", choices=sorted(known), help="these alone")
    names = parser.parse_args().run or [check.name for check in CHECKS]
    failed = run_all([known[name] for name in names])
    print(f"FAILED: {', '.join(failed)}" if failed else "Every check holds.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
