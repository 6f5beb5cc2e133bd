"""``practice --scenario``: the rehearsals, one for each code of the catalogue."""

from app.commands.output import complain
from app.core.i18n import tr


def run_scenario(name: str) -> int:
    """List the rehearsals for ``list``, else open the wizard on the one called ``name``."""
    from app.practice.scenarios import scenario, scenario_codes

    if name == "list":
        print("\n".join(scenario_codes()))
        return 0
    if scenario(name) is None:
        sentence = tr(
            "There is no rehearsal “{name}”. “ubiquity-s3-setup practice --scenario list” names "
            "them all."
        )
        return complain(sentence.format(name=name))
    from app.bootstrap import run_rehearsal

    return run_rehearsal(name)
