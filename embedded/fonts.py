"""Whether Chinese can be written here: the browser tests look at its characters."""

import shutil
import subprocess
import sys

PACKAGE = "fonts-wqy-microhei"
ABSENT = f"no Chinese font here: run `make test` as root once, or install Debian's {PACKAGE}"


def has_chinese() -> bool:
    """Whether fontconfig knows a font with Simplified Chinese; macOS brings one."""
    if sys.platform == "darwin":
        return True
    program = shutil.which("fc-list")
    if program is None:
        return False
    words = [program, ":lang=zh-cn", "family"]
    listed = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    return bool(listed.stdout.strip())
