"""One Spark session for all tests that need one."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Tests ask the same few hundred queries again and again; Spark remembers the compiled code of a hundred.
os.environ.setdefault("SPARK_SUBMIT_OPTS", "-Dspark.sql.codegen.cache.maxEntries=2000")

# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    """A real session with Delta on this machine; started once, because a start takes seconds."""
    from etl.session import spark_session

    with spark_session("tests") as session:
        yield session
