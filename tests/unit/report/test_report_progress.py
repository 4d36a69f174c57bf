import io
import threading
import time
from datetime import datetime

import pytest

from etl.report.progress import Progress


class Clock:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def clock():
    return Clock()


def quick(stream, **options):
    return Progress(stream, now=lambda: datetime(2025, 1, 1, 12, 0, 3), interval=0.001, **options)


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def pollers():
    return [thread for thread in threading.enumerate() if thread.name.startswith("progress ")]


def test_a_log_gets_plain_lines_with_estimate_and_counts(clock):
    stream = io.StringIO()
    with quick(stream, clock=clock).stage("extract") as stage:
        clock.seconds = 12.0
        stage.update(8, 20)
        clock.seconds = 30.26
        stage.finish(rows_in=12_345, rows_out=12_000, rejected=300, not_drawn=45)
    assert stream.getvalue().splitlines() == [
        "12:00:03 extract …",
        "12:00:03 extract … 40% (8/20 tasks), about 18 s left",
        "12:00:03 extract done in 30.3 s: 12,345 in, 12,000 out, 300 rejected, 45 not drawn",
    ]


@pytest.mark.parametrize(
    ("moments", "written"),
    [
        # Never within ten seconds of the line before.
        ([(9.9, 19)], []),
        ([(10.0, 1), (19.9, 10), (20.0, 10)], ["1%", "10%"]),
        # Later after a quarter of the time so far,
        ([(100.0, 10), (132.0, 11), (134.0, 12)], ["10%", "12%"]),
        # or when a quarter more is done,
        ([(100.0, 10), (112.0, 36)], ["10%", "36%"]),
        # or after a minute.
        ([(1000.0, 10), (1059.0, 11), (1061.0, 11)], ["10%", "11%"]),
    ],
)
def test_lines_of_a_log_are_few(clock, moments, written):
    stream = io.StringIO()
    with quick(stream, clock=clock).stage("extract") as stage:
        for clock.seconds, done in moments:
            stage.update(done, 100)
    assert [line.split()[3] for line in stream.getvalue().splitlines()[1:-1]] == written


@pytest.mark.parametrize(("done", "total"), [(0, 0), (5, 0)])
def test_where_the_total_is_not_known_there_is_no_estimate(clock, done, total):
    stream = io.StringIO()
    with quick(stream, clock=clock).stage("parse") as stage:
        clock.seconds = 10.0
        stage.update(done, total)
    assert stream.getvalue().splitlines()[1] == "12:00:03 parse … no estimate"


def test_more_done_than_in_all_is_all(clock):
    stream = io.StringIO()
    with quick(stream, clock=clock).stage("parse") as stage:
        clock.seconds = 10.0
        stage.update(25, 20)
    assert "100% (20/20 tasks), about 0 s left" in stream.getvalue()


def test_the_poll_is_sampled_while_the_stage_goes_on(clock):
    stream = io.StringIO()
    with quick(stream, clock=clock).stage("extract", poll=lambda: (8, 20)):
        clock.seconds = 12.0
        wait_until(lambda: "40% (8/20 tasks)" in stream.getvalue())
    assert pollers() == []


def test_a_poll_that_fails_gives_no_estimate_and_is_asked_again(clock):
    stream = io.StringIO()
    answers = iter([RuntimeError("the cluster is starting"), (1, 2)])

    def poll():
        clock.seconds += 20
        answer = next(answers, (1, 2))
        if isinstance(answer, Exception):
            raise answer
        return answer

    with quick(stream, clock=clock).stage("extract", poll=poll):
        wait_until(lambda: "50%" in stream.getvalue())
    assert stream.getvalue().splitlines()[1] == "12:00:03 extract … no estimate"


@pytest.mark.parametrize(
    ("error", "closing"),
    [
        (KeyboardInterrupt, "extract interrupted after 4.0 s"),
        (ValueError, "extract failed after 4.0 s"),
        (SystemExit, "extract failed after 4.0 s"),
    ],
)
def test_the_thread_ends_with_the_stage_however_that_ends(clock, error, closing):
    stream = io.StringIO()
    with pytest.raises(error), quick(stream, clock=clock).stage("extract", poll=lambda: (1, 2)):
        assert len(pollers()) == 1
        clock.seconds = 4.0
        raise error
    assert stream.getvalue().splitlines()[-1] == f"12:00:03 {closing}"
    assert pollers() == []


def test_a_poll_that_hangs_keeps_no_stage_from_ending_and_shows_nothing_afterwards(clock, monkeypatch):
    monkeypatch.setattr("etl.report.progress._JOIN_SECONDS", 0.01)
    stream, asked, answer = io.StringIO(), threading.Event(), threading.Event()

    def poll():
        asked.set()
        answer.wait(10)
        return 1, 2

    with quick(stream, clock=clock).stage("extract", poll=poll):
        assert asked.wait(10)
    clock.seconds = 100.0
    answer.set()
    wait_until(lambda: not pollers())
    assert stream.getvalue().splitlines() == ["12:00:03 extract …", "12:00:03 extract done in 0.0 s"]


def test_quiet_writes_nothing_and_polls_nothing(clock):
    stream = Terminal()
    with quick(stream, clock=clock, quiet=True).stage("extract", poll=lambda: (1, 2)) as stage:
        assert pollers() == []
        stage.update(1, 2)
        stage.finish(rows_in=1, rows_out=1, rejected=0)
    assert stream.getvalue() == ""


def test_a_stream_that_was_closed_does_not_end_the_job(clock):
    stream = io.StringIO()
    with quick(stream, clock=clock).stage("extract") as stage:
        stream.close()
        clock.seconds = 20.0
        stage.update(1, 2)
        stage.finish(rows_in=1, rows_out=1, rejected=0)


def test_a_terminal_gets_a_live_bar_and_then_the_closing_line(clock, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    stream = Terminal()
    with quick(stream, clock=clock).stage("extract", poll=None) as stage:
        clock.seconds = 4.0
        stage.update(8, 20)
        wait_until(lambda: "8/20 tasks, 2.0/s, about 6 s left" in stream.getvalue())
        stage.update(0, 0)
        wait_until(lambda: "no estimate" in stream.getvalue())
        stage.finish(rows_in=10, rows_out=7, rejected=3)
    assert stream.getvalue().splitlines()[-1].endswith("extract done in 4.0 s: 10 in, 7 out, 3 rejected")


def test_stages_follow_one_another(clock):
    stream = io.StringIO()
    progress = quick(stream, clock=clock)
    for name in ("ingest", "parse"):
        with progress.stage(name):
            clock.seconds += 1
    assert [line.split(maxsplit=1)[1] for line in stream.getvalue().splitlines()] == [
        "ingest …",
        "ingest done in 1.0 s",
        "parse …",
        "parse done in 1.0 s",
    ]
