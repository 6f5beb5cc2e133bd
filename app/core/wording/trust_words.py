"""What the change of a trust policy does, in words: who is let in by it, and who no longer is."""

from collections.abc import Iterable, Mapping

from app.core.changes.sides import StoredDocument, TypedChange
from app.core.documents.gone_principals import living
from app.core.documents.statements import statements_in
from app.core.documents.ubiquity_trust import databases_in, others_trusted, refuses_ubiquity
from app.core.guide import ROLE_NAME
from app.core.i18n import tr
from app.core.wording.value_sentence import ValueSentence, filled, only_in


def trust_sentence(change: TypedChange[StoredDocument]) -> ValueSentence:
    """Return what the change of a trust policy does: no full stop at its end."""
    old = change.before.document if change.before else None
    new = change.after.document if change.after else None
    before, after = databases_in(old), databases_in(new)
    values: dict[str, str | Iterable[str]] = {
        "role": change.target.rpartition("/")[2] or ROLE_NAME,
        "added": only_in(after, before),
        "removed": only_in(before, after),
        "names": only_in(others_trusted(old), others_trusted(new)),
    }
    if values["names"]:
        template = tr(
            "Change the trust policy of the role {role}, so that {names} can no longer use it"
        )
    elif refuses_ubiquity(new) != refuses_ubiquity(old):
        refuses = refuses_ubiquity(new)
        template = _refusing(values) if refuses else _no_longer_refusing(values)
    else:
        more = _lasting(new) > _lasting(old)
        template = _trust_template(values, before, more=more)
    return filled(template, **values)


def _lasting(document: object) -> int:
    """Return how many statements there are, but for those about nobody who still exists."""
    return len(living(statements_in(document)))


def _refusing(values: Mapping[str, object]) -> str:
    if values["removed"]:
        return tr(
            "Refuse UbiQuity in the trust policy of the role {role}: the External ID {removed} no "
            "longer lets it in"
        )
    return tr("Refuse UbiQuity in the trust policy of the role {role}")


def _no_longer_refusing(values: Mapping[str, object]) -> str:
    if values["added"]:
        return tr(
            "Take the statement that refuses UbiQuity out of the trust policy of the role {role}, "
            "and let it in with the External ID {added}"
        )
    return tr("Take the statement that refuses UbiQuity out of the trust policy of the role {role}")


def _trust_template(values: Mapping[str, object], before: tuple[str, ...], *, more: bool) -> str:
    if values["added"] and values["removed"]:
        return tr(
            "Replace the External ID {removed} with {added} in the trust policy of the role {role}"
        )
    if values["removed"]:
        return tr("Take the External ID {removed} out of the trust policy of the role {role}")
    if values["added"] and more:
        return tr(
            "Add a statement to the trust policy of the role {role} that lets UbiQuity in with the "
            "External ID {added}"
        )
    if values["added"] and before:
        return tr(
            "Add the External ID {added} beside the others in the trust policy of the role {role}"
        )
    if values["added"]:
        return tr("Put the External ID {added} into the trust policy of the role {role}")
    return tr("Change the trust policy of the role {role}")
