"""The embedded servers: found, started, shared, stopped, never open to others."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
import redis

from embedded import processes, services
from embedded.services import Services, last_record

CODE = Path(__file__).resolve().parents[3]
USER = """
import sys; from pathlib import Path; from embedded import services
with services.use(Path(sys.argv[1]), durable=len(sys.argv) < 3):
    print("up", flush=True); sys.stdin.read()
"""


def one(url: str, sql: str):
    with psycopg.connect(url) as link:
        row = link.execute(sql).fetchone()
    assert row is not None
    return row[0]


def running(root: Path) -> list[str]:
    return [
        name for name in ("postgres", "valkey") if processes.alive(last_record(root / "var", name))
    ]


def test_it_works(root):
    with services.use(root) as urls:
        assert one(urls.database, "SELECT 1") == 1
        assert redis.Redis.from_url(urls.redis).ping()
        assert running(root) == ["postgres", "valkey"]
    assert running(root) == []


def test_a_second_user_finds_the_same_servers(root):
    with services.use(root) as first:
        records = [last_record(root / "var", name) for name in ("postgres", "valkey")]
        with services.use(root) as second:
            assert second == first
        assert running(root) == ["postgres", "valkey"]
        assert [last_record(root / "var", name) for name in ("postgres", "valkey")] == records


def test_two_first_users_at_once_start_one_pair(root):
    seen, inside = [], threading.Barrier(3)

    def user() -> None:
        with services.use(root) as urls:
            inside.wait(30)
            seen.append(urls)
            inside.wait(30)

    threads = [threading.Thread(target=user) for _ in range(2)]
    for thread in threads:
        thread.start()
    inside.wait(30)
    inside.wait(30)
    for thread in threads:
        thread.join()
    assert len(seen) == 2
    assert seen[0] == seen[1]


def start_user(*words: str, **variables: str) -> subprocess.Popen[bytes]:
    """A process that uses the servers until its input ends."""
    environment = {**os.environ, "PYTHONPATH": str(CODE), **variables}
    user = subprocess.Popen(
        [sys.executable, "-c", USER, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert user.stdout is not None
    assert user.stdout.readline() == b"up\n"
    return user


def test_a_killed_user_leaves_nothing_running(root):
    user = start_user(str(root))
    records = [last_record(root / "var", name) for name in ("postgres", "valkey")]
    user.kill()
    user.communicate()
    for record in records:
        assert record is not None
        assert processes.wait_gone(record, 15)


def test_data_and_ports_stay_from_start_to_start(root):
    with services.use(root) as first, psycopg.connect(first.database) as link:
        link.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with services.use(root) as second:
        assert second == first
        assert one(second.database, "SELECT answer FROM kept") == 42


def test_after_a_kill_the_next_start_works_at_once(root):
    with services.use(root) as urls:
        with psycopg.connect(urls.database) as link:
            link.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        record = last_record(root / "var", "postgres")
        assert record is not None
        os.kill(record.pid, signal.SIGKILL)
        assert processes.wait_gone(record, 10)
        with services.use(root) as again:
            assert again == urls
            assert one(again.database, "SELECT answer FROM kept") == 42


def test_a_lock_that_names_a_foreign_process_does_not_hold_the_server_up(root):
    lock = root / "var" / "pg18" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{lock.parent}\n0\n1\n\n127.0.0.1\n")
    with services.use(root) as urls:
        assert one(urls.database, "SELECT 1") == 1


def test_servers_that_nobody_knows_of_are_stopped_first(root):
    forgotten = Services(root / "var")
    forgotten.attach()
    records = [forgotten.record(name) for name in ("postgres", "valkey")]
    (root / "var" / "services.json").unlink()
    with services.use(root) as urls:
        assert [record for record in records if processes.alive(record)] == []
        assert one(urls.database, "SELECT 1") == 1
    forgotten.detach()


def test_the_application_is_no_superuser_and_its_text_sorts_the_same_everywhere(root):
    with services.use(root) as urls:
        assert one(urls.database, "SELECT current_user") == "editjury"
        assert one(urls.database, "SHOW is_superuser") == "off"
        assert one(urls.database, "SHOW server_encoding") == "UTF8"
        assert one(urls.database, "SHOW fsync") == "on"
        locale = (
            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'editjury'"
        )
        assert one(urls.database, locale) == "bC.UTF-8"


def test_valkey_keeps_what_it_was_given(root):
    with services.use(root) as urls:
        store = redis.Redis.from_url(urls.redis)
        assert store.config_get("appendonly") == {"appendonly": "yes"}
        assert store.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        store.set("key", "value")
        store.close()
    with services.use(root) as urls:
        store = redis.Redis.from_url(urls.redis)
        assert store.get("key") == b"value"
        store.close()


def test_both_ask_for_their_password_and_listen_on_loopback_alone(root):
    with services.use(root) as urls:
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(urls.database.replace(":", ":x", 2).replace("postgres:x", "postgres:"))
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=int(urls.redis.rpartition(":")[2].split("/")[0])).ping()
        assert one(urls.database, "SHOW listen_addresses") == "127.0.0.1"
        password = Services(root / "var").keys.admin_password
        admin = f"postgres://postgres:{password}@{urls.database.partition('@')[2]}"
        assert one(admin, "SHOW unix_socket_directories") == ""
        bound = redis.Redis.from_url(urls.redis).config_get("bind")
        assert bound == {"bind": "127.0.0.1"}


def test_no_password_stands_on_a_command_line(root):
    with services.use(root) as urls:
        lines = [
            processes.command_line(record.pid)
            for name in ("postgres", "valkey")
            if (record := last_record(root / "var", name))
        ]
        assert len(lines) == 2
        for url in (urls.database, urls.redis):
            assert url.split("@")[0].rpartition(":")[2] not in " ".join(lines)


def test_thrown_away_servers_leave_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with services.use(tmp_path / "unused", durable=False) as urls:
        assert one(urls.database, "SHOW fsync") == "off"
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def test_thrown_away_servers_of_a_killed_user_leave_nothing(tmp_path):
    user = start_user(str(tmp_path), "throw away", TMPDIR=str(tmp_path))
    var = next(tmp_path.iterdir())
    records = [last_record(var, name) for name in ("postgres", "valkey")]
    watchdogs = [
        processes.identify(int(path.name))
        for path in Path("/proc").glob("[0-9]*")
        if f"embedded.watchdog {var}" in processes.command_line(int(path.name))
    ]
    assert len(watchdogs) == 1
    user.kill()
    user.communicate()
    for record in (*records, *watchdogs):
        assert record is not None
        assert processes.wait_gone(record, 15)
    assert list(tmp_path.iterdir()) == []
