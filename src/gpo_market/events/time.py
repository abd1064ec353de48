"""Time as every fact and update carries it: whole microseconds since the Unix epoch, UTC."""

from datetime import UTC, datetime, timedelta

MICROSECONDS_PER_SECOND = 1_000_000
SECOND = MICROSECONDS_PER_SECOND
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 253_402_300_799_999_999  # 9999-12-31T23:59:59.999999Z, the last time RFC 3339 can write

DISCORD_EPOCH_MS = 1_420_070_400_000


def to_rfc3339(micros: int) -> str:
    """Write a time in UTC, with milliseconds when it has any.

    >>> to_rfc3339(1_700_000_000_250_000)
    '2023-11-14T22:13:20.250Z'
    """
    moment = EPOCH + timedelta(microseconds=micros)
    spec = "milliseconds" if micros % SECOND else "seconds"
    return moment.replace(tzinfo=None).isoformat(timespec=spec) + "Z"


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
