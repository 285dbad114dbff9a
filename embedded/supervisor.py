"""Runs the whole demo on this machine: `python -m embedded.supervisor`, by `make demo`."""

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

from embedded import plan as plans
from embedded import ports, processes
from embedded.children import Child, Guard, Program, ServerChild, Surroundings, stop_leftovers
from embedded.errors import EmbeddedError
from embedded.locks import FileLock
from embedded.logs import Log
from embedded.plan import Plan, Step
from embedded.services import CODE, Services
from embedded.stamps import Stamps

TICK = 0.05
# Without compiled modules each of the six processes compiles a thousand files at each start.
UNWANTED = {"PYTHONDONTWRITEBYTECODE"}
PAGE_PATIENCE = 90.0
Planner = Callable[[Path, int, Path], Plan]


class Stopped(Exception):  # noqa: N818 (it is no error)
    """A signal asked us to end."""


class Supervisor:
    """Everything the demo consists of, from the first step to the last stop."""

    def __init__(self, root: Path, planner: Planner) -> None:
        self.root, self.var = root, root / "var"
        self.run = self.var / "run"
        self.log = Log(self.var / "log" / "demo.log")
        self.services = Services(self.var)
        self.stamps = Stamps(self.var / "stamps.json")
        self.port = choose_port(self.var)
        self.url = os.environ.get("PUBLIC_URL") or f"http://127.0.0.1:{self.port}"
        self.plan = planner(root, self.port, self.services.postgres().data)
        self.around = Surroundings(self.run, self.log, Guard(), self._environment())
        self.children: list[Child] = []
        self.servers: list[ServerChild] = []
        self.asked = ""

    def _environment(self) -> dict[str, str]:
        extra = {"PUBLIC_URL": self.url, "DEBUG": "0", "PYTHONUNBUFFERED": "1"}
        inherited = {k: v for k, v in os.environ.items() if k not in UNWANTED}
        return {**inherited, **self.services.urls().environment(), **extra}

    def ask_to_stop(self, number: int, _frame: FrameType | None) -> None:
        """The handler of INT, TERM and HUP."""
        self.asked = signal.Signals(number).name

    def serve(self) -> None:
        """Start everything, say where, and tend it until a signal."""
        stop_leftovers(self.run, self.log)
        processes.write_record(self.run / "supervisor.pid", processes.identify(os.getpid()))
        early = [self._begin(step) for step in self.plan.early]
        self._start_servers()
        migrating = self._begin(self.plan.migrate)
        self._finish(early)
        # It loads while the tables are made: nobody has its address before all is ready.
        web = self._program(self.plan.web)
        self._finish([migrating])
        self._finish([self._begin(step) for step in self.plan.last])
        self._wait_for_page(web)
        self._announce()
        for program in self.plan.rest:
            self._program(program)
        self.log.say("demo", "everything runs")
        while True:
            self._tend()

    def _start_servers(self) -> None:
        servers = [ServerChild(name, self.services, self.around) for name in ("valkey", "postgres")]
        self.services.attach()
        self.around = replace(self.around, environment=self._environment())
        self.servers += servers
        for server in servers:
            server.note()
            self.log.say("demo", f"{server.name} on 127.0.0.1:{self.services.port(server.name)}")

    def _begin(self, step: Step) -> tuple[Step, Child] | None:
        if (mark := step.mark()) and self.stamps.holds(step.name, mark):
            return None
        child = Child(Program(step.name, step.command), self.around)
        self.log.say("demo", f"{step.name} ...")
        child.start()
        self.children.append(child)
        return step, child

    def _finish(self, begun: list[tuple[Step, Child] | None]) -> None:
        for step, child in filter(None, begun):
            while child.code() is None:
                self._tend()
            self.children.remove(child)
            child.stop()
            if child.code() != 0:
                raise EmbeddedError(
                    f"{step.name} failed (exit {child.code()}); its words are above."
                )
            if mark := step.mark():
                self.stamps.set(step.name, mark)

    def _program(self, program: Program) -> Child:
        child = Child(program, self.around)
        child.start()
        self.children.append(child)
        return child

    def _tend(self) -> None:
        steps = {step.name for step in (*self.plan.early, self.plan.migrate, *self.plan.last)}
        for server in self.servers:
            server.tend(time.monotonic())
        for child in self.children:
            if child.name not in steps:
                child.tend(time.monotonic())
        if self.asked:
            raise Stopped
        time.sleep(TICK)

    def _wait_for_page(self, web: Child) -> None:
        until = time.monotonic() + PAGE_PATIENCE
        while not answers(self.port):
            if time.monotonic() > until:
                raise EmbeddedError(f"{web.name} does not answer on port {self.port}.")
            self._tend()

    def _announce(self) -> None:
        record = processes.identify(os.getpid())
        state = {"pid": record.pid, "started": record.started, "url": self.url}
        processes.write_json(self.run / "supervisor.pid", state)
        for line in greeting(self.var, self.url):
            self.log.tell("demo", line)

    def stop(self) -> None:
        """Stop web, beat, worker, then Valkey and PostgreSQL if nobody else uses them."""
        order = ["web", "beat", "worker"]
        for child in sorted(self.children, key=lambda one: [*order, one.name].index(one.name)):
            self.log.say("demo", f"stopping {child.name}")
            child.stop()
        self.log.say("demo", "stopping valkey and postgres")
        if not self.services.detach():
            self.log.say("demo", "another command still uses them: they stop when it ends")
        for server in self.servers:
            server.forget()
        self.around.guard.close()
        (self.run / "supervisor.pid").unlink(missing_ok=True)


