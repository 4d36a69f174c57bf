"""The program: ``spark-submit etl/main.py`` and the console script ``instructlake`` both come here."""

import argparse
import io
import logging
import sys
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

if __package__ in (None, ""):
    # Submitted as a file: its folder heads the path, where our modules would hide others. Our root belongs there.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from etl import __version__
from etl.errors import InstructlakeError

EXIT_OTHER: Final = 1
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_FORMATS: Final = ("jsonl", "parquet", "mds", "hf")
_FORMS: Final = ("rows", "text", "alpaca", "messages")
# The most that Spark's own limit takes.
_MAX_LIMIT: Final = 2**31 - 1
# Ids and names of files come from outside: an escape sequence in one must not reach the terminal.
_CONTROLS: Final = dict.fromkeys([*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)], " ")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code: 0 done, 2 wrong configuration, 3 worth a retry, 1 anything else."""
    given = list(sys.argv[1:] if argv is None else argv)
    # Without a command the program runs the job: `spark-submit etl/main.py` is a whole command line.
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "run")
    arguments = _parser().parse_args(given)
    for stream in (sys.stdout, sys.stderr):
        # A log in Latin-1 must not end a finished job over a box character.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # py4j logs every call to the JVM, and with a stack trace what it raises as well; nobody debugs a job with that.
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    logging.basicConfig(level=arguments.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger().addFilter(_is_not_of_py4j)
    try:
        return _dispatch(arguments)
    except InstructlakeError as error:
        return _fail(arguments, str(error), error.exit_code)
    except KeyboardInterrupt:
        return _fail(arguments, "interrupted; the same command goes on where this run was", EXIT_OTHER)
    except BrokenPipeError:
        return EXIT_OTHER
    except Exception as error:  # the last line of defence: a sentence for the user, the trace on request
        from etl.failures import explain  # noqa: PLC0415 - Spark is loaded by commands, not by `--help`

        sentence, code = explain(error)
        return _fail(arguments, sentence, code)


def _is_not_of_py4j(record: logging.LogRecord) -> bool:
    # Some of it goes past the logger of its own.
    return "py4j" not in Path(record.pathname).parts


def _fail(arguments: argparse.Namespace, sentence: str, code: int) -> int:
    if arguments.log_level == "DEBUG":
        traceback.print_exc()
    sys.stderr.write(f"instructlake: {sentence.translate(_CONTROLS)}\n")
    return code


def _dispatch(arguments: argparse.Namespace) -> int:
    # Commands are imported when they are chosen: `--help` and a typing error answer without Spark.
    match arguments.command:
        case "run":
            from etl.commands.run import run as command  # noqa: PLC0415
        case "check":
            from etl.commands.check import check as command  # noqa: PLC0415
        case "plan":
            from etl.commands.plan import plan as command  # noqa: PLC0415
        case "estimate":
            from etl.commands.estimate import estimate_cost as command  # noqa: PLC0415
        case "calibrate":
            from etl.commands.calibrate import calibrate as command  # noqa: PLC0415
        case "trace":
            from etl.commands.trace import trace as command  # noqa: PLC0415
        case "export":
            from etl.commands.export import export as command  # noqa: PLC0415
        case "report":
            from etl.commands.report import report as command  # noqa: PLC0415
        case "templates":
            from etl.commands.templates import templates as command  # noqa: PLC0415
        case _:
            from etl.commands.remove import remove as command  # noqa: PLC0415
    return command(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="instructlake",
        description="Raw corpora in, instruction pairs and training mixtures out, as Delta tables.",
        epilog="Without a command: run. Without --config: the configuration that comes with the program.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"instructlake {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _command(commands, "run", "the job, from the sources to the mixture")
    run.add_argument("--run-id", type=_run_id, help="name the run, or go on with the run of that name")
    run.add_argument("--run-date", type=_date, metavar="YYYY-MM-DD", help="the date the run stands for; today")
    run.add_argument("--stages", metavar="A,B", help="stop after the last of these stages; publish nothing before mix")
    run.add_argument("--limit", type=_positive, metavar="N", help="read the first N records of each source only")
    run.add_argument("--dry-run", action="store_true", help="print configuration and plan, write nothing")
    run.add_argument("--no-resume", action="store_true", help="begin anew, whatever is done or half done")

    _command(commands, "check", "find what is wrong with the environment and the configuration before a run")

    plan = _command(commands, "plan", "show what the mixture would be at several ratios, write nothing")
    plan.add_argument("--ratios", metavar="A,B", help="the ratios; the configured one and 0.01, 0.05, 0.10")

    estimate = _command(commands, "estimate", "show what the recipes for models would cost, ask no model")
    estimate.add_argument("--sample", type=_positive, default=1000, metavar="N", help="items a recipe; 1000")
    estimate.add_argument("--tokens-per-second", type=_rate, metavar="N", help="output tokens a worker, for GPU hours")

    calibrate = _command(commands, "calibrate", "show which threshold an encoder needs to match templates")
    calibrate.add_argument(
        "--pairs", required=True, metavar="FILE", help="JSON lines: document, description, compatible (true or false)"
    )
    calibrate.add_argument("--min-precision", type=_rate, default=0.9, metavar="P", help="asked of a threshold; 0.9")

    trace = _command(commands, "trace", "show the way of one document, from raw to mixture")
    trace.add_argument("--doc", required=True, metavar="ID", help="a doc_id or a source_id")

    export = _command(commands, "export", "write a table as files")
    export.add_argument("--table", required=True, metavar="NAME")
    export.add_argument("--format", required=True, choices=_FORMATS)
    export.add_argument("--out", required=True, metavar="PATH", help="a folder that does not exist yet")
    export.add_argument(
        "--form", choices=_FORMS, default="rows", help="what a row is: as in the table, its text alone, or an exchange"
    )
    export.add_argument("--shards", type=_positive, metavar="N", help="so many files; one of every 100,000 rows")
    export.add_argument(
        "--pack", type=_positive, metavar="TOKENS", help="of a mixture, rows together up to so many tokens, none cut"
    )
    export.add_argument("--columns", metavar="A,B", help="these columns only")
    export.add_argument("--where", metavar="SQL", help="rows that satisfy this condition only")

    report = _command(commands, "report", "write the report of a run as one self-contained page")
    report.add_argument("--run-id", type=_run_id, help="the run; the newest finished one")
    report.add_argument("--out", required=True, metavar="FILE.html")

    templates = _command(commands, "templates", "make templates of what people ask, and write them as a file")
    templates.add_argument("--queries", required=True, metavar="FILE", help="JSONL, or .txt with a query a line")
    templates.add_argument("--out", required=True, metavar="FILE.yaml", help="a file for the folder templates.path")
    templates.add_argument("--column", default="instruction", metavar="KEY", help="of JSONL the key of the query")
    templates.add_argument("--language", default="en", metavar="CODE", help="the language of the queries; en")
    templates.add_argument("--license", required=True, metavar="SPDX", help="the licence of the queries")

    remove = _command(commands, "remove", "delete a source or a document and all that was made from it")
    what = remove.add_mutually_exclusive_group(required=True)
    what.add_argument("--source", metavar="NAME")
    what.add_argument("--doc", metavar="ID", help="a doc_id or a source_id")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=does, description=does.capitalize() + ".", allow_abbrev=False)
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="the YAML file; the one that comes with the program"
    )
    parser.add_argument("--env", metavar="NAME", help="overlay env/NAME.yaml, which stands beside the file")
    parser.add_argument(
        "--set", nargs="+", action="extend", default=[], metavar="key=value", help="overlay single values, read as YAML"
    )
    parser.add_argument("--log-level", choices=_LEVELS, default="WARNING", type=str.upper)
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; give it as YYYY-MM-DD") from None


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not text.strip("0"):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    if len(text) > len(str(_MAX_LIMIT)) or int(text) > _MAX_LIMIT:
        raise argparse.ArgumentTypeError(f"give {_MAX_LIMIT} at most")
    return int(text)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < _MAX_LIMIT:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return rate


def _run_id(text: str) -> str:
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    if not 0 < len(text) <= 80 or not set(text) <= allowed:
        raise argparse.ArgumentTypeError(f"{text!r}: a run id has up to 80 letters, digits, - and _")
    return text


def program() -> None:
    """Be the console script: end with the exit code of the command.

    Job runners that call this as a function take any SystemExit for a failure, so success returns.
    """
    if code := main():
        sys.exit(code)


if __name__ == "__main__":
    program()
