"""How long it took to read what each link of the chain stands on."""

from collections.abc import Iterable, Mapping

from app.core.diagnosis.codes.catalogue import ChainLink
from app.flow.ports.aws import CallTime


class ReadingTimes:
    """Takes the calls of one reading, many of which run side by side, as they end."""

    def __init__(self) -> None:
        self._calls: list[CallTime] = []

    def take(self, call: CallTime) -> None:
        """Take a call that has ended."""
        self._calls.append(call)

    @property
    def seconds(self) -> Mapping[ChainLink, float]:
        """The seconds in which at least one call of a link was under way; only links with calls."""
        links = {link for call in self._calls for link in call.links}
        return {
            link: _under_way((c.begun, c.ended) for c in self._calls if link in c.links)
            for link in sorted(links)
        }


def _under_way(times: Iterable[tuple[float, float]]) -> float:
    """Return how long at least one of ``times`` (begin and end) lasts; none is counted twice."""
    total, until = 0.0, float("-inf")
    for begun, ended in sorted(times):
        total += max(0.0, ended - max(begun, until))
        until = max(until, ended)
    return total
