"""A record names one process and no later one."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from embedded import processes
from embedded.processes import Record

READ = "import sys; print('up', flush=True); sys.stdin.read()"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + READ


@pytest.fixture
def start():
    begun = []

    def begin(words: str = READ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def test_it_works(start):
    record = processes.identify(start().pid)
    assert processes.alive(record)
    processes.stop(record, signal.SIGTERM)
    assert not processes.alive(record)


def test_another_start_time_is_another_process(start):
    assert not processes.alive(Record(start().pid, "0"))


def test_a_process_that_was_not_waited_for_is_dead(start):
    process = start()
    record = processes.identify(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    assert processes.wait_gone(record, 10)
    assert process.returncode is None


def test_who_does_not_listen_is_killed(start):
    process = start(DEAF)
    processes.stop(processes.identify(process.pid), signal.SIGTERM, patience=0.1)
    assert process.wait() == -signal.SIGKILL


def test_another_process_with_the_pid_is_not_stopped(start):
    process = start()
    processes.stop(Record(process.pid, "another time"), signal.SIGTERM, patience=0.1)
    assert process.poll() is None


def test_a_record_comes_back_from_its_file(tmp_path):
    record = processes.identify(os.getpid())
    path = tmp_path / "run" / "web.pid"
    processes.write_record(path, record)
    assert processes.read_record(path) == record
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["web.pid"]


def test_no_file_is_no_record(tmp_path):
    assert processes.read_record(tmp_path / "absent.pid") is None
