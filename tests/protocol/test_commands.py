"""The shared base of the commands: output, progress, exit status."""

import json
import sys
from io import StringIO

import pytest
from typing_extensions import override

from protocol.commands import Outcome, ProjectCommand, Refused


class Counting(ProjectCommand):
    """Counts to three, or does what the test tells it to."""

    requires_system_checks = ()
    answer: Outcome | Refused = Outcome({"counted": 3}, "counted 3")

    @override
    def perform(self, **options):
        self.note("on the way")
        if isinstance(self.answer, Refused):
            raise self.answer
        assert list(self.progress([1, 2, 3], unit="step")) == [1, 2, 3]
        with self.bar(unit="step", total=3) as bar:
            bar.update(3)
        return self.answer


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    @override
    def isatty(self):
        return True


def run(capsys, *arguments, answer=None):
    """Exit status, standard output and standard error of one run from a command line."""
    command = Counting()
    if answer is not None:
        command.answer = answer
    status: str | int | None = 0
    try:
        command.run_from_argv(["manage.py", "counting", *arguments])
    except SystemExit as exit_:
        status = exit_.code
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_it_works(capsys):
    assert run(capsys) == (0, "counted 3\n", "on the way\n")


def test_json_is_all_of_standard_output(capsys):
    status, out, err = run(capsys, "--json")
    assert (status, json.loads(out), out.count("\n")) == (0, {"counted": 3}, 1)
    assert err == "on the way\n"


def test_faults_end_with_one(capsys):
    answer = Outcome({"rejected": 1}, "2 of 3", "one row was rejected")
    assert run(capsys, answer=answer) == (
        1,
        "2 of 3\n",
        "on the way\nFaultsFound: one row was rejected\n",
    )
    status, out, _ = run(capsys, "--json", answer=answer)
    assert (status, json.loads(out)) == (1, {"rejected": 1})


def test_a_refusal_ends_with_two(capsys):
    answer = Refused("no such project")
    wanted = "on the way\nRefusedInput: no such project\n"
    assert run(capsys, answer=answer) == (2, "", wanted)
    status, out, err = run(capsys, "--json", answer=answer)
    assert (status, json.loads(out), err) == (2, {"refused": "no such project"}, wanted)


def test_wrong_usage_ends_with_two(capsys):
    status, out, err = run(capsys, "--nonsense")
    assert (status, out) == (2, "")
    assert err.endswith("error: unrecognized arguments: --nonsense\n")


def test_not_a_number_is_no_json(capsys):
    with pytest.raises(ValueError, match="not JSON compliant"):
        run(capsys, "--json", answer=Outcome({"share": float("nan")}, ""))


@pytest.mark.parametrize(("arguments", "bars"), [((), True), (("--json",), False)])
def test_a_bar_shows_on_a_terminal_only(capsys, monkeypatch, arguments, bars):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run(capsys, *arguments)[0] == 0
    assert ("3/3" in terminal.getvalue()) is bars
