"""Packaging of instructlake: packages ``etl`` and ``udfs``, with the shipped configuration as ``etl.conf``."""

import os
from pathlib import Path
from typing import Any

from setuptools import find_packages, setup

HERE = Path(__file__).parent
VERSION = next(
    line.split('"')[1]
    for line in (HERE / "etl" / "__init__.py").read_text(encoding="utf-8").splitlines()
    if line.startswith("__version__")
)

# A platform that brings its own Spark, as Databricks does, must not get another one with the wheel.
SPARK = [] if os.environ.get("INSTRUCTLAKE_PLATFORM_SPARK") else ["pyspark>=3.5.8,<4.2", "delta-spark>=3.3.2,<4.5"]


COMPILED = bool(os.environ.get("INSTRUCTLAKE_COMPILED"))


def compiled() -> list[Any]:
    """Return parser and rules as extension modules: the same code at 1.3 times the speed, for this platform only."""
    try:
        from mypyc.build import mypycify  # noqa: PLC0415 - only who compiles needs it
    except ImportError:  # setuptools asks what it needs before it is there
        return []
    sources = sorted(str(path) for package in ("text", "rules") for path in Path("etl", package).rglob("*.py"))
    # What the libraries are called with is checked where they are installed, not where a wheel is built.
    flags = ["--config-file=", "--ignore-missing-imports"]
    extensions: list[Any] = mypycify([*flags, *sources], opt_level="3", multi_file=True)
    return extensions


setup(
    name="instructlake",
    version=VERSION,
    description="Raw corpora in, instruction pairs and training mixtures out, as Delta tables",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    license_files=["LICENSE", "NOTICE"],
    python_requires=">=3.11",
    packages=[*find_packages(include=["etl", "etl.*", "udfs", "udfs.*"]), "etl.conf"],
    package_dir={"etl.conf": "conf"},
    package_data={
        "etl.report": ["*.jinja2"],
        "etl.gates": ["words/*.txt", "words/*.tsv"],
        "etl.knowledge": ["data/*.jsonl", "sources/*.csv"],
        "etl.templates": ["data/*.yaml"],
        "etl.recipes": ["data/*.yaml"],
        "etl.surface": ["data/*.yaml", "data/wordings/*.yaml"],
        "etl.conf": ["*.yaml", "*.json", "*.md", "env/*.yaml", "sample/*"],
    },
    # Never in an editable install: there the compiled modules would hide what is edited.
    setup_requires=["mypy>=1.18", "types-PyYAML"] if COMPILED else [],
    ext_modules=compiled() if COMPILED else [],
    entry_points={"console_scripts": ["instructlake=etl.main:program"]},
    # Exact versions stand in deploy/constraints, one file a lane; here is only what would break.
    install_requires=[
        *SPARK,
        "numpy>=1.26",
        "pandas>=2.2,<3",
        "pyarrow>=17",
        "pydantic>=2.10,<3",
        "PyYAML>=6",
        "selectolax>=1.0,<2",
        "pyromark>=0.10,<0.11",
        "msgspec>=0.19",
        "FastWARC>=2.0,<3",
        "Resiliparse>=2.0,<3",
        "sentencex>=1.0.32,<2",
        "zstandard>=0.23",
        "Jinja2>=3.1.6,<4",
        "rich>=13",
        "google-re2>=1.1.20240702",
        "py3langid>=0.4,<0.5",
        "phonenumberslite>=9,<10",
        "ahocorasick-rs>=1.0,<2",
        "license-expression>=30.4,<31",
    ],
    extras_require={
        "tokenizers": ["tokenizers>=0.20", "sentencepiece>=0.2", "tiktoken>=0.8"],
        "matching": ["faiss-cpu>=1.9,<2"],
        "nlp": ["spark-nlp>=5.5.3,<8"],
        "models": ["sentence-transformers>=6.2,<7", "vllm>=0.20"],
        "dev": [
            "babel",
            "build",
            "cronsim",
            "databricks-sdk",
            "faiss-cpu",
            "hypothesis",
            "import-linter",
            "ipykernel",
            "jsonschema",
            "mypy",
            "nbclient",
            "nbformat",
            "pandas-stubs",
            "pytest",
            "pytest-timeout",
            "rapidfuzz",
            "ruff",
            "sentencepiece",
            "tiktoken",
            "tokenizers",
            "types-PyYAML",
            "types-jsonschema",
        ],
    },
)
