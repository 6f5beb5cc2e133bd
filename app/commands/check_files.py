"""``check`` on support bundles: one in full, and a line for each of several (a morning's list).

Each is checked by itself: what is wrong with one is told in its own line, and stops no other.
"""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from app.commands.exit_status import FAILED
from app.commands.output import complain, print_json, say, tell
from app.core.bundle import Bundle
from app.core.conventions import labelled, row
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.checks_json import CheckedFile, by_cause, cause_of, checks_to_json
from app.core.formats.reading import InputProblem
from app.core.i18n import ntr, tr
from app.core.report import Report, Verdict
from app.core.snapshot import Snapshot
from app.core.wording.findings import words
from app.core.wording.report_terms import VERDICT_WORDS
from app.core.wording.support.replay_words import left_out_sentence, replay_notes, told_otherwise
from app.files.bundles import read_bundle
from app.files.reading import is_folder
from app.flow.patience import patient_work

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

MOST_FILES: Final = 100_000
MOST_PROCESSES: Final = 64
_ENDING: Final = ".zip"
_AT_ONCE: Final = 16
"""Files that a process is given at a time."""
_FILE_WIDTH: Final = 44


class Replayable(NamedTuple):
    """A bundle that holds a snapshot, and the draft that it is checked against."""

    bundle: Bundle
    draft: Draft
    snapshot: Snapshot


def replayable(path: str, draft: Draft | None) -> Replayable | InputProblem:
    """Open the bundle at ``path``, to be checked against ``draft`` where one is given.

    Else against its own.
    """
    bundle = read_bundle(path)
    if isinstance(bundle, InputProblem):
        return bundle
    against = bundle.comparable(draft) if draft else bundle.draft
    if bundle.snapshot is None or against is None:
        return InputProblem(path, labelled(path, left_out_sentence(bundle)))
    return Replayable(bundle, against, bundle.snapshot)


def tell_replay(bundle: Bundle, report: Report) -> None:
    """Say on standard error what is replayed, and what is not as the customer was told."""
    tell(*(note.text for note in replay_notes(bundle)))
    if bundle.told_the_same(report) is False:
        tell(told_otherwise(bundle).text)


def print_checks(
    paths: Sequence[str], draft: Draft | None, *, processes: int, as_json: bool
) -> int:
    """Print a line for each bundle in ``paths`` (files and folders); 0 only where all are ready."""
    files = bundles_in(paths)
    if isinstance(files, InputProblem):
        return complain(files.text)
    checked = by_cause(checked_files(files, draft, processes))
    if as_json:
        print_json(checks_to_json(checked))
    else:
        say(*lines_of(checked))
        tell(_summary(checked))
    return 0 if all(file.verdict is Verdict.READY for file in checked) else FAILED


def bundles_in(paths: Sequence[str]) -> list[str] | InputProblem:
    """Return the files in ``paths``: those named, and all ``.zip`` files beneath folders.

    Links to folders are not followed, and each file counts once.
    """
    files: dict[str, None] = {}
    for path in paths:
        beneath = list(_beneath(path)) if is_folder(path) else [path]
        if not beneath:
            sentence = tr(
                "{file}: the file can’t be read: it is a folder, and no support bundle (a .zip "
                "file) is in it."
            )
            return InputProblem(path, sentence.format(file=path))
        files.update(dict.fromkeys(beneath))
    if len(files) > MOST_FILES:
        sentence = ntr(
            "There is more than {most} file. Check them folder by folder.",
            "There are more than {most} files. Check them folder by folder.",
            MOST_FILES,
        )
        return InputProblem("", sentence.format(most=MOST_FILES))
    return list(files)


