"""What ``apply --json`` and ``revoke --json`` print (``ubiquity-s3-setup/receipt``, version 1)."""

from typing import Final

from app.core.formats.writing import Json, moment_text
from app.core.revoking.proof import Proof
from app.core.wording.grounds import grounds_words
from app.core.wording.receipt import Receipt

FORMAT: Final = "ubiquity-s3-setup/receipt"
VERSION: Final = 1


def receipt_to_json(receipt: Receipt) -> Json:
    """Return the receipt as a JSON object."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "run": receipt.run,
        "kind": receipt.kind,
        "state": receipt.state,
        "account_id": receipt.account_id,
        "caller_arn": receipt.caller_arn,
        "started_at": receipt.started_at.isoformat(),
        "lines": [
            {
                "kind": line.kind,
                "words": line.words,
                "target": line.target,
                "at": line.at.isoformat() if line.at else None,
                "state": line.state,
            }
            for line in receipt.lines
        ],
        "by_hand": list(receipt.by_hand),
        "remaining": list(receipt.remaining),
    }


def proof_to_json(proof: Proof) -> Json:
    """Return the ``proof`` that ``revoke`` adds to the receipt."""
    return {
        "assume_role": proof.decision,
        "because": grounds_words(proof.because),
        "evidence": proof.evidence.value,
        "sessions_until": moment_text(proof.sessions_until) if proof.sessions_until else None,
    }
