"""What Windows shows of a program under Properties › Details, in the form PyInstaller reads."""

from __future__ import annotations

from bundle import names

_ENGLISH, _UNICODE = 0x0809, 1200


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """Return the four numbers that Windows compares; what is no number counts 0."""
    numbers = [int(part) if part.isdigit() else 0 for part in version.split(".")]
    first, second, third, fourth = [*numbers, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def file_properties(program: str) -> str:
    """Return the version resource of one of the two programs, as text for PyInstaller."""
    numbers = version_numbers(names.VERSION)
    # This is what Windows calls it in the task manager, and where it asks whether to trust it.
    titles = {names.CONSOLE_PROGRAM: f"{names.WINDOW_PROGRAM} (command line)"}
    said = {
        "CompanyName": names.MAKER,
        "FileDescription": titles.get(program, program),
        "FileVersion": names.VERSION,
        "InternalName": names.CONSOLE_PROGRAM,
        "OriginalFilename": f"{program}.exe",
        "ProductName": names.WINDOW_PROGRAM,
        "ProductVersion": names.VERSION,
    }
    rows = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in said.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f,"
        " flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('{_ENGLISH:04X}{_UNICODE:04X}', [{rows}])]),"
        f" VarFileInfo([VarStruct('Translation', [{_ENGLISH}, {_UNICODE}])])])\n"
    )
