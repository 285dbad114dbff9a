"""Everything `make test` runs: browser and server from Debian where they lack, checks, pytest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from embedded import browser, check, fonts

ROOT = Path(__file__).resolve().parent.parent
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")


def missing_packages() -> list[str]:
    """Debian's packages that the tests would use and that are not here."""
    packages = [] if browser.find() else ["chromium"]
    packages += [] if fonts.has_chinese() else ["fontconfig", fonts.PACKAGE]
    external = os.environ.get("TEST_DATABASE_URL") or any(DEBIAN_POSTGRES.glob("*/bin/initdb"))
    return packages if external else [*packages, "postgresql"]


def install(apt: str, packages: list[str]) -> None:
    """Install Debian's packages."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        subprocess.run([apt, *words], env=quiet, check=False)


def prepare() -> bool:
    """Whether the tests can run whole; as root what lacks is installed."""
    packages = missing_packages()
    apt = shutil.which("apt-get")
    if packages and os.geteuid() == 0 and apt:
        install(apt, packages)
    if browser.find():
        return True
    print(f"The browser tests cannot run: {browser.ABSENT}.", file=sys.stderr)
    return not os.environ.get("CI")


def main() -> int:
    """Run the checks and the tests, both also where the other failed; the exit status."""
    if not prepare():
        return 1
    failed = check.run_all(list(check.CHECKS))
    path = {"PATH": f"{check.BIN}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    tests = subprocess.run(command, cwd=ROOT, env={**os.environ, **path}, check=False)
    print(f"FAILED checks: {', '.join(failed)}" if failed else "Every check holds.")
    return 1 if failed else tests.returncode


if __name__ == "__main__":
    sys.exit(main())
