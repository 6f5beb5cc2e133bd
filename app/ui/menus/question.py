"""Asking once before something that was typed is lost, and telling why something can't be done."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.core.conventions import as_sentence, paragraph
from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.core.wording.value_sentence import ValueSentence
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import PrimaryButton, destructive_button
from app.ui.widgets.callout import Callout, CalloutKind
from app.ui.widgets.headings import body
from app.ui.widgets.masking import Masking
from app.ui.widgets.problem_dialog import tell, tell_problem
from app.ui.widgets.scroll_dialog import ScrollDialog
from app.ui.widgets.value_text import ValueText


def ask_to_start_anew(parent: QWidget, start: Callable[[], object]) -> None:
    """Ask whether what was typed may go, and ``start`` where the answer is yes."""
    words = tr(
        "What you typed and chose is forgotten. What was already changed in AWS stays as it is."
    )
    dialog = ScrollDialog(
        parent,
        tr("Start anew?"),
        "anewQuestion",
        PrimaryButton(tr("Keep what I typed"), "anewNo"),
    )
    dialog.add(body(words))
    yes = destructive_button(tr("Start anew"), "anewYes")
    yes.clicked.connect(dialog.reject)
    yes.clicked.connect(start)
    dialog.add_button(yes)
    dialog.open_saying(words)


def ask_to_replace(
    parent: QWidget, file: ValueSentence, masking: Masking, yes: Callable[[], object]
) -> None:
    """Ask whether what was typed may be replaced by what is in a file, and say ``yes`` then."""
    dialog = ScrollDialog(
        parent,
        tr("Replace what you typed?"),
        "replaceQuestion",
        PrimaryButton(tr("Keep what I typed"), "replaceNo"),
    )
    words = ValueText(masking, "replaceWords")
    words.show_text(file.template, file.values)
    dialog.add(words)
    button = destructive_button(tr("Replace it"), "replaceYes")
    button.clicked.connect(dialog.reject)
    button.clicked.connect(yes)
    dialog.add_button(button)
    dialog.open_saying(words.shown_text())


def tell_refusal(parent: QWidget, context: PageContext, words: str, way_on: str) -> None:
    """Say why a file can't be used; on a shared screen only the ``way_on``."""
    if context.masking.on:
        hidden = tr(
            "This can’t be used. What is wrong with it is hidden while you share the screen."
        )
        words = paragraph(hidden, way_on)
    tell_problem(parent, tr("This can’t be opened"), words)


def tell_unread(
    parent: QWidget, context: PageContext, problem: InputProblem, way_on: str, *, is_block: bool
) -> None:
    """Say why what was handed over can't be read, and the ``way_on``; of a block it tells that."""
    if is_block:
        copied = tr("Copy the block once more, from its line BEGIN to its line END.")
        tell_refusal(parent, context, problem.text, copied)
    else:
        tell_refusal(parent, context, paragraph(problem.text, way_on), way_on)


def tell_outcome(
    parent: QWidget, masking: Masking, kind: CalloutKind, word: str, sentence: ValueSentence
) -> None:
    """Say what something comes to, its values masked."""
    dialog = ScrollDialog(parent, tr("What you were sent"), "outcomeDialog")
    callout = Callout(kind, "outcomeText", masking)
    callout.set_kind(kind, word)
    callout.show_text(sentence.template, sentence.values)
    dialog.add(callout)
    dialog.open_saying(paragraph(as_sentence(callout.word), callout.text))


def tell_letter(parent: QWidget, words: str, address: str) -> None:
    """Say that a letter opens: on Linux nobody hears whether there is a mail program for it."""
    tell(parent, tr("Write to support"), words, address, Callout("note", "problemText"))
