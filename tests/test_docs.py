"""What the documentation says exists, and what exists is in the documentation."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

ROOT = Path(__file__).resolve().parent.parent
APPS = ("protocol", "annotate", "modelbridge")
PAGES = [ROOT / "README.md", ROOT / "frontend" / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
TEXTS = {path: path.read_text(encoding="utf-8") for path in PAGES}
README = TEXTS[ROOT / "README.md"]
READERS = {"boolean", "secret", "str", "int", "list", "db_url", "email_url", "bool", "get"}
METHODS = ("get", "post", "put", "patch", "delete")
OURS_NO_LONGER = {"DJANGO_SETTINGS_MODULE"}
"""Variables that Django's own pages explain."""


def variables() -> set[str]:
    """The environment variables that the site's code reads."""
    found = set()
    for path in (file for app in APPS for file in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call | ast.Subscript):
                found |= set(_read_by(node))
    return found - OURS_NO_LONGER


def _read_by(node: ast.Call | ast.Subscript) -> Iterator[str]:
    """The variable that a call or subscript reads: env.str("X"), secret("X"), os.environ["X"]."""
    if isinstance(node, ast.Subscript):
        name, reads = node.slice, ast.unparse(node.value).endswith("environ")
    else:
        function = ast.unparse(node.func)
        owner, _, last = function.rpartition(".")
        name = node.args[0] if node.args else ast.Constant(None)
        reads = last in READERS and owner in ("", "env", "os.environ")
    text = name.value if isinstance(name, ast.Constant) else None
    if reads and re.fullmatch(r"[A-Z][A-Z0-9_]+", str(text)):
        yield str(text)


def test_it_works():
    """The settings that were there from the start are found by the reader of this test."""
    assert {"SECRET_KEY", "DATABASE_URL", "TRUSTED_PROXIES", "IMPORT_REMOTE"} <= variables()


def test_every_variable_is_explained():
    page = TEXTS[ROOT / "docs" / "operating.md"]
    assert sorted(name for name in variables() if f"`{name}`" not in page) == []


def options(command: BaseCommand) -> list[str]:
    """The options that a command has beyond Django's own."""
    common = {
        word
        for action in BaseCommand().create_parser("manage.py", "x")._actions
        for word in action.option_strings
    }
    actions = command.create_parser("manage.py", "x")._actions
    shown = [action for action in actions if action.help != argparse.SUPPRESS]
    words = [max(action.option_strings, key=len) for action in shown if action.option_strings]
    return [word for word in words if word not in common | {"--json"}]


OUR_COMMANDS = sorted(name for name, app in get_commands().items() if app in APPS)


@pytest.mark.parametrize("name", OUR_COMMANDS)
def test_every_command_is_explained(name):
    """Each command has a line of docs/commands.md, which names each of its options."""
    command = load_command_class(get_commands()[name], name)
    page = TEXTS[ROOT / "docs" / "commands.md"]
    (line,) = re.findall(rf"^\| `{name}\b.*$", page, re.MULTILINE)
    assert [word for word in options(command) if f"`{word}" not in line] == []


def codes() -> set[str]:
    """The codes of refusals that the code names."""
    files = (file for app in APPS for file in (ROOT / app).rglob("*.py"))
    pattern = r'\bcode="([a-z_]+)"'
    return {code for file in files for code in re.findall(pattern, file.read_text())}


def test_every_code_is_explained():
    """docs/api.md says what each code of a refusal means."""
    page = TEXTS[ROOT / "docs" / "api.md"]
    assert sorted(code for code in codes() if f"`{code}`" not in page) == []


def operations() -> list[str]:
    """Every call of the API as `GET /me`."""
    schema = yaml.safe_load((ROOT / "frontend" / "schema.yaml").read_text(encoding="utf-8"))
    return sorted(
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in schema["paths"].items()
        for method in METHODS
        if method in methods
    )


def test_every_call_of_the_api_is_explained():
    """The table of docs/api.md has each call once, and no other."""
    rows = re.findall(r"^\| `([A-Z]+ /\S*)` \|", TEXTS[ROOT / "docs" / "api.md"], re.MULTILINE)
    assert sorted(rows) == sorted([*operations(), "GET /schema"])


def actions() -> dict[str, tuple[str, list[str]]]:
    """The actions of the page's registry: what each is called, and its key caps."""
    source = ROOT / "frontend" / "src"
    code = "".join(path.read_text() for path in sorted(source.glob("core/*ctions.ts")))
    words = "".join(path.read_text() for path in sorted(source.glob("i18n/en/*.ts")))
    labels = dict(re.findall(r'"(action\.\w+)":\s+"([^"]+)"', words))
    pattern = r'id: "(\w+)",\s+label: "([\w.]+)",.*?keys: ([^;]*?\]|\w+),\n(?:\s+caps: (\[.*?\]),)?'
    found = re.findall(pattern, code, re.DOTALL)
    return {
        name: (labels[label], re.findall(r'"([^"]+)"', caps or keys))
        for name, label, keys, caps in found
    }


def test_every_key_is_explained():
    """The table of docs/rating.md has each action under the name that the page shows."""
    page = TEXTS[ROOT / "docs" / "rating.md"]
    known = actions()
    code = "".join(path.read_text() for path in (ROOT / "frontend/src/core").glob("*ctions.ts"))
    assert len(known) == len(re.findall(r'^\s+id: "', code, re.MULTILINE))
    assert [label for label, _ in known.values() if f"| {label} |" not in page] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(path):
    """What a page links to, or names as a file of docs/, is there."""
    text = re.sub(r"```.*?```", "", TEXTS[path], flags=re.DOTALL)
    targets = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and "://" not in target]
    broken = [target for target in local if not (path.parent / target).exists()]
    named = set(re.findall(r"`(docs/[\w./-]+|benchmarks/\w+\.py|NOTICE)`", text))
    absent = [name for name in sorted(named) if not (ROOT / name).exists()]
    assert (broken, absent) == ([], [])


def test_targets_exist():
    """README names targets of the Makefile, and all that `make help` shows a newcomer first."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    everywhere = "\n".join(TEXTS.values())
    named = set(re.findall(r"(?:^|`|&& )make ([a-z-]+)", everywhere, re.MULTILINE))
    assert sorted(named - targets) == []
    assert {"demo", "test", "reset"} <= set(re.findall(r"make ([a-z-]+)", README))


def test_commands_of_the_pages_exist():
    """Each `manage.py X` of a page is a command, of ours or of Django."""
    named = set(re.findall(r"manage\.py ([a-z_]+)", "\n".join(TEXTS.values())))
    assert sorted(named - set(get_commands())) == []
