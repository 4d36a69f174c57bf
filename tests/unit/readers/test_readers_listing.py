"""Listing: files, folders, globs and links, on local disk and in stores."""

import os

import pytest
from pyarrow import fs

from etl.errors import ConfigError
from etl.readers import trees
from etl.readers.listing import FileInfo, list_files
from etl.readers.open import open_stream
from etl.readers.places import Place, open_store, place_of
from etl.readers.units import split_units


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "data"
    for name in [
        "b.jsonl",
        "a.JSON.gz",
        "notes.md",
        "sub/c.ndjson.zst",
        "sub/deep/d.jsonl",
        ".hidden.jsonl",
        "_SUCCESS.jsonl",
        "_delta_log/e.jsonl",
        ".git/f.jsonl",
        "dir.jsonl/part-0.jsonl",
        "dir.jsonl/skip.txt",
    ]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"12345")
    return root


def names(source):
    return [file.name for file in list_files(source)]


def test_a_folder_gives_the_files_of_the_format_below_it(folder, make_source):
    found = list_files(make_source(folder))
    assert [file.name for file in found] == [
        "a.JSON.gz",
        "b.jsonl",
        "dir.jsonl/part-0.jsonl",
        "sub/c.ndjson.zst",
        "sub/deep/d.jsonl",
    ]
    stat = (folder / "b.jsonl").stat()
    assert found[1] == FileInfo(str(folder / "b.jsonl"), "b.jsonl", 5, stat.st_mtime_ns)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("b.jsonl", ["b.jsonl"]),
        ("notes.md", ["notes.md"]),
        ("sub/", ["c.ndjson.zst", "deep/d.jsonl"]),
        ("*.md", ["notes.md"]),
        ("?.jsonl", ["b.jsonl"]),
        ("[a-b].*", ["a.JSON.gz", "b.jsonl"]),
        ("_*.jsonl", ["_SUCCESS.jsonl"]),
        (".h*", [".hidden.jsonl"]),
        ("*.jsonl", ["_SUCCESS.jsonl", "b.jsonl", "dir.jsonl/part-0.jsonl"]),
        ("su*", ["sub/c.ndjson.zst", "sub/deep/d.jsonl"]),
        ("*/*.txt", ["dir.jsonl/skip.txt"]),
        ("**/d.jsonl", ["sub/deep/d.jsonl"]),
        ("**/deep/*", ["sub/deep/d.jsonl"]),
        ("sub/**", ["c.ndjson.zst", "deep/d.jsonl"]),
        ("sub/../b.*", ["b.jsonl"]),
    ],
)
def test_files_folders_and_globs(folder, make_source, pattern, expected):
    assert names(make_source(f"{folder}/{pattern}")) == expected


def test_a_name_with_glob_signs_is_taken_by_the_letter_if_it_exists(tmp_path, make_source):
    (tmp_path / "a[1].jsonl").touch()
    (tmp_path / "a1.jsonl").touch()
    assert names(make_source(tmp_path / "a[1].jsonl")) == ["a[1].jsonl"]


@pytest.mark.parametrize("path", ["gone", "gone/*.jsonl", "*.csv", "data/_delta_log/.git"])
def test_nothing_found_says_what_was_looked_for_and_where(folder, make_source, path):
    with pytest.raises(ConfigError) as raised:
        list_files(make_source(f"{folder}/{path}"))
    assert "source s: no jsonl files at " in str(raised.value)
    assert f"{folder}/{path}" in str(raised.value)
    assert ".ndjson.zst" in str(raised.value)


def test_a_folder_without_files_of_the_format_is_an_error(folder, make_source):
    with pytest.raises(ConfigError, match=r"no parquet files .* end in \.parquet"):
        list_files(make_source(folder, "parquet"))


def test_only_files_can_be_listed(make_source):
    with pytest.raises(ConfigError, match="format: delta"):
        list_files(make_source("x", "delta"))


def test_relative_paths_are_made_absolute(folder, make_source, monkeypatch):
    monkeypatch.chdir(folder / "sub")
    [found] = list_files(make_source("../b.jsonl"))
    assert found[:2] == (str(folder / "b.jsonl"), "b.jsonl")


def test_links_are_followed_and_circles_end(folder, make_source):
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "x.jsonl").touch()
    (folder / "link").symlink_to(outside)
    (folder / "again").symlink_to(outside)
    (outside / "up").symlink_to(folder)
    (folder / "sub" / "one.jsonl").symlink_to(outside / "x.jsonl")
    assert names(make_source(folder)).count("link/x.jsonl") + names(make_source(folder)).count("again/x.jsonl") == 1
    assert "sub/one.jsonl" in names(make_source(folder))
    assert len(names(make_source(f"{folder}/**/x.jsonl"))) == 1


def test_many_links_to_many_folders_are_no_bomb(tmp_path, make_source):
    for level in range(40):
        (tmp_path / f"l{level}").mkdir()
        for link in "ab":
            (tmp_path / f"l{level}" / link).symlink_to(tmp_path / f"l{level + 1}")
    (tmp_path / "l40").mkdir()
    (tmp_path / "l40" / "x.jsonl").touch()
    assert len(names(make_source(tmp_path))) == 1
    assert len(names(make_source(f"{tmp_path}/**/*.jsonl"))) == 1


