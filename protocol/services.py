"""Writes protocol versions: import an edition, publish a version."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from protocol.document import canonical, digest
from protocol.edition import read_edition
from protocol.errors import Refused
from protocol.images import ImageFile
from protocol.models import ExampleImage, Protocol, ProtocolVersion
from protocol.shipped import shipped_edition

State = ProtocolVersion.State


class NumberTakenError(Refused):
    """This number of the protocol belongs to another text."""


@transaction.atomic
def import_edition(
    *, text: str | bytes, folder: Path | None = None, publish: bool = False
) -> ProtocolVersion:
    """Return the version of an edition's text, new or held already; faults are `Refused`.

    Images of its examples are read from `images/` in the folder, and kept.
    """
    edition = read_edition(text, folder=folder)
    document = edition.document
    content = canonical(document)
    protocol = _locked_protocol(document["key"])
    version = protocol.versions.filter(number=document["number"]).first()
    if version is None:
        version = ProtocolVersion.objects.create(
            protocol=protocol,
            number=document["number"],
            document=content,
            digest=digest(content),
        )
    elif version.digest != digest(content):
        raise NumberTakenError(
            f"{version} is held already with another text (digest {version.digest}, "
            f"this one {digest(content)}); give the changed text the next number"
        )
    _keep_images(edition.images)
    return publish_version(version=version) if publish else version


def _keep_images(images: tuple[ImageFile, ...]) -> None:
    """Store the images that are not there yet; what is there is the same, byte for byte."""
    rows = [
        ExampleImage(sha256=each.sha256, media_type=each.media_type, content=each.content)
        for each in images
    ]
    ExampleImage.objects.bulk_create(rows, ignore_conflicts=True)


def import_shipped(*, key: str, number: int | None = None) -> ProtocolVersion:
    """Return the published version of a shipped edition; without a number the highest."""
    path = shipped_edition(key, number)
    return import_edition(text=path.read_bytes(), folder=path.parent, publish=True)


@transaction.atomic
def publish_version(*, version: ProtocolVersion) -> ProtocolVersion:
    """Publish a draft; what is published already stays as it is.

    One version of a protocol is published, the highest number; the others are superseded.
    A draft below the published number is superseded at once: usable, but nobody's default.
    """
    protocol = _locked_protocol(version.protocol.key)
    version.refresh_from_db()
    if version.state != State.DRAFT:
        return version
    published = protocol.versions.filter(state=State.PUBLISHED)
    if published.filter(number__gt=version.number).exists():
        version.state = State.SUPERSEDED
    else:
        for older in published:
            older.state = State.SUPERSEDED
            older.save(update_fields=["state"])
        version.state = State.PUBLISHED
    version.published_at = timezone.now()
    version.save(update_fields=["state", "published_at"])
    return version


def _locked_protocol(key: str) -> Protocol:
    """Return the protocol's row, made if missing; its lock orders all that moves its versions."""
    Protocol.objects.get_or_create(key=key)
    return Protocol.objects.select_for_update().get(key=key)
