"""Tokens are those that the trainer's tokenizer counts, at its own speed; each library reads a small real tokenizer."""

import base64
import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.mixture import MixtureConfig
from etl.errors import ConfigError
from etl.mixture.tokenizer import DEFAULT_PATTERN, LIBRARIES, Tokenizer, load_counter, split_long
from etl.stages import count_tokens
from etl.stages.count_tokens import count_batches, fingerprint, read_tokenizer

os.environ["TOKENIZERS_PARALLELISM"] = "false"
TEXTS = [
    "Why does it rain? Because clouds cool and their drops grow until they fall.",
    "为什么会下雨？云层冷却，水滴变大。",
    "def rain(cloud):\n    return cloud.drops\n",
    "",
]


def of_tokenizers() -> bytes:
    library = pytest.importorskip("tokenizers")
    tokenizer = library.Tokenizer(library.models.BPE())
    tokenizer.pre_tokenizer = library.pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = library.pre_tokenizers.ByteLevel.alphabet()
    trainer = library.trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(TEXTS * 5, trainer)
    # Trainers save these with it; they must not count.
    tokenizer.post_processor = library.processors.TemplateProcessing(single="[CLS] $A", special_tokens=[("[CLS]", 0)])
    tokenizer.enable_truncation(4)
    tokenizer.enable_padding(length=8)
    return tokenizer.to_str().encode()


def of_sentencepiece() -> bytes:
    library = pytest.importorskip("sentencepiece")
    model = io.BytesIO()
    library.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXTS * 5), model_writer=model, vocab_size=110, hard_vocab_limit=False,
        byte_fallback=False, minloglevel=2,
    )  # fmt: skip
    return model.getvalue()


def of_tiktoken() -> bytes:
    pytest.importorskip("tiktoken")
    tokens = [bytes([value]) for value in range(256)] + [b" t", b"he", b" the", b"ra", b"rai", b"rain"]
    return b"\n".join(base64.b64encode(token) + b" %d" % rank for rank, token in enumerate(tokens))


MAKE: dict[str, Callable[[], bytes]] = {".json": of_tokenizers, ".model": of_sentencepiece, ".tiktoken": of_tiktoken}


def bare(suffix: str, content: bytes) -> Callable[[list[str]], list[int]]:
    """The library as its own documentation uses it, on whole texts."""
    if suffix == ".json":
        import tokenizers

        tokenizer = tokenizers.Tokenizer.from_str(content.decode())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return lambda texts: [len(each.ids) for each in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
    if suffix == ".model":
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor(model_proto=content)
        return lambda texts: [len(each) for each in processor.encode(texts, num_threads=1)]
    import tiktoken

    ranks = {base64.b64decode(line.split()[0]): int(line.split()[1]) for line in content.splitlines()}
    encoding = tiktoken.Encoding("x", pat_str=DEFAULT_PATTERN, mergeable_ranks=ranks, special_tokens={})
    return lambda texts: [len(each) for each in encoding.encode_ordinary_batch(texts, num_threads=1)]


@pytest.fixture(params=list(MAKE))
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    return Tokenizer(f"tokenizer{request.param}", MAKE[request.param](), DEFAULT_PATTERN)


def test_tokens_are_counted_as_the_library_does(tokenizer: Tokenizer) -> None:
    counts = load_counter(tokenizer)(TEXTS)
    assert counts == bare(tokenizer.name[len("tokenizer") :], tokenizer.content)(TEXTS)
    assert counts[0] > 5 and counts[-1] == 0


def test_long_and_hostile_texts_are_counted_in_linear_time(tokenizer: Tokenizer) -> None:
    counter = load_counter(tokenizer)
    for text in ("?" * 1_000_000, "a" * 1_000_000, "雨" * 300_000):
        began = time.process_time()
        assert counter([text])[0] > 0
        assert time.process_time() - began < 20
    counter(["\ud7ff\ue000\x00", "\U0010ffff"])


def test_a_worker_is_as_fast_as_the_bare_tokenizer(tokenizer: Tokenizer) -> None:
    texts = [(TEXTS[0] + " " + TEXTS[2]) * 10 for _ in range(1024)]
    batches = [pa.record_batch({"text": texts[at : at + 64], "n_tokens": [0] * 64}) for at in range(0, 1024, 64)]
    count = bare(tokenizer.name[len("tokenizer") :], tokenizer.content)
    worker = count_batches(tokenizer)
    ratios = []
    for _ in range(5):
        times = [time.process_time()]
        for at in range(0, 1024, 64):
            count(texts[at : at + 64])
        times.append(time.process_time())
        assert sum(batch.num_rows for batch in worker(iter(batches))) == 1024
        times.append(time.process_time())
        ratios.append((times[1] - times[0]) / (times[2] - times[1]))
    # The best of some: a machine that others use slows one side or the other.
    assert max(ratios) >= 0.8, ratios


def test_a_worker_reads_a_tokenizer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(count_tokens, "load_counter", lambda tokenizer: read.append(tokenizer.name) or (lambda _: [1]))
    batch = pa.record_batch({"text": ["a"], "n_tokens": [0]})
    for name in ("one.json", "one.json", "other.json"):
        # Each task gets a tokenizer of its own, equal to that of the task before.
        assert [each["n_tokens"][0].as_py() for each in count_batches(Tokenizer(name, b"{}", ""))([batch])] == [1]
    assert read == ["one.json", "other.json"]


@given(st.text(max_size=50), st.integers(0, 3))
def test_pieces_are_the_text(text: str, times: int) -> None:
    whole = text * (times * 1000)
    pieces = list(split_long(whole))
    assert "".join(pieces) == whole
    assert all(len(piece) <= 20_000 for piece in pieces)


def test_a_piece_ends_before_a_blank() -> None:
    text = "word " * 10_000
    assert all(piece.startswith(" ") for piece in list(split_long(text))[1:])


@pytest.mark.parametrize("suffix", LIBRARIES)
def test_a_file_that_is_no_tokenizer_is_a_mistake_of_the_configuration(suffix: str, tmp_path: Path) -> None:
    pytest.importorskip(LIBRARIES[suffix])
    path = tmp_path / f"t{suffix}"
    for content in (b"", b"{}", b"\x00\xff" * 100):
        path.write_bytes(content)
        with pytest.raises(ConfigError, match=r"mixture.tokenizer: t\.\w+ is no file of"):
            read_tokenizer(MixtureConfig(tokenizer=str(path)))


def test_a_file_that_is_not_there_and_a_library_that_is_not_installed_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigError, match=r"none\.json: No such file"):
        read_tokenizer(MixtureConfig(tokenizer=str(tmp_path / "none.json")))
    monkeypatch.setitem(__import__("sys").modules, "tokenizers", None)
    with pytest.raises(ConfigError, match=r"needs tokenizers: pip install 'instructlake\[tokenizers\]'"):
        load_counter(Tokenizer("t.json", b"{}", ""))
    assert read_tokenizer(MixtureConfig()) is None


def test_the_fingerprint_is_that_of_the_content() -> None:
    one, other = (fingerprint(Tokenizer("t.json", content, "")) for content in (b"a", b"b"))
    assert one.startswith("t.json, ") and one != other
