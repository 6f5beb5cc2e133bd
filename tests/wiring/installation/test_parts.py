"""Each look at the installation: it is content, names what is broken, and is content again."""

import json
import shutil
import ssl
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import botocore
import pytest
from awscrt.crypto import EC
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app.aws import installed, tls_proof
from app.aws.console_sign_in.dpop import ProofKey
from app.aws.counting import own_program
from app.aws.counting.page_reader import read_page
from app.aws.transport import trust
from app.core.component import Component
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.failure import AwsFailure
from app.core.formats.components_json import dump_components
from app.core.formats.update_json import dump_source
from app.core.frozen import replace
from app.exports.by_format import EXPORTS
from app.system import components, keyring_backend, update_files
from app.system.translations import DOMAIN
from app.wiring.installation import aws, documents, looks, round_trip, translations
from app.wiring.installation.counting import look_at_counting
from app.wiring.installation.licences import look_at_licences
from app.wiring.installation.part import CheckedPart, DamagedError, looked_at
from app.wiring.installation.updates import look_at_updates
from app.wiring.practice_accounts import PracticeAccounts
from tests.helpers.newer_version import Maker

Patch = pytest.MonkeyPatch


def broken(look: Callable[[], str]) -> str:
    """Return what is said of a part that has to be found broken."""
    part = looked_at("part", look)
    assert not part.works
    return part.detail


def whole(look: Callable[[], str]) -> str:
    part = looked_at("part", look)
    assert part.works, part.detail
    return part.detail


def test_whatever_a_look_raises_is_its_finding() -> None:
    def fails() -> str:
        raise RuntimeError("out of\norder")

    def is_damaged() -> str:
        raise DamagedError("A sentence.")

    assert looked_at("a", fails) == CheckedPart(
        "a", works=False, detail="RuntimeError: out of order"
    )
    assert looked_at("b", is_damaged) == CheckedPart("b", works=False, detail="A sentence.")
    assert looked_at("c", lambda: "found") == CheckedPart("c", works=True, detail="found")


def test_a_keyring_that_fails_is_named_and_none_at_all_is_fine(monkeypatch: Patch) -> None:
    def fails() -> object:
        raise RuntimeError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr(looks, "keyring_backend", fails)
        assert broken(looks.look_at_keyring) == "RuntimeError: out of order"
    with monkeypatch.context() as patch:
        patch.setitem(keyring_backend._NEEDED, sys.platform, ("keyring", "no.such.module"))
        assert "is missing: no.such.module." in broken(looks.look_at_keyring)
    whole(looks.look_at_keyring)


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: Patch) -> Path:
    folder = tmp_path / "translations"
    for language in ("ar", "de"):
        _compile(folder, language, "one", "two")
    listed: dict[str, object] = {tag: {"name": tag, "read_by": []} for tag in ("ar", "de")}
    (folder / "languages.json").write_text(json.dumps(listed), encoding="utf-8")
    monkeypatch.setattr(translations, "translations_folder", lambda: folder)
    return folder


def _compile(folder: Path, language: str, *messages: str, head: bool = True) -> Path:
    catalogue = Catalog(locale=language)
    for message in messages:
        catalogue.add(message, f"{language} {message}")
    content = BytesIO()
    write_mo(content, catalogue)
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = content.getvalue()
    path.write_bytes(written if head else written.replace(b"plural=", b"nothing"))
    return path


