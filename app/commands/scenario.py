"""``practice --scenario``: the rehearsals, one for each code of the catalogue, and further ones.

Only those of the catalogue are listed, as the interface has it: one code a line.
"""

from app.commands.output import complain, say
from app.core.i18n import tr


def list_or_refuse(name: str) -> int | None:
    """List the rehearsals for ``list`` and refuse an unknown ``name``; None for one there is.

    Returns the exit status where there is nothing more to do.
    """
    from app.practice.scenarios.scenario_list import scenario_codes, scenario_of

    if name == "list":
        say(*scenario_codes())
        return 0
    if scenario_of(name) is None:
        sentence = tr(
            "There is no rehearsal “{name}”. “ubiquity-s3-setup practice --scenario list” names "
            "one for each finding; Practise in the Help menu has them all."
        )
        return complain(sentence.format(name=name))
    return None