def test_a_link_to_nowhere_or_itself_becomes_a_failure(folder, make_source, read):
    (folder / "lost.jsonl").symlink_to(folder / "nowhere")
    (folder / "self.jsonl").symlink_to(folder / "self.jsonl")
    (folder / "lost.txt").symlink_to(folder / "nowhere")
    found = names(make_source(folder))
    assert "lost.jsonl" in found
    assert "self.jsonl" in found
    assert "lost.txt" not in found
    assert [item.reason for item in read("data/lost.jsonl", None)] == ["unreadable_file"]


def test_what_is_no_regular_file_is_passed_over(folder, make_source):
    os.mkfifo(folder / "pipe.jsonl")
    assert "pipe.jsonl" not in names(make_source(folder))
    with pytest.raises(ConfigError, match="no jsonl files"):
        list_files(make_source(folder / "pipe.jsonl"))


def test_a_name_that_is_not_utf8_is_an_error_that_names_it(folder, make_source):
    (folder / os.fsdecode(b"\xff.jsonl")).touch()
    with pytest.raises(ConfigError, match="not UTF-8"):
        list_files(make_source(folder))


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/a/b", Place(None, "/a/b")),
        ("file:/a/b", Place(None, "/a/b")),
        ("file:///a/b", Place(None, "/a/b")),
        ("file://localhost/a", Place(None, "/a")),
        ("dbfs:/a/b", Place(None, "/dbfs/a/b")),
        ("dbfs:///a", Place(None, "/dbfs/a")),
        ("s3a://bucket/a/b*/", Place("s3://bucket", "a/b*")),
        ("gs://bucket", Place("gs://bucket", "")),
        ("abfss://c@acc.dfs.core.windows.net/x", Place("abfss://c@acc.dfs.core.windows.net", "x")),
        ("hdfs://host:8020/a", Place("hdfs://host:8020", "a")),
    ],
)
def test_paths_are_taken_apart(path, place):
    assert place_of(path) == place


@pytest.mark.parametrize("path", ["https://host/a.jsonl", "ftp://host/a", "wasbs://c@a/x"])
def test_an_unknown_store_is_an_error_that_names_a_way_out(make_source, path):
    with pytest.raises(ConfigError, match="Delta table"):
        list_files(make_source(path))


def test_stores_are_listed_like_disks(folder, make_source, monkeypatch):
    local = fs.SubTreeFileSystem(str(folder.parent), fs.LocalFileSystem())
    monkeypatch.setattr(trees, "open_store", lambda store: (local, "data"))
    monkeypatch.setattr("etl.readers.open.open_store", lambda store: (local, "data"))
    found = list_files(make_source("s3a://bucket/sub"))
    assert [file[:3] for file in found] == [
        ("s3://bucket/sub/c.ndjson.zst", "c.ndjson.zst", 5),
        ("s3://bucket/sub/deep/d.jsonl", "deep/d.jsonl", 5),
    ]
    assert names(make_source("s3://bucket")) == names(make_source(folder))
    assert names(make_source("s3://bucket/**/*.jsonl")) == names(make_source(f"{folder}/**/*.jsonl"))
    assert names(make_source("s3://bucket/b.jsonl")) == ["b.jsonl"]
    with open_stream(found[1].path, 2) as stream:
        assert stream.read(2) == b"34"
        assert stream.read(2) == b"5"
        assert stream.read(2) == b""
    with pytest.raises(ConfigError, match="s3://bucket/gone"):
        list_files(make_source("s3://bucket/gone"))


def test_a_store_that_cannot_be_opened_is_an_error():
    with pytest.raises(ConfigError, match="cannot be opened"):
        open_store("viewfs://nowhere")


def info(name, size):
    return FileInfo(f"/d/{name}", name, size, 0)


def test_jsonl_is_cut_into_even_ranges_that_cover_it():
    units = split_units([info("a.jsonl", 100)], "jsonl", 40)
    assert sorted((unit.start, unit.end) for unit in units) == [(0, 33), (33, 66), (66, 100)]


@pytest.mark.parametrize(("name", "file_format"), [("a.jsonl.gz", "jsonl"), ("a.csv", "csv"), ("a.txt", "text")])
def test_other_files_are_one_unit(name, file_format):
    [unit] = split_units([info(name, 100)], file_format, 40)
    assert (unit.path, unit.name, unit.start, unit.end) == (f"/d/{name}", name, 0, 100)


def test_the_largest_unit_comes_first_and_an_empty_file_is_a_unit():
    files = [info("a.txt", 1), info("b.txt", 9), info("c.txt", 0), info("d.txt", 9)]
    assert [unit.name for unit in split_units(files, "text")] == ["b.txt", "d.txt", "a.txt", "c.txt"]
    assert split_units(files, "text") == split_units(files[::-1], "text")
