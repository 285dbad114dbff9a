"""`verify_dataset`: whether a data set is whole, without its database."""

from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from modelbridge.dataset.verify import dataset_faults
from protocol.commands import Outcome, ProjectCommand
from protocol.errors import Refused

MOST = 1_000
"""Faults that are listed before the check stops."""


class Command(ProjectCommand):
    """Exit status 0 for a whole data set, 1 with every fault listed, 2 for no folder."""

    help = "Check a data set: every file's content, the schemas, the images, and every pair."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

        parser.add_argument(
            "--digest", metavar="HEX", help="it must be the data set of this digest"
        )

    def perform(self, **options: Any) -> Outcome:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise Refused(f"{folder} is not a folder; accepted is what export_dataset wrote")
        faults = list(islice(dataset_faults(folder, options["digest"]), MOST))
        report = {"folder": str(folder), "faults": faults}
        text = "\n".join(faults) or f"{folder} is whole"
        return Outcome(report, text, f"{len(faults)} fault(s) found" if faults else "")
