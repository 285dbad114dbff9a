"""Refused actions in words, for the terminal."""

from annotate.errors import DomainError, InvalidError


def spell_out(error: DomainError) -> str:
    """The error as one sentence, with each fault that it lists."""
    if not isinstance(error, InvalidError):
        return error.detail
    faults = [
        f"{fault.get('field', 'input')}: {fault.get('message') or fault['code']}"
        for fault in error.faults
    ]
    return "; ".join(faults)
