"""The recipes by their names, and the steps of those that ask more than one question."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from etl.recipes.answer_instruction import AnswerInstruction
from etl.recipes.base import Recipe, RecipeSettings
from etl.recipes.fine_instructions import FineInstructions
from etl.recipes.judge import JUDGE, Judge
from etl.recipes.nemotron_qa import NemotronQa
from etl.recipes.refine_pair import RefinePair
from etl.recipes.reverse_instruction import ReverseInstruction
from etl.recipes.self_instruct_steps import Instances, InstructionKind, NewInstructions
from etl.recipes.synthesizer import InstructionSynthesizer

_STEPS: Final = (NewInstructions, InstructionKind, Instances)
# Recipes that are no recipe of a configuration but a step of one.
STEPS: Final = tuple(step.name for step in _STEPS)
RECIPES: Final[Mapping[str, Callable[[RecipeSettings], Recipe]]] = MappingProxyType(
    {
        "reverse_instruction": ReverseInstruction,
        "answer_instruction": AnswerInstruction,
        "refine_pair": RefinePair,
        "nemotron_qa": NemotronQa,
        "instruction_synthesizer": InstructionSynthesizer,
        "fine_instructions": FineInstructions,
        JUDGE: Judge,
        **{step.name: step for step in _STEPS},
    }
)
