"""The supervisor: start, second start, stop, refusal, a busy port."""

import signal
import socket
import stat
import urllib.request

import pytest

from embedded import ports, processes

READY = "Ctrl-C stops everything"


def fetch(url: str) -> int:
    with urllib.request.urlopen(url) as answer:  # noqa: S310 (it is the address of our own page)
        return int(answer.status)


def url_in(said: str) -> str:
    return said.split("EditJury is at ")[1].split(maxsplit=1)[0]


def test_it_works(start_demo, root):
    demo = start_demo()
    said = demo.until(READY)
    assert fetch(url_in(said)) == 200
    assert "anna         secret                   annotator" in said
    demo.until("everything runs")
    records = demo.records()
    assert [name for name, record in records.items() if not processes.alive(record)] == []
    said = demo.stop()
    assert demo.process.returncode == 0
    assert [name for name, record in records.items() if processes.alive(record)] == []
    order = [
        line.split("stopping ")[1].strip() for line in said.splitlines() if "| stopping " in line
    ]
    assert order == ["web", "beat", "worker", "valkey and postgres"]
    assert sorted(path.name for path in (root / "var" / "run").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_stop_it(start_demo, number):
    demo = start_demo()
    demo.until("everything runs")
    records = demo.records()
    assert f"{number.name}: stopping" in demo.stop(number)
    assert demo.process.returncode == 0
    assert [name for name, record in records.items() if processes.alive(record)] == []


def test_a_signal_in_the_middle_of_the_start_stops_it(start_demo):
    demo = start_demo()
    demo.until("migrate ...")
    demo.stop()
    assert demo.process.returncode == 0


def test_twice_in_a_row_does_each_step_once(start_demo, root):
    for _ in range(2):
        demo = start_demo()
        demo.until(READY)
        demo.stop()
    assert (root / "notes").read_text().split().count("migrate") == 1
    assert (root / "notes").read_text().split().count("static") == 1
    assert (root / "notes").read_text().split().count("prepare") == 2


def test_a_second_start_prints_the_running_address(start_demo):
    first = start_demo()
    url = url_in(first.until(READY))
    second = start_demo()
    said = second.rest()
    assert second.process.returncode == 0
    assert "EditJury runs already." in said
    assert url_in(said) == url
    assert "anna         secret" in said
    assert fetch(url) == 200


def test_a_busy_port_is_left_to_its_holder(start_demo):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        url = url_in(start_demo(PORT=str(taken)).until(READY))
        assert int(url.rpartition(":")[2]) != taken
        assert fetch(url) == 200


def test_the_wanted_port_is_taken(start_demo):
    wanted = ports.choose(None)
    assert url_in(start_demo(PORT=str(wanted)).until(READY)) == f"http://127.0.0.1:{wanted}"


def test_a_port_that_is_no_number_is_refused(start_demo, root):
    demo = start_demo(PORT="http")
    assert demo.rest() == "PORT='http': must be a number.\n"
    assert demo.process.returncode == 1
    assert not (root / "notes").exists()


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_refused_beside_a_real_server(start_demo, root, name):
    demo = start_demo(**{name: "x://somewhere"})
    said = demo.rest()
    assert said.startswith(f"{name} is set: the demo's accounts are known")
    assert demo.process.returncode == 2
    assert not (root / "notes").exists()
    assert not (root / "var" / "run").exists()


def test_a_failed_step_ends_all_with_the_reason(start_demo, root):
    demo = start_demo("migrate")
    said = demo.rest()
    assert demo.process.returncode == 1
    assert "migrate  | no" in said
    assert "migrate failed (exit 4)" in said
    assert "migrate" not in processes.read_json(root / "var" / "stamps.json")


def test_the_log_is_kept_and_private_files_are_private(start_demo, root):
    demo = start_demo()
    demo.until(READY)
    demo.stop()
    log = (root / "var" / "log" / "demo.log").read_text()
    assert "everything runs" in log
    assert "anna" not in log
    for name in ("secrets.json", "services.json", "stamps.json", "valkey/valkey.conf"):
        assert stat.S_IMODE((root / "var" / name).stat().st_mode) == 0o600, name
