from etl.config.markup import MarkupConfig, ThreadConfig
from etl.config.models import FaqConfig, HowtoConfig, LabelledQaConfig, RulesConfig
from etl.config.reading import TASKS, ReadingConfig
from etl.rules import RULE_NAMES, build_rules
from etl.rules.families import FAMILIES, FAMILY_OF_RULE
from etl.rules.reading import READING_RULES


def test_rules_that_are_absent_from_the_configuration_are_off():
    assert build_rules(RulesConfig()) == ()
    assert [rule.name for rule in build_rules(RulesConfig(howto=HowtoConfig()))] == ["howto"]


def test_rules_come_in_one_order_and_compare_by_their_parameters():
    config = RulesConfig(
        reading=ReadingConfig(tasks=list(TASKS)),
        howto=HowtoConfig(),
        labelled_qa=LabelledQaConfig(),
        faq=FaqConfig(),
        markup=MarkupConfig(),
        thread=ThreadConfig(),
    )
    assert tuple(rule.name for rule in build_rules(config)) == RULE_NAMES
    assert build_rules(config) == build_rules(config)
    assert build_rules(config) != build_rules(config.model_copy(update={"faq": FaqConfig(max_answer_chars=99)}))


def test_every_rule_of_the_configuration_has_an_entry_and_a_family():
    assert set(RULE_NAMES) == set(FAMILY_OF_RULE)
    keys = {"reading" if name in READING_RULES else name for name in RULE_NAMES}
    assert keys == set(RulesConfig.model_fields)
    assert set(FAMILY_OF_RULE.values()) <= set(FAMILIES)
    assert len(FAMILIES) == len(set(FAMILIES)) == 12


def test_every_rule_states_a_version():
    config = RulesConfig(
        howto=HowtoConfig(),
        labelled_qa=LabelledQaConfig(),
        faq=FaqConfig(),
        markup=MarkupConfig(),
        thread=ThreadConfig(),
    )
    assert all(rule.version for rule in build_rules(config))
