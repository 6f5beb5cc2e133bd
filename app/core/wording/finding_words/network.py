"""The words of findings about this computer and its way to AWS."""

from typing import Final

from app.core.i18n import mark
from app.core.wording.finding_words.lines import CHECK_AGAIN, Wording, lacks

NOT_ABOUT_SETUP: Final = mark("This says nothing about the setup in AWS.")

NETWORK_WORDS: Final[dict[str, Wording]] = {
    "env.offline": Wording(
        title=(mark("AWS cannot be reached from this computer"),),
        detail=(
            mark("Could not connect to {endpoint}."),
            mark("This computer may be offline, or a firewall may be in the way."),
            NOT_ABOUT_SETUP,
        ),
        fix=(
            mark("Check that this computer is online, for example by opening a web page."),
            mark("If your company uses a VPN, connect to it."),
            mark("Ask your IT help desk to allow connections to amazonaws.com on port 443."),
            CHECK_AGAIN,
        ),
    ),
    "env.proxy": Wording(
        title=(mark("The proxy does not let the connection through"),),
        detail=(
            mark("The proxy is {proxy}."),
            mark(
                "It refused the connection to AWS, could not be reached, or answered with a page "
                "of its own, as the sign-in page of a public network does."
            ),
            NOT_ABOUT_SETUP,
        ),
        fix=(
            mark("On a public network, open a web page and sign in to the network first."),
            mark("Check the proxy in this computer’s network settings, or in HTTPS_PROXY."),
            mark("Ask your IT help desk to let this computer reach amazonaws.com on port 443."),
            CHECK_AGAIN,
        ),
    ),
    "env.tls-intercepted": Wording(
        title=(mark("The certificate of the connection to AWS is not trusted"),),
        detail=(
            mark("The certificate that {endpoint} showed is not known to this computer."),
            mark(
                "A company firewall or security program probably inspects the connection and "
                "signs it with a certificate of its own."
            ),
        ),
        fix=(
            mark(
                "Ask your IT help desk to install the company’s root certificate in this "
                "computer’s certificate store, which this program uses."
            ),
            mark(
                "Or save the root certificate as a .pem file, and set the environment variable "
                "AWS_CA_BUNDLE to its path before starting this program."
            ),
            mark(
                "Do not switch certificate checking off: anyone on the way could then read what "
                "is sent."
            ),
            CHECK_AGAIN,
        ),
    ),
    "env.clock-skew": Wording(
        title=(mark("This computer’s clock is wrong"),),
        detail=(
            mark("AWS refuses requests from a computer whose clock is too far off."),
            mark("The clock is off by {duration}."),
        ),
        fix=(
            mark("Open the date and time settings of this computer."),
            mark("Switch on setting the time automatically, and check the time zone."),
            CHECK_AGAIN,
        ),
    ),
    "env.timeout": Wording(
        title=(mark("AWS did not answer in time"),),
        detail=(
            mark("There was no answer from {endpoint}."),
            mark("The network may be slow, or a firewall may block the requests."),
            NOT_ABOUT_SETUP,
        ),
        fix=(
            mark("Wait a minute and check again."),
            mark("If it happens again, try another network, or ask your IT help desk."),
        ),
    ),
    "env.throttled": Wording(
        title=(mark("AWS asks to slow down"),),
        detail=(
            mark("AWS refused {action} because too many requests were made in a short time."),
            lacks(
                "action",
                mark("AWS refused because too many requests were made in a short time."),
            ),
            mark("Requests of other programs in the same account are counted too."),
        ),
        fix=(mark("Wait a few minutes, then check again."),),
    ),
    "env.aws-fault": Wording(
        title=(mark("AWS reports an error on its side"),),
        detail=(
            mark("AWS answered {action} with an error on its side."),
            lacks("action", mark("AWS answered with an error on its side.")),
            NOT_ABOUT_SETUP,
        ),
        fix=(
            mark("Wait a few minutes, then check again."),
            mark("If it goes on, look at health.aws.amazon.com for news about your region."),
        ),
    ),
}