def test_every_catalogue_has_to_be_whole(catalogues: Path) -> None:
    look = translations.look_at_translations
    assert whole(look) == "en, ar, de; messages in each: 2"
    german = catalogues / "de" / "LC_MESSAGES" / f"{DOMAIN}.mo"
    kept = german.read_bytes()
    german.write_bytes(kept[:50])
    assert "“de” is damaged" in broken(look)
    german.unlink()
    assert "“de” is missing" in broken(look)
    _compile(catalogues, "de", "one", "two", head=False)
    assert "“de” is damaged" in broken(look)
    _compile(catalogues, "de", "one")
    assert broken(look) == "Messages are missing: de (1). Each language should have 2."
    german.write_bytes(kept)
    whole(look)
    (catalogues / f"{DOMAIN}.pot").write_text('msgid ""\nmsgid "1"\nmsgid "2"\nmsgid "3"\n')
    assert broken(look) == ("Messages are missing: ar (2), de (2). Each language should have 3.")
    shutil.rmtree(catalogues / "ar")
    assert broken(look) == "The catalogue of “ar” is missing."
    (catalogues / "languages.json").unlink()
    assert broken(look) == "The list of languages is missing."


@pytest.fixture
def data(tmp_path: Path, monkeypatch: Patch) -> Path:
    """Return a folder with links to botocore's data, which is what botocore reads."""
    real = Path(botocore.__file__).parent / "data"
    folder = tmp_path / "data"
    folder.mkdir()
    for entry in real.iterdir():
        if entry.is_file() or entry.name in (*installed._CALLS, "signin"):
            (folder / entry.name).symlink_to(entry)
    monkeypatch.setattr("botocore.loaders.Loader.BUILTIN_DATA_PATH", str(folder))
    return folder


def test_a_service_without_its_data_is_named(data: Path) -> None:
    link, service = data / "kms", "kms"
    real = link.readlink()
    link.unlink()
    assert f"Unknown service: '{service}'" in broken(aws.look_at_aws_data)
    link.symlink_to(real)
    assert service in whole(aws.look_at_aws_data)


def test_what_a_service_is_read_page_by_page_with_is_looked_for(data: Path) -> None:
    real = (data / "iam").readlink()
    (data / "iam").unlink()
    shutil.copytree(real, data / "iam")
    whole(aws.look_at_aws_data)
    for pages in (data / "iam").glob("*/paginators-1.json*"):
        pages.unlink()
    assert "list_attached_role_policies" in broken(aws.look_at_aws_data)


def test_regions_have_to_be_known(monkeypatch: Patch) -> None:
    monkeypatch.setattr("app.aws.regions.region_names", dict)
    assert broken(aws.look_at_aws_data) == "No region is known."


def _look_away(_session: object, connections: trust._Connections, *_: object) -> None:
    connections.cert_reqs = "CERT_NONE"


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_certificates_are_really_looked_at(monkeypatch: Patch) -> None:
    assert "a wrong certificate is refused" in whole(aws.look_at_tls)
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.load_default_certs()
    blind.check_hostname = False
    blind.verify_mode = ssl.CERT_NONE
    with monkeypatch.context() as patch:
        patch.setattr(trust, "system_context", lambda: blind)
        patch.setattr(trust._ReadySession, "_setup_ssl_cert", _look_away)
        assert broken(aws.look_at_tls) == "A certificate that nobody vouches for is accepted."
    with monkeypatch.context() as patch:
        patch.setattr(trust, "_bundle_context", lambda _bundle: trust.system_context())
        assert "AWS_CA_BUNDLE vouches for is refused" in broken(aws.look_at_tls)
    with monkeypatch.context() as patch:
        patch.setattr(tls_proof, "system_context", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        patch.setattr(tls_proof, "_in_folder", lambda: 0)
        assert broken(aws.look_at_tls) == "This computer has no trusted certificates."
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "cryptography", None)
        assert "not tried" in whole(aws.look_at_tls)


