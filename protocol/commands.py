"""The shared base of the project's commands: one form of output, progress and exit status."""

import argparse
import json
import os
import sys
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from tqdm import tqdm
from typing_extensions import override

from protocol.errors import Refused

__all__ = ["FaultsFound", "Outcome", "ProjectCommand", "Refused", "RefusedInput", "existing_file"]

T = TypeVar("T")


class FaultsFound(CommandError):  # noqa: N818 - Django prints the name before the message
    """The command ran and found faults in what it was given: exit status 1."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=1)


class RefusedInput(CommandError):  # noqa: N818 - as above
    """The command did not accept its input or usage: exit status 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


@dataclass(frozen=True)
class Outcome:
    """What a command did: the object for programs, the text for people, the faults if any."""

    report: Mapping[str, Any]
    text: str
    faults: str = ""


class ProjectCommand(BaseCommand):
    """A command that answers 0, 1 or 2 and, with --json, prints one JSON object.

    A subclass implements `perform`; a `Refused` raised in it becomes exit status 2.
    """

    as_json = False

    @abstractmethod
    def perform(self, **options: Any) -> Outcome:
        """Do the work and return what was done."""

    @override
    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object instead of text"
        )
        return parser

    @final
    @override
    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json = options["json"]
        try:
            outcome = self.perform(**options)
        except Refused as refusal:
            if self.as_json:
                self._print_json({"refused": str(refusal), **refusal.details})
            raise RefusedInput(str(refusal)) from refusal
        if self.as_json:
            self._print_json(outcome.report)
        elif outcome.text:
            self.stdout.write(outcome.text)
        if outcome.faults:
            raise FaultsFound(outcome.faults)

    def progress(self, items: Iterable[T], *, unit: str, total: int | None = None) -> "tqdm[T]":
        """Return the items behind a progress bar, which shows on a terminal only."""
        return tqdm(items, total=total, unit=f" {unit}", file=sys.stderr, disable=self._quiet())

    def bar(self, *, unit: str, total: int | None = None) -> "tqdm[Any]":
        """Return a progress bar to move with `update(n)`; a context manager."""
        return tqdm(total=total, unit=f" {unit}", file=sys.stderr, disable=self._quiet())

    def note(self, text: str) -> None:
        """Tell a person something on the way; never on standard output."""
        self.stderr.write(text, self.style.NOTICE)

    def _quiet(self) -> bool | None:
        """Return True where no bar may show, None where tqdm asks whether it is a terminal."""
        return True if self.as_json else None

    def _print_json(self, report: Mapping[str, Any]) -> None:
        self.stdout.write(json.dumps(report, cls=DjangoJSONEncoder, allow_nan=False))


def existing_file(text: str) -> Path:
    """Return the path of a readable regular file; an argparse `type`."""
    path = Path(text)
    if not path.is_file() or not os.access(path, os.R_OK):
        raise argparse.ArgumentTypeError(f"{text!r}: accepted is the path of a readable file")
    return path
