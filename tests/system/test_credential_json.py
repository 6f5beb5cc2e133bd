"""What the keyring holds, whatever has become of it."""

import pytest

from app.core.pasted.credentials import PastedCredentials
from app.system.credential_json import dump_credentials, read_index, read_kept_credentials


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, "1" * 5000, '{"a": ' * 100_000])
def test_a_damaged_entry_is_none(text: str) -> None:
    assert read_kept_credentials(text) is None
    assert read_index(text) == []
    kept = PastedCredentials("ASIAEXAMPLE123456789", "secret", "token")
    assert read_kept_credentials(dump_credentials(kept)) == kept
