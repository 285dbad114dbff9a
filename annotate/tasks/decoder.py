"""The process that decodes: reads a request a line, answers a line, under limits of its own.

Run by `decoding.py` as `python -m annotate.tasks.decoder BYTES SECONDS`; knows no Django.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotate.tasks import fingerprints, imaging
from annotate.tasks.faults import RowFault

MAX_FILE = 1_000_000_000


def check(path: str) -> dict[str, Any]:
    """What an original's content is: its format, and its display form's size and hashes."""
    with Path(path).open("rb") as file:
        header, image = imaging.inspect(file)
        shown = imaging.display_form(image)
    return {
        "format": header.format,
        "width": shown.width,
        "height": shown.height,
        "pixel_sha256": fingerprints.pixel_sha256(shown),
        "perceptual_hash": fingerprints.perceptual_hash(shown),
    }


def make_levels(path: str, out: str, levels: list[int]) -> dict[str, Any]:
    """Writes each level as a file of that name into the folder `out`; returns which."""
    with Path(path).open("rb") as file:
        _, image = imaging.inspect(file)
        shown = imaging.display_form(image)
    made = []
    for level, width, height in imaging.level_sizes(*shown.size, tuple(levels)):
        (Path(out) / str(level)).write_bytes(imaging.encode(shown, (width, height)))
        made.append(level)
    (Path(out) / "0").write_bytes(imaging.encode(shown))
    return {"levels": [*made, 0]}


WORK: dict[str, Callable[..., dict[str, Any]]] = {"check": check, "levels": make_levels}


def answer(line: str, memory: int) -> dict[str, Any]:
    """The answer to one request: a result, a fault of the file, or why the machine failed."""
    request = json.loads(line)
    try:
        return WORK[request.pop("do")](**request)
    except RowFault as fault:
        return {"fault": fault.as_dict()}
    except MemoryError:
        detail = f"decoding takes more than {memory} bytes of memory"
        return {"fault": RowFault("decoder_memory", detail).as_dict()}
    except OSError as error:
        return {"failed": str(error)}


def limit(memory: int) -> None:
    """Bound what this process may take for as long as it lives."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE, MAX_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_seconds(seconds: int) -> None:
    """Let the process use so much more processor time; over it the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def main(memory: int, seconds: int) -> None:
    """Answer until the input ends; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit(memory)
    print(json.dumps({"ready": True}), flush=True)  # noqa: T201 - standard output is the answer
    for line in sys.stdin:
        allow_seconds(seconds)
        print(json.dumps(answer(line, memory)), flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
