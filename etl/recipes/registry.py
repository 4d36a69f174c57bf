"""The recipes by their names."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from etl.recipes.answer_instruction import AnswerInstruction
from etl.recipes.base import Recipe, RecipeSettings
from etl.recipes.nemotron_qa import NemotronQa
from etl.recipes.refine_pair import RefinePair
from etl.recipes.reverse_instruction import ReverseInstruction
from etl.recipes.synthesizer import InstructionSynthesizer

RECIPES: Final[Mapping[str, Callable[[RecipeSettings], Recipe]]] = MappingProxyType(
    {
        "reverse_instruction": ReverseInstruction,
        "answer_instruction": AnswerInstruction,
        "refine_pair": RefinePair,
        "nemotron_qa": NemotronQa,
        "instruction_synthesizer": InstructionSynthesizer,
    }
)
