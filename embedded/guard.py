"""Ends the children of a killed supervisor, which told of them on our input, one a line."""

import json
import signal
import sys

from embedded.processes import Record, kill_session, stop


def main() -> None:
    """Listen until the supervisor's end of the pipe closes, then end what it left."""
    children: dict[str, Record] = {}
    for line in sys.stdin:
        told = json.loads(line)
        children[told["name"]] = Record(told["pid"], told["started"])
    for record in children.values():
        stop(record, signal.SIGTERM, patience=5.0)
        kill_session(record)


if __name__ == "__main__":
    main()
