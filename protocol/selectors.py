"""Reads protocol versions, parsed."""

from protocol.document import Document, parse
from protocol.errors import Refused
from protocol.models import ExampleImage, ProtocolVersion

_parsed: dict[int, Document] = {}


class MissingVersionError(Refused):
    """No protocol version of this key and number."""


def get_version(*, key: str, number: int | None = None) -> ProtocolVersion:
    """Return one version of a protocol; without a number the published one."""
    versions = ProtocolVersion.objects.select_related("protocol").filter(protocol__key=key)
    if number is None:
        version = versions.filter(state=ProtocolVersion.State.PUBLISHED).first()
    else:
        version = versions.filter(number=number).first()
    if version is None:
        wanted = f"{key}@{number}" if number else f"published version of {key}"
        held = ", ".join(f"{entry} ({entry.state})" for entry in versions.order_by("number"))
        raise MissingVersionError(
            f"there is no {wanted}; the database holds: {held or 'none of it'}"
        )
    return version


def parsed(version_id: int) -> Document:
    """Return the document of a version; kept in the process once it can't change any more."""
    document = _parsed.get(version_id)
    if document is None:
        version = ProtocolVersion.objects.only("document", "state").get(pk=version_id)
        document = parse(version.document)
        if version.state != ProtocolVersion.State.DRAFT:
            _parsed[version_id] = document
    return document


def example_image(version_id: int, sha256: str) -> ExampleImage | None:
    """Return an image that an example of the version shows; None where none does."""
    if sha256 not in parsed(version_id).images:
        return None
    return ExampleImage.objects.get(sha256=sha256)
