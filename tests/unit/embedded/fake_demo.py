"""The supervisor with small programs in place of the site's: `fake_demo.py ROOT [CRASHING]`."""

import json
import sys
from pathlib import Path

from embedded import supervisor
from embedded.children import Program
from embedded.plan import Plan, Step

ROOT = Path(sys.argv[1])
CRASHING = sys.argv[2:]
NOTE = "import sys; open(sys.argv[1], 'a').write(sys.argv[2] + '\\n')"
WAIT = "import time; time.sleep(1000)"
ACCOUNTS = [{"username": "anna", "password": "secret", "roles": ["annotator"]}]


def step(name: str, digest: str = "", product: Path | None = None) -> Step:
    words: tuple[str, ...] = (NOTE, str(ROOT / "notes"), name)
    if name in CRASHING:
        words = ("print('no'); raise SystemExit(4)",)
    return Step(name, (sys.executable, "-c", *words), digest, product)


def program(name: str) -> Program:
    words = "raise SystemExit(3)" if name in CRASHING else WAIT
    return Program(name, (sys.executable, "-c", words), 2.0)


def plan(root: Path, port: int, cluster: Path) -> Plan:
    web = ("-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(root / "page"))
    return Plan(
        early=(step("static", "s", root / "page"),),
        migrate=step("migrate", "m", cluster / "PG_VERSION"),
        web=Program("web", (sys.executable, *web), 2.0),
        last=(step("prepare"),),
        rest=(program("worker"), program("beat")),
    )


(ROOT / "page").mkdir(exist_ok=True)
(ROOT / "var").mkdir(exist_ok=True)
(ROOT / "var" / "demo.json").write_text(json.dumps({"accounts": ACCOUNTS}))
sys.exit(supervisor.main(ROOT, plan))
