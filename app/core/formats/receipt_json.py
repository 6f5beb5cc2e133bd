"""What ``apply --json`` and ``revoke --json`` print (``ubiquity-s3-setup/receipt``, version 1)."""

from typing import Final

from app.core.diagnosis.direct_access import DirectAccess
from app.core.formats.writing import Json, moment_text
from app.core.revoking.proof import Proof
from app.core.wording.grounds import grounds_words
from app.core.wording.receipt import Receipt
from app.core.wording.remains import not_looked_at_words, what_is_left, why_it_is_left

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
        **({"endpoint": receipt.endpoint} if receipt.endpoint else {}),
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
        "direct_access": [
            {"where": way.where, "statement": _direct_to_json(way)} for way in proof.direct
        ],
        "left": [
            {"what": what_is_left(part), "why": why_it_is_left(part).text} for part in proof.left
        ],
        "not_looked_at": [not_looked_at_words(each).text for each in proof.not_looked_at],
        "sessions_until": moment_text(proof.sessions_until) if proof.sessions_until else None,
    }


def _direct_to_json(way: DirectAccess) -> object:
    """Return the statement to the letter; of a grant who may do what."""
    if way.grant is None:
        return way.statement
    return {"grantee": way.grant.grantee, "operations": list(way.grant.operations)}
