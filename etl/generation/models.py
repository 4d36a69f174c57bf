"""Models of a configuration: what a worker loads, by what id answers are kept, and which state of a folder it is."""

import hashlib
from pathlib import Path
from typing import Final

from etl.config.fine_instructions import EmbedderConfig
from etl.config.generate import GeneratorConfig
from etl.config.models import Config
from etl.errors import ConfigError
from udfs.models.base import Argument, ModelSpec

GENERATOR, JUDGE, EMBEDDER = "models.generator", "models.judge", "models.embedder"
_SERVER: Final = ("url", "authorization_env", "concurrency", "retries", "timeout_seconds")
_READ_BYTES: Final = 1 << 20


def spec_of(generator: GeneratorConfig, revision: str) -> ModelSpec:
    """Return what a worker loads."""
    given: dict[str, Argument | None] = {
        "context_tokens": generator.context_tokens,
        "threads": generator.threads,
        **generator.engine_arguments,
    }
    if generator.engine == "openai_server":
        given = {name: getattr(generator, name) for name in _SERVER}
        given["api_key_env"] = given.pop("authorization_env")
    elif generator.engine == "fake":
        given = {"script": generator.script, "log": generator.log}
    arguments = tuple(sorted((name, value) for name, value in given.items() if value is not None))
    return ModelSpec(generator.engine, generator.folder or generator.model, revision, generator.dtype, arguments)


def model_id(generator: GeneratorConfig, revision: str) -> str:
    """Return the id of the model in the tables: its name, with its revision if it has one."""
    return f"{generator.model}@{revision}" if revision else generator.model


def embedder_spec(embedder: EmbedderConfig) -> ModelSpec:
    """Return what a worker loads to make vectors.

    Raises:
        ConfigError: The folder is missing, or holds no model.
    """
    arguments = (("batch_size", embedder.batch_size),)
    revision = revision_of(embedder, EMBEDDER)
    return ModelSpec(embedder.engine, embedder.folder or embedder.model, revision, arguments=arguments)


def model_versions(config: Config) -> dict[str, str]:
    """Return what the models of the configuration are: part of what makes two runs the same work.

    Raises:
        ConfigError: The folder of one is missing, or is none.
    """
    found = {}
    for key, model in ((GENERATOR, config.models.generator), (JUDGE, config.models.judge)):
        if model is not None:
            found[key] = model_id(model, revision_of(model, key))
            if model.script is not None:
                found[f"{key}.script"] = digest_of([Path(model.script)], f"{key}.script")
    embedder = config.models.embedder
    if embedder is not None:
        found[EMBEDDER] = f"{embedder.model}@{revision_of(embedder, EMBEDDER)}"
    return found


def revision_of(model: GeneratorConfig | EmbedderConfig, key: str) -> str:
    """Return the revision of a model: as configured, and for a folder a fingerprint of what is in it.

    Args:
        model: The model.
        key: Its key in the configuration, for messages.

    Raises:
        ConfigError: The folder is missing, or holds no model.
    """
    if model.folder is None:
        return model.revision
    folder = Path(model.folder)
    if not (folder / "config.json").is_file():
        raise ConfigError(
            f"{key}.folder: {folder} holds no config.json on this machine; valid: a folder that holds a model"
        )
    digest = digest_of(sorted(path for path in folder.rglob("*") if path.is_file()), f"{key}.folder", folder)
    return f"{model.revision}+{digest}" if model.revision else digest


def digest_of(files: list[Path], key: str, root: Path | None = None) -> str:
    """Return a hash of names, sizes and heads of files: weights of gigabytes are told apart without being read."""
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                head = file.read(_READ_BYTES)
            size = path.stat().st_size
        except OSError as error:
            raise ConfigError(f"{key}: {path} cannot be read: {error.strerror or error}") from None
        name = path.relative_to(root).as_posix() if root else ""
        digest.update(f"{name}\0{size}\0".encode() + head)
    return digest.hexdigest()[:12]
