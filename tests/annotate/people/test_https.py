"""What an installation behind https switches on."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of the site, as it would run at this address."""
    given = {"PUBLIC_URL": "https://jury.example", "SECRET_KEY": "long and random " * 4}
    # Browser tests set the variable that is left out, for their own process.
    inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=inherited | given | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_works():
    said = dict(
        line.removesuffix("  ###").split(" = ", 1)
        for line in run("diffsettings", "--all").stdout.splitlines()
        if " = " in line
    )
    wanted = {
        "SESSION_COOKIE_SECURE": "True",
        "SESSION_COOKIE_HTTPONLY": "True",
        "CSRF_COOKIE_SECURE": "True",
        "SECURE_SSL_REDIRECT": "True",
        "SECURE_HSTS_SECONDS": "31536000",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": "False",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "'https'",
        "DEBUG": "False",
    }
    assert {name.removeprefix("### "): value for name, value in said.items()} | wanted == {
        name.removeprefix("### "): value for name, value in said.items()
    }


def test_djangos_own_check_finds_nothing():
    done = run("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_proxies_are_counted_alike():
    said = run("diffsettings", TRUSTED_PROXIES="2").stdout
    assert "'NUM_PROXIES': 2" in said
    assert "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')" in said
