"""Children: restarts with backoff, the end for good, the tie to the parent, the guard."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from embedded import processes
from embedded.children import Child, Guard, Program, Restarts, Surroundings, ending
from embedded.errors import EmbeddedError
from embedded.logs import Log, Tail
from embedded.stamps import Stamps, digest

CODE = Path(__file__).resolve().parents[3]
WAIT = "import sys, time; print('up', flush=True); time.sleep(1000)"
LEAVING = """
import os, subprocess, sys
left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
open(sys.argv[1], "w").write(str(left.pid))
os.kill(os.getpid(), 9)
"""
TIED = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, sys.argv[1], str(os.getpid()), *sys.argv[2:]],
                         stdin=subprocess.DEVNULL, start_new_session=True)
print(child.pid, flush=True); sys.stdin.read()
"""


@pytest.fixture
def around(tmp_path):
    guard = Guard()
    with (tmp_path / "screen").open("w") as screen:
        log = Log(tmp_path / "log" / "demo.log", screen)
        yield Surroundings(tmp_path / "run", log, guard, dict(os.environ))
        guard.close()
        log.close()


def crash(child: Child, now: float) -> None:
    while child.code() is None:
        assert child.record is not None
        processes.wait_gone(child.record, 10)
    child.tend(now)


def test_it_works(around):
    child = Child(Program("web", (sys.executable, "-c", WAIT)), around)
    child.start()
    record = processes.read_record(around.run / "web.pid")
    assert processes.alive(record)
    assert record is not None
    assert os.getsid(record.pid) == record.pid
    child.stop()
    assert not processes.alive(record)
    assert list(around.run.iterdir()) == []


def test_the_pauses_grow_and_the_fifth_crash_in_a_minute_is_for_good():
    restarts = Restarts()
    assert [restarts.delay(now) for now in (0, 1, 2, 3, 4)] == [0.2, 0.5, 1.0, 2.0, None]


def test_crashes_a_minute_apart_are_each_the_first():
    restarts = Restarts()
    assert [restarts.delay(now) for now in (0, 61, 122, 183, 244, 305)] == [0.2] * 6


def test_a_crash_loop_names_its_reason(around):
    child = Child(Program("worker", (sys.executable, "-c", "raise SystemExit(3)")), around)
    child.start()
    for now in (0.0, 1.0, 2.0, 3.0):
        crash(child, now)
        child.tend(now + 0.1)
        assert child.code() == 3
        child.tend(now + 2.0)
    with pytest.raises(EmbeddedError, match=r"worker crashed 5 times in a minute \(last exit 3\)"):
        crash(child, 6.0)
    child.stop()


def test_what_a_crashed_child_left_in_its_session_ends(around, tmp_path):
    child = Child(Program("web", (sys.executable, "-c", LEAVING, str(tmp_path / "pid"))), around)
    child.start()
    while child.code() is None:
        assert child.record is not None
        processes.wait_gone(child.record, 10)
    left = processes.identify(int((tmp_path / "pid").read_text()))
    assert processes.alive(left)
    child.tend(0.0)
    assert processes.wait_gone(left, 10)
    child.stop()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux alone ties a child by itself")
def test_a_tied_program_ends_with_its_parent():
    command = [sys.executable, "-c", TIED, str(CODE / "embedded" / "child.py")]
    parent = subprocess.Popen(
        [*command, sys.executable, "-c", WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    record = processes.identify(int(parent.stdout.readline()))
    assert parent.stdout.readline() == b"up\n"
    parent.kill()
    assert processes.wait_gone(record, 10)
    parent.communicate()


def test_the_guard_alone_ends_what_it_was_told_of():
    child = subprocess.Popen([sys.executable, "-c", WAIT], start_new_session=True)
    guard = Guard()
    guard.tell("web", processes.identify(child.pid))
    guard.close()
    assert child.wait(10) == -signal.SIGTERM


@pytest.mark.parametrize(("code", "words"), [(3, "exit 3"), (-9, "killed by SIGKILL")])
def test_an_end_in_words(code, words):
    assert ending(code) == words


def test_the_log_prefixes_lines_without_colour_off_a_terminal(around, tmp_path):
    around.log.say("web", "hello")
    line = (tmp_path / "screen").read_text()
    assert line.endswith(" web      | hello\n")
    assert (tmp_path / "log" / "demo.log").read_text() == line


def test_a_tail_gives_whole_lines_once(tmp_path):
    path = tmp_path / "log"
    path.write_text("old\n")
    tail = Tail(path)
    with path.open("a") as file:
        file.write("one\ntw")
    assert tail.lines() == ["one"]
    with path.open("a") as file:
        file.write("o\n")
    assert tail.lines() == ["two"]
    path.write_text("3\n")
    assert tail.lines() == ["3"]


def test_a_stamp_holds_for_the_same_files_only(tmp_path):
    file = tmp_path / "0001_initial.py"
    file.write_text("a")
    stamps = Stamps(tmp_path / "stamps.json")
    stamps.set("migrate", digest([file], "cluster"))
    assert stamps.holds("migrate", digest([file], "cluster"))
    assert not stamps.holds("migrate", digest([file], "another cluster"))
    file.write_text("b")
    assert not stamps.holds("migrate", digest([file], "cluster"))
