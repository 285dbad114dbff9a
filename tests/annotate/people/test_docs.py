"""docs/people.md says what the code does."""

import re
from pathlib import Path

from annotate.people.models import ApiToken, Role
from annotate.permissions import GRANTS, Capability

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "people.md").read_text(encoding="utf-8")


def table(first: str) -> dict[str, list[str]]:
    """The rows of the table whose first column has this head, by their first cell."""
    body = TEXT.split(f"\n| {first} |")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in body.splitlines()[2:]]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_it_works():
    roles = table("role")
    assert list(roles) == [role.value for role in Role]
    for role in Role:
        rates, _, leads, exports, gives = roles[role]
        assert (rates == "yes") == (role in Capability.RATE.roles)
        assert (leads == "yes") == (role in Capability.LEAD.roles)
        assert (exports == "yes") == (role in Capability.EXPORT.roles)
        grants = GRANTS.get(role, frozenset())
        named = set(re.findall(r"`(\w+)`", gives)) if gives != "all" else {*map(str, Role)}
        assert named == {str(grant) for grant in grants}


def test_every_scope_is_described():
    assert list(table("scope")) == [scope.value for scope in ApiToken.Scope]


def test_every_command_is_described():
    folder = Path(__file__).resolve().parents[3] / "annotate" / "management" / "commands"
    for name in ("add_member", "create_token", "reset_link"):
        assert (folder / f"{name}.py").is_file()
        assert f"manage.py {name} USERNAME" in TEXT
