"""From the code of a sign-in to its session, kept in the AWS CLI's cache."""

from datetime import timedelta
from typing import Any

from botocore.exceptions import LoginTokenLoadError

from app.aws.console_sign_in.clients import SIGN_IN_REGION, ServiceAnswer, SignInClient
from app.aws.console_sign_in.dpop import ProofKey
from app.aws.console_sign_in.login_cache import LoginCache, subject_of
from app.aws.in_browser.pkce import SignInSecrets
from app.core.sign_in import ConsoleSession, console_session
from app.flow.clocks import Clock


def exchanged(
    client: SignInClient,
    cache: LoginCache,
    clock: Clock,
    secrets: SignInSecrets,
    code: str,
    client_id: str,
    redirect: str,
) -> ConsoleSession:
    """Exchange ``code``, keep what comes for it, and return whose session it is.

    ``redirect`` is where the browser was sent back to, to the letter. Blocks, and raises what
    botocore raises, and OSError where nothing can be kept.
    """
    key = ProofKey()

    def prove(params: dict[str, Any], **_: object) -> None:
        params["headers"]["DPoP"] = key.proof(params["url"])

    client.meta.events.register("before-call.signin.CreateOAuth2Token", prove)
    answer = client.create_oauth2_token(
        tokenInput={
            "clientId": client_id,
            "grantType": "authorization_code",
            "code": code,
            "codeVerifier": secrets.verifier,
            "redirectUri": redirect,
        }
    )["tokenOutput"]
    session = console_session(subject_of(str(answer.get("idToken"))) or "")
    if session is None:
        raise LoginTokenLoadError(error_msg="AWS did not say who signed in")
    cache.keep(session, _written(answer, session, client_id, key, clock))
    return session


def _written(
    answer: ServiceAnswer, session: ConsoleSession, client_id: str, key: ProofKey, clock: Clock
) -> dict[str, object]:
    keys = answer["accessToken"]
    ends = clock() + timedelta(seconds=answer["expiresIn"])
    return {
        "accessToken": {
            "accessKeyId": keys["accessKeyId"],
            "secretAccessKey": keys["secretAccessKey"],
            "sessionToken": keys["sessionToken"],
            "accountId": session.account_id,
            "expiresAt": ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        "tokenType": answer["tokenType"],
        "clientId": client_id,
        "refreshToken": answer["refreshToken"],
        "idToken": answer["idToken"],
        "dpopKey": key.pem,
        # A session can be renewed only where it began (aws-cli issue 10613).
        "signInRegion": SIGN_IN_REGION,
    }
