"""Policies with places in them that a template fills in: its parameter, the account it runs in."""

import re
from collections.abc import Callable, Mapping
from typing import Final

EXTERNAL_ID_KEY: Final = "sts:ExternalId"
_ACCOUNT: Final = re.compile(r"[0-9]{12}", re.ASCII)


def with_external_id(document: object, instead: object) -> object:
    """Return a trust policy with ``instead`` in the place of its External ID."""
    if isinstance(document, Mapping):
        return {
            key: instead if key == EXTERNAL_ID_KEY else with_external_id(value, instead)
            for key, value in document.items()
        }
    if isinstance(document, list):
        return [with_external_id(item, instead) for item in document]
    return document


def in_any_account(document: object, account_id: str, instead: Callable[[str], object]) -> object:
    """Return a policy that is as good in another account as in ``account_id``.

    A bucket's name often has the number of its account in it. Each text that has it between other
    signs than digits becomes what ``instead`` makes of it.
    """
    if isinstance(document, Mapping):
        return {k: in_any_account(value, account_id, instead) for k, value in document.items()}
    if isinstance(document, list):
        return [in_any_account(item, account_id, instead) for item in document]
    if isinstance(document, str) and names_account(document, account_id):
        return instead(document)
    return document


def names_account(text: str, account_id: str) -> bool:
    """Tell whether ``text`` has the number of the account in it."""
    is_number = _ACCOUNT.fullmatch(account_id) is not None
    return is_number and re.search(_number(account_id), text) is not None


def around_account(text: str, account_id: str) -> tuple[str, ...]:
    """Return the pieces of ``text`` around the number of the account."""
    return tuple(re.split(_number(account_id), text))


def _number(account_id: str) -> str:
    return rf"(?<![0-9]){account_id}(?![0-9])"
