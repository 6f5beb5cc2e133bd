"""``needs``: the least policy for whoever creates, revokes or checks the set-up of a draft."""

from app.commands.output import complain, print_json, read_draft_at, say, tell
from app.core.formats.reading import InputProblem
from app.core.needs.least_policy import Doing, least_policy
from app.core.wording.needs_words import needs_text, too_long_sentence


def print_needs(draft_path: str, how: str, *, as_json: bool) -> int:
    """Print the policy; with ``as_json`` alone and whole, however long. Returns the exit status."""
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    doing = Doing(how)
    policy = least_policy(file.draft, doing)
    if as_json:
        too_long = too_long_sentence(policy)
        if too_long:
            tell(too_long)
        print_json(policy)
    else:
        # The draft's values stand in the JSON alone, where none of them begins a line.
        say(*needs_text(file.draft, doing, policy).split("\n"))
    return 0
