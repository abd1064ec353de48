"""Time as every fact and update carries it: whole microseconds since the Unix epoch, UTC."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

MICROSECONDS_PER_SECOND = 1_000_000
MILLISECOND = 1_000
SECOND = MICROSECONDS_PER_SECOND
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 253_402_300_799_999_999  # 9999-12-31T23:59:59.999999Z, the last time RFC 3339 can write

_MINUTES = tuple(f"T{minute // 60:02}:{minute % 60:02}:" for minute in range(DAY // MINUTE))
_SECONDS = tuple(f"{second:02}" for second in range(60))
_MILLISECONDS = tuple(f"{millisecond:03}" for millisecond in range(1000))

DISCORD_EPOCH_MS = 1_420_070_400_000


def to_rfc3339(micros: int) -> str:
    """Write a time in UTC, with milliseconds when it has any.

    >>> to_rfc3339(1_700_000_000_250_000)
    '2023-11-14T22:13:20.250Z'
    """
    day, rest = divmod(micros, DAY)
    minute, rest = divmod(rest, MINUTE)
    if rest % SECOND:
        rest //= MILLISECOND
        return f"{_date(day)}{_MINUTES[minute]}{_SECONDS[rest // 1000]}.{_MILLISECONDS[rest % 1000]}Z"
    return f"{_date(day)}{_MINUTES[minute]}{_SECONDS[rest // SECOND]}Z"


@lru_cache(maxsize=64)
def _date(day: int) -> str:
    """Write a day, counted from 1970: times are mostly close together."""
    return (EPOCH + timedelta(days=day)).date().isoformat()


def from_rfc3339(text: str) -> int:
    """Read an ISO 8601 time; one without an offset counts as UTC.

    Returns microseconds since the Unix epoch, never negative.
    Raises ValueError when the text is no time or lies before 1970.

    >>> from_rfc3339("2023-11-14T23:13:20.250+01:00")
    1700000000250000
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    micros = (moment - EPOCH) // timedelta(microseconds=1)
    if micros < 0:
        raise ValueError(f"{text!r} lies before 1970")
    return micros


def snowflake_time(snowflake: int) -> int:
    """Give the time at which Discord made an id, in microseconds (Discord documentation, "Snowflakes").

    >>> to_rfc3339(snowflake_time(175928847299117063))
    '2016-04-30T11:18:25.796Z'
    """
    return ((snowflake >> 22) + DISCORD_EPOCH_MS) * 1000
