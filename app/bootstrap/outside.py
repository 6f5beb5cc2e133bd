"""What the menus reach of this computer. Loaded after the first paint."""

from contextlib import suppress
from pathlib import Path

from app import __version__
from app.bootstrap.late_exports import LateBundles
from app.core.i18n import tr
from app.core.program_names import PRODUCT
from app.files.writing import make_folder
from app.flow.own_command import window_command
from app.system.components import components, licence_text, system_name
from app.system.own_folders import data_folder, log_folder
from app.system.practice_window import why_no_practice
from app.system.settings_file import SettingsFile
from app.system.translations import available_languages, install_language
from app.ui.application import theme
from app.ui.menus.outside import Outside, RehearsalChoice, start_on_its_own
from app.wiring.newer_version import newer_version
from app.wiring.process_notes import own_log


def outside_of(settings: SettingsFile) -> Outside:
    """Return this computer as the menus reach it."""
    return Outside(
        theme=theme(),
        program=f"{PRODUCT} {__version__}",
        parts=components,
        licence_text=licence_text,
        newer_version=newer_version(settings),
        system=system_name(),
        files=lambda: _own_folder(data_folder()),
        logs=lambda: _own_folder(log_folder()),
        log=own_log,
        practice_command=window_command("practice"),
        why_no_practice=why_no_practice,
        keep_text_size=settings.keep_text_size,
        start=start_on_its_own,
        rehearsals=rehearsals,
        support=LateBundles(),
        languages=available_languages(),
        chosen_language=lambda: settings.now.language,
        speak=lambda tag: speak(tag, settings),
    )


def speak(tag: str, settings: SettingsFile) -> None:
    """Install the language ``tag``, or the system's, and remember in ``settings`` which it is."""
    settings.keep_language(tag)
    install_language(tag)


def rehearsals() -> list[RehearsalChoice]:
    """Return what the practice AWS can begin with; it is in this program's words."""
    from app.practice.scenarios.scenario_list import scenarios

    return [RehearsalChoice(scenario.code, tr(scenario.title)) for scenario in scenarios()]


def _own_folder(folder: Path) -> Path:
    """Return a folder of the program's; where it can't be made, opening it tells so."""
    with suppress(OSError):
        make_folder(folder)
    return folder
