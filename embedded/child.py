"""Becomes another program that ends with its parent: `child.py PARENT COMMAND...` (by path)."""

import contextlib
import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie this process to its parent where Linux can, then become the command."""
    if hasattr(os, "pidfd_open"):  # Linux; elsewhere the guard alone ends us
        with contextlib.suppress(OSError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(sys.argv[1]):
        sys.exit("The supervisor is gone.")
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 (there is to be no shell)


if __name__ == "__main__":
    main()
