"""Secrets: 256 random bits stored as SHA-256; passwords, which are chosen, as argon2."""

import hashlib
import hmac
import secrets

from django.contrib.auth.hashers import Argon2PasswordHasher

NO_HASH = "0" * 64
"""What an unknown secret is compared with, so that it takes as long as a known one."""


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's cost: 64 logins at once take 1.2 GiB, not Django's 6.4 GiB."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


def new_secret() -> str:
    """A random secret of 256 bits, safe in a URL and in a header."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """The SHA-256 of a secret, as hexadecimal text; a random secret needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def is_secret(secret: str, secret_hash: str) -> bool:
    """Whether the secret is the hashed one, in a time that tells nothing."""
    return hmac.compare_digest(hash_secret(secret), secret_hash)
