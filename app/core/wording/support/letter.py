"""The letter to UbiQuity's support that the program begins: what it can tell, and no secret."""

from collections.abc import Sequence
from urllib.parse import quote

from app.core.draft import BucketEntry
from app.core.frozen import frozen
from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import tr


@frozen
class Circumstances:
    """What is so as the letter is begun.

    ``program`` and ``system`` are names with versions, ``page`` is the page's title, ``code`` what
    AWS answered last where that was a failure. ``account_id`` and ``buckets`` are left out where
    they are hidden on the screen.
    """

    program: str
    system: str
    page: str
    practice: bool = False
    code: str | None = None
    account_id: str | None = None
    buckets: Sequence[BucketEntry] = ()
    attachment: str | None = None
    """The name of the support bundle that was saved; empty where it is hidden on the screen."""


def support_link(circumstances: Circumstances) -> str:
    """Return the link that opens the letter in the person's mail program (RFC 6068)."""
    subject = tr("S3 Connection Setup: help with “{page}”").format(page=circumstances.page)
    body = "\r\n".join(_lines(circumstances))
    return f"mailto:{SUPPORT_EMAIL}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def _lines(circumstances: Circumstances) -> list[str]:
    """Return the letter: room to write in, then what the guide's "Need help?" asks for."""
    lines = [
        *_to_attach(circumstances.attachment),
        tr("What I wanted to do:"),
        "",
        tr("What happened instead (with any error message):"),
        "",
        "",
        tr("Page: {page}").format(page=circumstances.page),
    ]
    if circumstances.practice:
        lines.append(tr("On the practice AWS"))
    if circumstances.code:
        lines.append(tr("Last answer of AWS: {code}").format(code=circumstances.code))
    if circumstances.account_id:
        lines.append(tr("AWS account ID: {account}").format(account=circumstances.account_id))
    words = tr("Bucket: {bucket} ({region})")
    lines += [words.format(bucket=b.name, region=b.region) for b in circumstances.buckets]
    lines += [circumstances.program, circumstances.system]
    return lines


def _to_attach(bundle: str | None) -> list[str]:
    """Return what is left to the person: no link can attach a file (RFC 6068)."""
    if bundle is None:
        return []
    if not bundle:
        return [tr("(Attach the support bundle that you saved, then delete this line.)"), ""]
    words = tr("(Attach the support bundle {file} that you saved, then delete this line.)")
    return [words.format(file=bundle), ""]
