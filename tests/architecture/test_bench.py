"""CI measures little of everything: each scenario says how little shows that it still can be measured."""

import pytest

from tests.performance.catalogue import NAMES, scenario


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_has_a_short_form(name):
    chosen = scenario(name)
    assert 0 < chosen.SHORT <= chosen.SIZE / 10
