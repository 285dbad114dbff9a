"""The one error of the launcher: a message that says what to do."""


class EmbeddedError(Exception):
    """Something a person has to put right before the services can run."""