def test_a_library_that_does_its_work_wrongly_is_named(monkeypatch: Patch) -> None:
    class Trusting:
        def sign(self, _digest: bytes) -> bytes:
            return b"signature"

        def verify(self, *_: object) -> bool:
            return True

    with monkeypatch.context() as patch:
        patch.setattr(EC, "new_generate", lambda _type: Trusting())
        patch.setattr(ProofKey, "__init__", lambda _self: None)
        patch.setattr(ProofKey, "proof", lambda _self, _address: "")
        assert broken(aws.look_at_crt) == "ValueError: awscrt verifies wrongly"
    with monkeypatch.context() as patch:
        page = read_page(installed._PAGE.replace(b"folder/", b"folder"))
        patch.setattr(installed, "read_page", lambda _body: page)
        assert broken(aws.look_at_lxml) == "ValueError: lxml reads wrongly"
    assert whole(aws.look_at_crt).startswith("awscrt ")
    assert whole(aws.look_at_lxml).startswith("lxml ")


def test_policies_that_let_others_in_are_found(monkeypatch: Patch) -> None:
    whole(documents.look_at_policies)
    for name, wrong in (
        ("trust_policy", trust_policy(documents._ANOTHER)),
        ("permissions_policy", permissions_policy(documents.EXAMPLE.buckets[:1])),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(documents, name, lambda _of, wrong=wrong: wrong)
            assert broken(documents.look_at_policies) == (
                "The policies are not evaluated as AWS does."
            )


def test_an_export_that_makes_nothing_is_named(monkeypatch: Patch) -> None:
    assert "files: 21" in whole(documents.look_at_exports)
    monkeypatch.setattr(documents, "EXPORTS", {**EXPORTS, "html": lambda _draft: ()})
    assert broken(documents.look_at_exports) == "The export “html” is empty."


def test_a_practice_aws_that_refuses_is_told_with_its_reason(monkeypatch: Patch) -> None:
    async def refused(_accounts: PracticeAccounts, _way: object) -> AwsFailure:
        return AwsFailure("sts:GetCallerIdentity", "InvalidClientTokenId", "Who is that?")

    monkeypatch.setattr(PracticeAccounts, "sign_in", refused)
    assert broken(round_trip.look_at_practice) == (
        "sts:GetCallerIdentity: InvalidClientTokenId Who is that?"
    )
    # The way to a whole round trip is tests/commands/test_self_check.py.
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert "an extra" in whole(round_trip.look_at_practice)


def test_a_build_without_the_licence_of_a_part_is_found(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(components, "resources_folder", lambda: tmp_path)
    assert broken(look_at_licences)
    folder = tmp_path / "licences"
    folder.mkdir()
    (folder / "zlib.txt").write_text("Do what you like, and say so.", encoding="utf-8")
    parts = [Component("zlib", "1.3", "Zlib", ("zlib.txt",)), Component("a", "", "MIT", ("a.txt",))]
    file = folder / components.LIST
    file.write_text(dump_components(parts), encoding="utf-8")
    assert broken(look_at_licences) == "The licences of these parts are missing: a."
    file.write_text(dump_components([Component("zlib", "1.3", "Zlib")]), encoding="utf-8")
    assert "components[0].files" in broken(look_at_licences)
    file.write_text(dump_components(parts[:1]), encoding="utf-8")
    assert whole(look_at_licences) == "parts, each with its licence: 1"


def test_a_build_that_could_verify_no_newer_version_is_found(
    monkeypatch: Patch, tmp_path: Path
) -> None:
    assert whole(look_at_updates) == "this build has no address to ask"
    monkeypatch.setattr(update_files, "resources_folder", lambda: tmp_path)
    file, maker = tmp_path / update_files.SOURCE, Maker()
    file.write_text(dump_source(maker.source), encoding="utf-8")
    assert whole(look_at_updates) == maker.source.address
    file.write_text(dump_source(replace(maker.source, public_key=b"no key")), encoding="utf-8")
    assert "key" in broken(look_at_updates)
    file.write_text(dump_source(maker.source)[:-9], encoding="utf-8")
    assert "not JSON" in broken(look_at_updates)


def test_a_program_that_does_not_count_is_found(monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(own_program, "console_command", lambda *_: [sys.executable, "-I", "-c", ""])
        assert "does not answer" in broken(look_at_counting)
    whole(look_at_counting)
