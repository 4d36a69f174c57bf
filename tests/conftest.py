"""One Spark session for all tests that need one."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    """A real session with Delta on this machine; started once, because a start takes seconds."""
    from etl.session import spark_session

    with spark_session("tests") as session:
        yield session
