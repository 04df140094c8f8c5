"""When pages were saved: what turns times such as "Yesterday" or "22 hrs" into dates."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ..errors import OptionError


def moment(saved: str | None, *, zone: str | None) -> datetime | None:
    """Return `saved` (ISO 8601) as a clock in `zone` would show it; None where it is not told.

    Raises
    ------
    OptionError
        If it is no date or time.
    """
    if saved is None:
        return None
    try:
        found = datetime.fromisoformat(saved)
    except (TypeError, ValueError):
        raise OptionError(
            f"saved={saved!r} is no date or time. Mend: a day such as '2024-05-31', or '2024-05-31T14:00'."
        ) from None
    return found.astimezone(ZoneInfo(zone) if zone else UTC).replace(tzinfo=None) if found.tzinfo else found
