"""``explain``: the troubleshooting for an error message that someone pasted."""

from app.commands.output import print_json, say
from app.core.explain.explain import explain
from app.core.explain.unexplained import unexplained
from app.core.formats.explanation_json import explanation_to_json
from app.core.i18n import tr
from app.core.wording.findings import words
from app.core.wording.unexplained import unexplained_words


def print_explanation(text: str, *, as_json: bool) -> int:
    """Print what the message ``text`` leads to, or why it leads to nothing. Always returns 0."""
    explanations = explain(text)
    if as_json:
        print_json(explanation_to_json(explanations))
        return 0
    if not explanations:
        about = unexplained_words(unexplained(text)) or tr("This message is not known here.")
        check = tr(
            "Run the full check to find what stops the connection: "
            "ubiquity-s3-setup check --draft FILE"
        )
        say(about, check)
    for explanation in explanations:
        finding_words = words(explanation.finding)
        say(f"{finding_words.title.text}  ({explanation.code})")
        for number, step in enumerate(finding_words.fix, start=1):
            say(f"  {number}. {step.text}")
        say("")
    return 0
