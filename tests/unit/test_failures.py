"""What a failure nobody planned for is told as, and whether it is worth a retry."""

import errno

import delta.exceptions
import pytest
from pyspark.errors import PySparkException

from etl.errors import ConfigError, InstructlakeError, TransientError
from etl.failures import explain

TRACE = " (--log-level DEBUG shows the trace)"
RETRY = " (this may pass: the same command tries again and goes on)"


def test_an_error_is_told_by_its_name_and_message_and_ends_with_1() -> None:
    assert explain(ValueError("no such column")) == (f"ValueError: no such column{TRACE}", 1)
    assert InstructlakeError.exit_code == 1


def test_a_stack_trace_of_java_is_left_out_and_its_causes_stay() -> None:
    said = "Job aborted\n\tat org.apache.Foo.bar(Foo.scala:12)\n\n  Caused by: it broke\n\t\tat java.base/X.y(X.java)\n"
    assert explain(RuntimeError(said)) == (f"RuntimeError: Job aborted Caused by: it broke{TRACE}", 1)


def test_a_line_that_only_begins_with_the_same_letters_stays() -> None:
    assert explain(RuntimeError("first\nattempt 2"))[0] == f"RuntimeError: first attempt 2{TRACE}"


def test_a_long_message_is_cut() -> None:
    sentence, _ = explain(RuntimeError("x" * 1_000_000))
    assert sentence == "RuntimeError: " + "x" * (600 - len("RuntimeError: ")) + TRACE


@pytest.mark.parametrize(
    "said",
    [
        "Files were added to the root of the table: io.delta.exceptions.ConcurrentAppendException",
        "Job aborted due to stage failure: ExecutorLostFailure (executor 3 exited)",
        "java.io.IOException: No space left on device",
        "java.net.ConnectException: Connection refused",
        "Connection reset by peer",
        "Caused by: java.net.SocketTimeoutException: Read timed out",
        "BindException: Address already in use",
    ],
)
def test_what_says_that_something_outside_failed_is_worth_a_retry(said: str) -> None:
    assert explain(RuntimeError(said)) == (f"RuntimeError: {said}{RETRY}", TransientError.exit_code)


def test_it_is_worth_a_retry_also_where_only_the_cut_off_rest_says_so() -> None:
    _, code = explain(RuntimeError("x" * 10_000 + "\n\tat ExecutorLostFailure"))
    assert code == TransientError.exit_code == 3


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT, errno.EAGAIN])
def test_errors_of_the_system_that_may_pass_are_worth_a_retry_in_any_language(number: int) -> None:
    sentence, code = explain(OSError(number, "Kein Platz"))
    assert (sentence.endswith(RETRY), code) == (True, TransientError.exit_code)


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.EROFS])
def test_errors_of_the_system_that_stay_are_not(number: int) -> None:
    sentence, code = explain(OSError(number, "Not now"))
    assert (sentence.endswith(TRACE), code) == (True, InstructlakeError.exit_code)


CONFLICTS = sorted(
    name
    for name, each in vars(delta.exceptions).items()
    if isinstance(each, type) and each.__module__.startswith("delta.") and issubclass(each, PySparkException)
)


@pytest.mark.parametrize("name", CONFLICTS)
def test_every_conflict_of_two_writers_that_delta_knows_is_worth_a_retry(name: str) -> None:
    # Of the same name only: the real ones are made of an error of Java.
    _, code = explain(type(name, (Exception,), {})("two writers"))
    assert code == TransientError.exit_code


def test_delta_knows_conflicts() -> None:
    assert "ConcurrentAppendException" in CONFLICTS


def test_an_output_that_cannot_be_made_is_a_wrong_configuration() -> None:
    said = (
        "An error occurred\n[DELTA_CANNOT_CREATE_LOG_PATH] Cannot create file:/dev/null/lake/runs/_delta_log.\n\tat X"
    )
    sentence, code = explain(RuntimeError(said))
    assert sentence == "output: file:/dev/null/lake/runs cannot be made; give a place that this user may write to"
    assert code == ConfigError.exit_code == 2


def test_an_error_that_cannot_tell_its_message_is_told_by_its_name() -> None:
    class GatewayGoneError(Exception):
        """Like an error of Java whose message is asked for when Java is gone."""

        def __str__(self) -> str:
            raise ConnectionError("the gateway is closed")

    assert explain(GatewayGoneError()) == (f"GatewayGoneError: its message is lost{TRACE}", 1)
