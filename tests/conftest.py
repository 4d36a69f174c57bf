"""One Spark session for all tests that need one."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    """A real session with Delta on this machine; started once, because a start takes seconds."""
    from etl.session import spark_session

    with spark_session("tests") as session:
        yield session
