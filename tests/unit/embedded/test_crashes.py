"""Whatever is killed: it restarts, or all ends; nothing is left and nothing foreign is touched."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from embedded import processes, services

READY = "everything runs"


@pytest.mark.parametrize("name", ["web", "worker", "beat", "postgres", "valkey"])
def test_a_killed_child_restarts(start_demo, name):
    demo = start_demo()
    demo.until(READY)
    before = demo.records()
    os.kill(before[name].pid, signal.SIGKILL)
    demo.until(f"{name} runs again")
    after = demo.records()
    assert [one for one in before if before[one] != after[one]] == [name]
    assert processes.alive(after[name])


def test_a_killed_supervisor_takes_all_with_it(start_demo):
    demo = start_demo()
    demo.until(READY)
    records = demo.records()
    demo.process.kill()
    demo.rest()
    for name, record in records.items():
        assert processes.wait_gone(record, 15), name


def test_a_start_after_a_kill_works_at_once(start_demo, root):
    demo = start_demo()
    demo.until(READY)
    with services.use(root) as urls, psycopg.connect(urls.database) as link:
        link.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    records = demo.records()
    os.kill(records["postgres"].pid, signal.SIGKILL)
    demo.process.kill()
    demo.rest()
    again = start_demo()
    again.until(READY)
    with services.use(root) as urls, psycopg.connect(urls.database) as link:
        assert link.execute("SELECT answer FROM kept").fetchall() == [(42,)]
    assert all(processes.alive(record) for record in again.records().values())


@pytest.mark.slow
def test_a_crash_loop_ends_all_with_the_reason(start_demo):
    demo = start_demo("worker")
    said = demo.rest()
    assert demo.process.returncode == 1
    assert "worker crashed 5 times in a minute (last exit 3)." in said
    assert said.count("worker ended (exit 3); again in") == 4


def test_leftovers_are_matched_by_pid_and_start_time(start_demo, root):
    words = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    left = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)
    foreign = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)
    run = root / "var" / "run"
    processes.write_record(run / "worker.pid", processes.identify(left.pid))
    processes.write_record(run / "web.pid", processes.Record(foreign.pid, "another time"))
    try:
        said = start_demo().until(READY)
        assert f"stopping worker (pid {left.pid}), left by an earlier start" in said
        assert left.wait(10) == -signal.SIGTERM
        assert foreign.poll() is None
    finally:
        for process in (left, foreign):
            process.communicate()


def test_services_outlive_the_supervisor_while_a_command_uses_them(start_demo, root):
    demo = start_demo()
    demo.until(READY)
    with services.use(root) as urls:
        assert "another command still uses them" in demo.stop()
        with psycopg.connect(urls.database) as link:
            assert link.execute("SELECT 1").fetchall() == [(1,)]