def choose_port(var: Path) -> int:
    """PORT, else the port of last time, else 8000; the next free one where it is busy."""
    asked = os.environ.get("PORT", "")
    if asked and not asked.isdigit():
        raise EmbeddedError(f"PORT={asked!r}: must be a number.")
    last = str(processes.read_json(var / "demo.json").get("url", "")).rpartition(":")[2]
    first = int(asked or (last if last.isdigit() else plans.FIRST_PORT))
    for port in range(first, first + 20):
        if ports.is_free(port):
            return port
    return ports.choose(None)


def answers(port: int) -> bool:
    """Whether the page is there."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/", headers={"Host": f"127.0.0.1:{port}"})
        return link.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def greeting(var: Path, url: str) -> list[str]:
    """The address and the accounts, as lines."""
    accounts = processes.read_json(var / "demo.json").get("accounts", [])
    people = [
        f"  {one['username']:<12} {one['password']:<24} {', '.join(one['roles'])}"
        for one in accounts
    ]
    last = "Ctrl-C stops everything; the data stays in var/."
    return ["", f"EditJury is at  {url}", "", *people, "", last, ""]


def show_running(var: Path) -> int:
    """Print where the running demo is, once it is there."""
    until = time.monotonic() + PAGE_PATIENCE
    while time.monotonic() < until:
        state = processes.read_json(var / "run" / "supervisor.pid")
        if state.get("url"):
            print("\n".join(["EditJury runs already.", *greeting(var, state["url"])]))
            return 0
        time.sleep(TICK)
    print("Another `make demo` is starting but does not get there.", file=sys.stderr)
    return 1


def main(root: Path = CODE, planner: Planner = plans.demo) -> int:
    """Run the demo; the exit status."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        if os.environ.get(name):
            print(
                f"{name} is set: the demo's accounts are known, they belong in no real database. "
                f"Unset {name}, or run the site on your servers (docs/operating.md).",
                file=sys.stderr,
            )
            return 2
    var = root / "var"
    var.mkdir(parents=True, exist_ok=True)
    if not FileLock(var / "supervisor.lock").try_own():
        return show_running(var)
    return _run(root, planner)


def _run(root: Path, planner: Planner) -> int:
    """Serve until a signal or a failure, then stop what was started."""
    try:
        supervisor = Supervisor(root, planner)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.ask_to_stop)
    status = 0
    try:
        supervisor.serve()
    except Stopped:
        supervisor.log.say("demo", f"{supervisor.asked}: stopping")
    except EmbeddedError as error:
        status = 1
        for line in str(error).splitlines():
            supervisor.log.say("demo", line)
    finally:
        supervisor.stop()
    return status


if __name__ == "__main__":
    sys.exit(main())
