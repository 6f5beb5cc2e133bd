"""``explain``: the troubleshooting for an error message that someone pasted."""

from app.commands.output import print_json
from app.core.explain import explain, explanation_to_json
from app.core.i18n import tr


def print_explanation(text: str, *, as_json: bool) -> int:
    """Print what the message ``text`` leads to; an unknown one says so. Always returns 0."""
    found = explain(text)
    if as_json:
        print_json(explanation_to_json(found))
        return 0
    if not found:
        print(
            tr(
                "This message is not known here. Run the full check to find the cause: "
                "ubiquity-s3-setup check --draft FILE"
            )
        )
    for explanation in found:
        said = explanation.words
        print(f"{said.title.text}  ({explanation.code})")
        for number, step in enumerate(said.fix, start=1):
            print(f"  {number}. {step.text}")
        print()
    return 0
