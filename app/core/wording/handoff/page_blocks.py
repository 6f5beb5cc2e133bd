"""What the page for an AWS administrator is made of.

A page is sections, a section is blocks. All is plain text, in which whoever shows it escapes what
can't be seen (``characters.escaped``); a sheet's is escaped already, as JSON has it.
"""

from app.core.frozen import frozen


@frozen
class Paragraph:
    """A paragraph; one that ``leads`` is nothing without what follows."""

    text: str
    leads: bool = False


@frozen
class Warned:
    """A paragraph that must not be passed over; ``label`` is the word that says so."""

    label: str
    text: str


@frozen
class Points:
    """A list without an order."""

    items: tuple[str, ...]


@frozen
class Value:
    """A value to copy, under its label."""

    label: str
    value: str


@frozen
class Facts:
    """Values under their labels, as a table of two columns."""

    title: str
    rows: tuple[Value, ...]


@frozen
class Link:
    """A link; ``text`` is what it leads to."""

    text: str
    address: str


@frozen
class Sheet:
    """A document to copy whole, as AWS takes it."""

    title: str
    text: str


@frozen
class Instruction:
    """An instruction, and what is opened or pasted there."""

    text: str
    below: "tuple[Value | Link | Sheet, ...]" = ()


@frozen
class Instructions:
    """Numbered instructions."""

    steps: tuple[Instruction, ...]


Block = Paragraph | Warned | Points | Value | Facts | Link | Sheet | Instructions


@frozen
class PageSection:
    """A heading with what stands below it; ``anchor`` names it in an address."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@frozen
class AdministratorPage:
    """The whole page; ``lead`` says for whom it is and what is asked."""

    title: str
    lead: str
    sections: tuple[PageSection, ...]
    footer: tuple[Block, ...]
