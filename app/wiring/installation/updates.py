"""A look at where newer versions are asked for: a key that can verify nothing would hide them."""

from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.system.update_files import update_source
from app.wiring.installation.part import DamagedError


def look_at_updates() -> str:
    """See that the address and the public key of this build, if it has them, can be used."""
    from app.aws.transport.signatures import is_key

    source = update_source()
    if isinstance(source, InputProblem):
        raise DamagedError(source.text)
    if source is None:
        return tr("this build has no address to ask")
    if not is_key(source.public_key):
        raise DamagedError(tr("The public key can verify nothing."))
    return source.address
