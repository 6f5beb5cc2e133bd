"""What a bundle may cost whoever downloads and starts it. Beyond these a build fails."""

from __future__ import annotations

PACKED_AT_MOST = 60_000_000
"""Bytes of the archive that people download."""

FIRST_PAINT_AT_MOST = 1.5
"""From the start of the process to the first paint, as a multiple of the same from source."""

PRACTICE_AT_MOST = 1 / 3
"""The practice AWS's part of what is packed; beyond it, it would be an edition of its own."""


def beyond(packed: int, first_paint: float | None, practice: float) -> list[str]:
    """Return a sentence for each limit that is passed; ``None`` is what was not measured."""
    sentences = []
    if packed > PACKED_AT_MOST:
        sentences.append(f"Packed it has {megabytes(packed)}, over {megabytes(PACKED_AT_MOST)}.")
    if first_paint is not None and first_paint > FIRST_PAINT_AT_MOST:
        sentences.append(
            f"Its first paint takes {first_paint:.2f} times that from source, over"
            f" {FIRST_PAINT_AT_MOST} times."
        )
    if practice > PRACTICE_AT_MOST:
        sentences.append(
            f"The practice AWS is {practice:.0%} of it, over a third: offer it as an edition of"
            " its own (--without-practice makes the one without it)."
        )
    return sentences


def megabytes(size: int) -> str:
    """Return a size in bytes for people."""
    return f"{size / 1e6:.1f} MB"
