"""Paths: relative to where they were written; URIs and wildcards stay."""

from pathlib import Path

import pytest

from etl.config.paths import resolve

HOME = "/home/me"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("x/*.jsonl.gz", "/job/conf/x/*.jsonl.gz"),
        ("../lake", "/job/lake"),
        ("./a[12]/**/{b,c}?.gz", "/job/conf/a[12]/**/{b,c}?.gz"),
        ("/abs/x", "/abs/x"),
        ("~", HOME),
        ("~/x/*.gz", f"{HOME}/x/*.gz"),
        ("a~/x", "/job/conf/a~/x"),
        ("s3a://bucket/../x", "s3a://bucket/../x"),
        ("dbfs:/mnt/x", "dbfs:/mnt/x"),
        ("file:///x", "file:///x"),
        ("a:b/x", "/job/conf/a:b/x"),
        ("", ""),
        ("a\0b", "a\0b"),
    ],
)
def test_a_path_is_seen_from_its_folder(monkeypatch: pytest.MonkeyPatch, text: str, path: str) -> None:
    monkeypatch.setenv("HOME", HOME)
    assert resolve(text, Path("/job/conf")) == path
