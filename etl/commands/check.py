"""``check``: find what is wrong before a run does. One sentence a finding; exit code 2 where there is any."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import yaml
from pyspark.sql import SparkSession

from etl.config.load import Loaded, load_config
from etl.errors import ConfigError, InstructlakeError
from etl.inputs import list_inputs
from etl.preflight import Platform, findings
from etl.readers.read import read_unit
from etl.readers.record import Failure
from etl.session import jvm_versions, package_versions, python_version, spark_session, worker_versions
from etl.storage import remove_folder, write_text
from etl.surface.load import load_catalog
from etl.tables import Tables

_PROBE = "_staging/check/probe.txt"


def check(arguments: Namespace) -> int:
    """Print what was found and return 0 where nothing is wrong, 2 otherwise."""
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    said = list(_check(loaded))
    for sentence in said:
        sys.stdout.write(f"wrong: {sentence}\n")
    if said:
        return ConfigError.exit_code
    sys.stdout.write("ok: platform, configuration, inputs and outputs fit together\n")
    return 0


def _check(loaded: Loaded) -> Iterator[str]:
    platform = Platform(packages=package_versions(), python=python_version())
    with ExitStack() as stack:
        try:
            spark = stack.enter_context(spark_session())
        except InstructlakeError as error:
            yield from findings(platform)
            yield str(error)
            return
        except Exception as error:  # a session that does not start is a finding, whatever it died of
            yield from findings(platform)
            yield f"no Spark session could be started: {str(error).splitlines()[0]}"
            return
        yield from findings(
            Platform(
                packages=platform.packages,
                python=platform.python,
                worker=worker_versions(spark),
                **jvm_versions(spark),
            )
        )
        yield from _wordings(loaded)
        yield from _inputs(spark, loaded)
        yield from _outputs(spark, loaded)


def _wordings(loaded: Loaded) -> Iterator[str]:
    try:
        load_catalog(loaded.config.mixture.surface.wordings)
    except ConfigError as error:
        yield from str(error).splitlines()


def _inputs(spark: SparkSession, loaded: Loaded) -> Iterator[str]:
    config = loaded.config.input
    try:
        inputs = list_inputs(spark, config)
    except InstructlakeError as error:
        yield str(error)
        return
    for number, source in enumerate(config.sources):
        units = [unit for at, unit in inputs.files if at == number]
        if not units:
            continue
        # The first record of one file: a wrong column name shows at once, a broken file among many does not matter.
        for record in islice(read_unit(units[0], source, config.max_chars), 1):
            if isinstance(record, Failure):
                yield f"input source {source.name!r}: {units[0].path}: {record.reason}: {record.detail}"


def _outputs(spark: SparkSession, loaded: Loaded) -> Iterator[str]:
    tables = Tables(spark, loaded.config.output)
    place = tables.beside(_PROBE)
    try:
        if place is None:
            spark.sql(f"DESCRIBE SCHEMA {tables.schema_identifier()}").collect()
        else:
            write_text(place, yaml.safe_dump({"written": "by check"}))
            remove_folder(place.rsplit("/", 1)[0])
    except Exception as error:  # stores and catalogs refuse with errors of their own
        yield f"output: {tables.place('<table>')} cannot be written: {str(error).splitlines()[0]}"
