"""Receipts kept on this computer."""

from pathlib import Path

from app.system.receipt_files import ReceiptFiles


def test_a_receipt_is_kept_where_it_is_said(tmp_path: Path) -> None:
    place = ReceiptFiles(tmp_path / "receipts").keep("1", "What was made")
    assert place is not None
    assert Path(place).read_text(encoding="utf-8") == "What was made"


def test_a_disk_that_refuses_is_said_and_can_be_mended(tmp_path: Path) -> None:
    in_the_way = tmp_path / "receipts"
    in_the_way.write_text("", encoding="utf-8")
    receipts = ReceiptFiles(in_the_way)
    assert receipts.keep("1", "What was made") is None
    in_the_way.unlink()
    assert receipts.keep("1", "What was made") is not None
