"""The demo: its accounts, whose passwords are random per clone, and its project."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from annotate.people.models import Membership, Role, User
from annotate.tasks.models import Project
from modelbridge.models import Job
from modelbridge.services import start_job
from protocol.errors import Refused
from protocol.services import import_shipped
from protocol.shipped import shipped_editions

SLUG = "demo"
EDITION = "editreward"
FILL = "fill_demo"
"""The kind of the job that fills the demo."""


@dataclass(frozen=True)
class Account:
    """One of the demo's people."""

    username: str
    role: Role


ACCOUNTS = (
    Account("annotator", Role.ANNOTATOR),
    Account("annotator2", Role.ANNOTATOR),
    Account("lead", Role.LEAD),
    Account("engineer", Role.ENGINEER),
    Account("admin", Role.ADMIN),
)


def account_file() -> Path:
    """Where the demo's address and passwords stand, for its owner only."""
    return Path(settings.BASE_DIR) / "var" / "demo.json"


@transaction.atomic
def prepare_project() -> Project:
    """The project `demo`, made where it is missing; every shipped edition is published."""
    for key, number in shipped_editions():
        import_shipped(key=key, number=number)
    version = import_shipped(key=EDITION)
    project, _ = Project.objects.get_or_create(
        slug=SLUG,
        defaults={
            "title": "Demo",
            "protocol_version": version,
            "simulated": True,
            "mix_simulated": True,
        },
    )
    if not project.simulated:
        raise Refused(f"the project {SLUG} of this database holds real work; nothing was changed")
    return project


@transaction.atomic
def start_fill(*, project: Project) -> Job | None:
    """The job that fills the project, queued unless one is at work or done; None then."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    ended = (Job.State.FAILED, Job.State.CANCELLED)
    if Job.objects.filter(project=project, kind=FILL).exclude(state__in=ended).exists():
        return None
    return start_job(kind=FILL, project=project, parameters={}, by=None)


def prepare_accounts(*, project: Project, path: Path) -> dict[str, object]:
    """The content of the account file, written again; accounts get the passwords it holds."""
    _refuse_strangers(project)
    known = _known_passwords(path)
    passwords = {
        account.username: known.get(account.username) or secrets.token_urlsafe(9)
        for account in ACCOUNTS
    }
    content: dict[str, object] = {
        "url": settings.PUBLIC_URL,
        "accounts": [
            {
                "username": account.username,
                "password": passwords[account.username],
                "roles": [account.role.value],
            }
            for account in ACCOUNTS
        ],
    }
    # The file first: a kill in between leaves passwords that the next run gives the accounts.
    _write_private(path, json.dumps(content, indent=2) + "\n")
    for account in ACCOUNTS:
        _prepare_account(account, project, passwords[account.username])
    return content


def _refuse_strangers(project: Project) -> None:
    """Refuse a database where one of the names belongs to somebody else."""
    names = [account.username for account in ACCOUNTS]
    strangers = User.objects.filter(username__in=names).exclude(memberships__project=project)
    if taken := list(strangers.order_by("username").values_list("username", flat=True)):
        raise Refused(
            f"these accounts are not the demo's: {', '.join(taken)}; the demo belongs in a "
            "database of its own"
        )


def _known_passwords(path: Path) -> dict[str, str]:
    """The passwords by name in an account file; none where it is missing or unreadable."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {entry["username"]: entry["password"] for entry in content["accounts"]}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


@transaction.atomic
def _prepare_account(account: Account, project: Project, password: str) -> None:
    """Make one account and its membership where missing; set its password if it differs."""
    admin = account.role is Role.ADMIN
    user, _ = User.objects.get_or_create(
        username=account.username, defaults={"is_staff": admin, "is_superuser": admin}
    )
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    Membership.objects.get_or_create(project=project, user=user, defaults={"role": account.role})


def _write_private(path: Path, text: str) -> None:
    """Replace a file in one step by one that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