def _beneath(folder: str) -> Iterator[str]:
    """Yield the bundles beneath ``folder``, and each folder that can't be looked into."""
    closed: list[str] = []
    for place, folders, names in os.walk(folder, onerror=lambda e: closed.append(str(e.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(_ENDING) and not name.startswith("."):
                yield os.path.join(place, name)  # noqa: PTH118
    yield from closed


def checked_files(
    files: Sequence[str], draft: Draft | None, processes: int
) -> Iterator[CheckedFile]:
    """Yield what comes of each of ``files``, by so many ``processes``, in any order."""
    if processes == 1 or len(files) == 1:
        yield from (checked_file(file, draft) for file in files)
        return
    yield from _by_processes(files, draft, processes)


def checked_file(path: str, draft: Draft | None) -> CheckedFile:
    """Return what the bundle at ``path`` says; never raises."""
    try:
        return _checked(path, draft)
    except Exception as error:  # noqa: BLE001 - the other files have to be checked
        sentence = tr("{file}: this program failed on it ({error}). Please tell its makers.")
        return CheckedFile(path, sentence.format(file=path, error=type(error).__name__))


def _checked(path: str, draft: Draft | None) -> CheckedFile:
    replayed = replayable(path, draft)
    if isinstance(replayed, InputProblem):
        return CheckedFile(path, replayed.text)
    bundle, work = replayed.bundle, patient_work()
    try:
        report = diagnose(replayed.draft, replayed.snapshot, work)
    finally:
        work.forget()  # else it stays until the collector of circles comes round
    cause = cause_of(report)
    return CheckedFile(
        file=path,
        account_id=replayed.draft.account_id,
        verdict=report.verdict,
        code=cause.code if cause else None,
        title=words(cause).title.text if cause else None,
        saved_at=bundle.saved_at,
        masked=bundle.masked,
        practice=bundle.practice,
        as_told=bundle.told_the_same(report),
    )


def _by_processes(
    files: Sequence[str], draft: Draft | None, processes: int
) -> Iterator[CheckedFile]:
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    parts = [files[at : at + _AT_ONCE] for at in range(0, len(files), _AT_ONCE)]
    left = set(files)
    with _pool(min(processes, len(parts))) as pool:
        for future in as_completed([pool.submit(checked_part, part, draft) for part in parts]):
            try:
                checked = future.result()
            except BrokenProcessPool:
                continue
            left.difference_update(file.file for file in checked)
            yield from checked
    # One of them ended its process: each of those that are left has one of its own.
    for file in sorted(left):
        yield _alone(file, draft)


def _alone(file: str, draft: Draft | None) -> CheckedFile:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            return pool.submit(checked_file, file, draft).result()
        except BrokenProcessPool:
            sentence = tr("{file}: the process that checked it came to an end.")
            return CheckedFile(file, sentence.format(file=file))


def checked_part(files: Sequence[str], draft: Draft | None) -> list[CheckedFile]:
    """Return what comes of each of ``files``, in a process of its own."""
    return [checked_file(file, draft) for file in files]


def _pool(processes: int) -> "ProcessPoolExecutor":
    # Not forked: what this process has open, or is in the middle of, is nobody else's.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _let_be)


def _let_be() -> None:
    """Leave Ctrl+C to the process that waits for this one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def lines_of(checked: Sequence[CheckedFile]) -> Iterator[str]:
    """Yield one line for each file: file, account, verdict, code and title, or what is wrong."""
    width = min(_FILE_WIDTH, max((len(file.file) for file in checked), default=0))
    codes = max((len(file.code or "") for file in checked), default=0)
    for file in checked:
        if file.problem is not None:
            reason, unusable = file.problem.removeprefix(labelled(file.file, "")), tr("Not usable")
            yield f"{file.file:<{width}}  {'-':<12}  {unusable:<11}  {reason}"
            continue
        verdict = tr(VERDICT_WORDS[file.verdict]) if file.verdict else ""
        marks = row(_marks(file))
        cause = f"{file.code or '-':<{codes}}  {file.title or ''}".rstrip()
        told = f"  ({marks})" if marks else ""
        yield f"{file.file:<{width}}  {file.account_id:<12}  {verdict:<11}  {cause}{told}"


def _marks(file: CheckedFile) -> Iterator[str]:
    if file.practice:
        yield tr("practice")
    if file.as_told is False:
        yield tr("the customer was told something else")


def _summary(checked: Sequence[CheckedFile]) -> str:
    ready = sum(file.verdict is Verdict.READY for file in checked)
    unusable = sum(file.problem is not None for file in checked)
    words_ = ntr(
        "{count} support bundle: {ready} ready, {unusable} can’t be used.",
        "{count} support bundles: {ready} ready, {unusable} can’t be used.",
        len(checked),
    )
    return words_.format(count=len(checked), ready=ready, unusable=unusable)
