"""What is said where the answers do not come from AWS, before a change and on its receipt."""

from app.core.i18n import tr


def other_endpoint_sentence(endpoint: str) -> str:
    """Return the sentence that names the address ``endpoint`` and what it means."""
    return tr(
        "This is not AWS: the answers come from {endpoint}. What is changed "
        "there is not changed in AWS. AWS_ENDPOINT_URL, or endpoint_url in the "
        "AWS config file, leads there."
    ).format(endpoint=endpoint)
