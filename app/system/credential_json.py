"""How the keyring holds pasted credentials: the texts of an entry, and of the list of entries."""

import json
from datetime import datetime

from app.core.pasted.credentials import PastedCredentials
from app.core.sign_in import KeptCredentials


def dump_credentials(credentials: PastedCredentials) -> str:
    """Return the text of one entry, secrets and all; plain ASCII."""
    return json.dumps(
        {
            "access_key_id": credentials.access_key_id,
            "secret_access_key": credentials.secret_access_key,
            "session_token": credentials.session_token,
            "expires_at": _iso(credentials.expires_at),
            "account_id": credentials.account_id,
            "of_root": credentials.of_root,
        }
    )


def read_kept_credentials(text: str) -> PastedCredentials | None:
    """Return the credentials of an entry, or None where it is damaged."""
    try:
        row = json.loads(text)
        return PastedCredentials(
            row["access_key_id"],
            row["secret_access_key"],
            row["session_token"],
            _moment(row["expires_at"]),
            row["account_id"],
            bool(row.get("of_root")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def dump_index_row(entry: KeptCredentials, end: datetime | None) -> dict[str, object]:
    """Return what the list holds of an entry, without a secret; it is kept until ``end``."""
    return {
        "id": entry.id,
        "key_hint": entry.key_hint,
        "lasting": entry.lasting,
        "expires_at": _iso(entry.expires_at),
        "account_id": entry.account_id,
        "of_root": entry.of_root,
        "kept_until": _iso(end),
    }


def read_index(text: str) -> list[tuple[KeptCredentials, datetime | None]]:
    """Return the list of entries and until when each is kept; empty where it is damaged."""
    try:
        return [
            (
                KeptCredentials(
                    id=str(row["id"]),
                    key_hint=str(row["key_hint"]),
                    lasting=bool(row["lasting"]),
                    in_keyring=True,
                    expires_at=_moment(row["expires_at"]),
                    account_id=row["account_id"],
                    of_root=bool(row.get("of_root")),
                ),
                _moment(row["kept_until"]),
            )
            for row in json.loads(text)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
