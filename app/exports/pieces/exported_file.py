"""What an export makes: a file that is still to be saved or sent."""

from app.core.frozen import frozen


@frozen
class ExportedFile:
    """A file to be written: its name and its whole text."""

    name: str
    text: str
