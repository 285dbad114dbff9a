"""Makes the environment in .venv, by uv or by pip; on a bare Python, standard library only."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from embedded.errors import EmbeddedError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "editjury.json"


def wanted(*, dev: bool) -> dict[str, str]:
    """The pins to install with their digests."""
    names = ["requirements.txt", *(["requirements-dev.txt"] if dev else [])]
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names}


def installed() -> dict[str, str]:
    """The pins that were installed to the end."""
    try:
        known = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def works() -> bool:
    """Whether the environment's Python starts and is new enough."""
    words = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return (
            subprocess.run([PYTHON, "-c", words], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def run(command: list[str], environment: dict[str, str] | None = None) -> bool:
    """Whether a command succeeded; its words go to the terminal."""
    shown = [part.replace(f"{ROOT}/", "") for part in command]
    print("+", " ".join(shown), flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def install_by_uv(uv: str, files: list[str]) -> bool:
    """Whether uv made the environment."""
    environment = dict(os.environ)
    # uv does not read pip's settings; a mirror that is set for pip is meant for it as well.
    for ours, pips in (("UV_DEFAULT_INDEX", "PIP_INDEX_URL"), ("UV_INDEX", "PIP_EXTRA_INDEX_URL")):
        if os.environ.get(pips):
            environment.setdefault(ours, os.environ[pips])
    if not works() and not run(
        [uv, "venv", "-q", "--clear", "--python", sys.executable, str(VENV)]
    ):
        return False
    pins = [word for name in files for word in ("-r", name)]
    return run([uv, "pip", "install", "-q", "--python", str(PYTHON), *pins], environment)


def install_by_pip(files: list[str]) -> bool:
    """Whether pip made the environment."""
    if not works():
        make_by_venv()
    elif not _has_pip():
        run([str(PYTHON), "-m", "ensurepip", "-q"])
    pins = [word for name in files for word in ("-r", name)]
    words = ["-m", "pip", "install", "-q", "--disable-pip-version-check", *pins]
    return run([str(PYTHON), *words])


def _has_pip() -> bool:
    words = [str(PYTHON), "-c", "import pip"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def make_by_venv() -> None:
    """Make an empty environment with pip, by venv or by virtualenv."""
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") and run([sys.executable, "-m", "venv", str(VENV)]):
        return
    if importlib.util.find_spec("virtualenv"):
        if run([sys.executable, "-m", "virtualenv", "-q", str(VENV)]):
            return
    elif shutil.which("virtualenv") and run(
        ["virtualenv", "-q", "--python", sys.executable, str(VENV)]
    ):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    message = (
        f"{sys.executable} cannot make an environment (its module ensurepip is missing). "
        f"Debian and Ubuntu: apt install {package}. Or put uv on the PATH; it needs nothing else."
    )
    raise EmbeddedError(message)


def make(*, dev: bool) -> None:
    """Make the environment unless it stands already; what else was installed stays."""
    pins = wanted(dev=dev)
    known = installed()
    if works() and all(known.get(name) == digest for name, digest in pins.items()):
        return
    uv = shutil.which("uv")
    if uv and install_by_uv(uv, list(pins)):
        pass
    elif not install_by_pip(list(pins)):
        message = (
            "The packages could not be installed; the words above say why. "
            "It needs a package index once (PIP_INDEX_URL names another), later starts need none."
        )
        raise EmbeddedError(message)
    STAMP.write_text(json.dumps(known | pins, indent=1) + "\n")


def main() -> None:
    """Make the environment named on the command line."""
    try:
        make(dev="--dev" in sys.argv[1:])
    except EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
