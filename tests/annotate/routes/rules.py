"""Who walks the routes, and the answers that a rule gives each of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

ROLES = ("annotator", "another", "senior", "lead", "engineer", "admin")
PEOPLE = ("stranger", "staff", *ROLES)
SCOPES = ("annotate", "lead", "engineer")
ADMIN_TOKENS = tuple(f"admin's {scope} token" for scope in SCOPES)
OWN_TOKENS = tuple(f"annotator's {scope} token" for scope in SCOPES)
TOKENS = (*ADMIN_TOKENS, *OWN_TOKENS)
WALKERS = ("anonymous", *PEOPLE, *TOKENS)
"""The annotator owns the assignment and the judgment; staff is a Django superuser without role."""

Expected = dict[str, int]
Body = dict[str, Any] | Callable[[Any], dict[str, Any]] | None


@dataclass(frozen=True)
class Call:
    """A request: what is sent, and the status that each walker gets."""

    expected: Expected
    body: Body = None
    path: str = ""
    form: bool = False


def answers(anonymous: int, people: int, tokens: int, **others: int) -> Expected:
    """One status for each group, and others for single walkers (spaces as underscores)."""
    expected = dict.fromkeys(WALKERS, anonymous)
    expected |= dict.fromkeys(PEOPLE, people) | dict.fromkeys(TOKENS, tokens)
    named = {name.replace("_", " ").replace("admins", "admin's"): n for name, n in others.items()}
    assert set(named) <= set(WALKERS), named
    return expected | named


def _only(expected: Expected, walkers: Iterable[str], status: int) -> Expected:
    return expected | dict.fromkeys(walkers, status)


def everybody(ok: int) -> Expected:
    """Whether logged in or not."""
    return answers(ok, ok, ok)


def accounts(ok: int) -> Expected:
    """Any account, by session or token."""
    return answers(401, ok, ok)


def in_person(ok: int, refused: int = 403) -> Expected:
    """Any account, by session only."""
    return answers(401, ok, refused)


def members(ok: int) -> Expected:
    """Every member of the project, whatever the role or scope."""
    return answers(401, ok, ok, stranger=404, staff=404)


def leads(ok: int) -> Expected:
    """Leads and admins; a token needs the lead's scope and such a person."""
    refused = answers(401, 403, 403, stranger=404, staff=404)
    return _only(refused, ("lead", "admin", "admin's lead token"), ok)


def exporters(ok: int) -> Expected:
    """Leads, engineers and admins; tokens of these two scopes."""
    return _only(leads(ok), ("engineer", "admin's engineer token"), ok)


def raters(ok: int) -> Expected:
    """Every member with the scope to annotate."""
    tokens = ("admin's annotate token", "annotator's annotate token")
    return _only(answers(401, ok, 403, stranger=404, staff=404), tokens, ok)


def owner(ok: int) -> Expected:
    """The annotator only; to all others the object is not there."""
    hidden = answers(401, 404, 403)
    hidden = _only(hidden, ("admin's annotate token",), 404)
    return _only(hidden, ("annotator", "annotator's annotate token"), ok)
