"""Switches of PostgreSQL's planner stand in one file, each with its measurement; functions have their own."""

import ast
import re

import pytest

from tests.architecture.source_tree import files, read

PLANNER = "shared/db/planner.py"

# All of PostgreSQL's parameters of the group "Query Tuning", and those that JIT has besides.
SWITCH = (
    r"(?:enable_\w+|plan_cache_mode|jit\w*|geqo\w*|(?:from|join)_collapse_limit|(?:seq|random)_page_cost"
    r"|cpu_\w+_cost|parallel_\w+_cost|min_parallel_\w+_size|max_parallel_workers_per_gather"
    r"|debug_parallel_query|effective_cache_size|default_statistics_target|constraint_exclusion"
    r"|cursor_tuple_fraction|recursive_worktable_factor)"
)
# By SET (also of a name that Python puts in), by set_config, and by a connection's options.
SETTING = re.compile(
    rf"\bSET\s+(?:(?:LOCAL|SESSION)\s+)?{SWITCH}\b|\bSET\s+(?:LOCAL|SESSION)\s+$"
    rf"|\bset_config\(\s*'{SWITCH}'|-c\s*{SWITCH}\s*=",
    re.IGNORECASE,
)


def switches(source: str) -> list[str]:
    """Where a Python file sets a switch of the planner."""
    texts = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [f"{node.lineno}: {found}" for node in texts for found in SETTING.findall(str(node.value))]


def test_switches_of_the_planner_stand_in_one_file():
    found = {
        str(path): lines
        for path in files(".py", under=("deploy", "services", "shared"))
        if (lines := switches(read(path)))
    }
    assert list(found) == [PLANNER]


@pytest.mark.parametrize(
    "source",
    [
        'text("SET LOCAL enable_sort = off")',
        'text("SET plan_cache_mode TO force_custom_plan")',
        'text("SELECT 1; set session jit = off")',
        'text(f"SET LOCAL random_page_cost = {cost}")',
        'text(f"SET LOCAL {name} = off")',
        "text(\"SELECT set_config('enable_seqscan', 'off', true)\")",
        'connect(options="-c statement_timeout=1 -c enable_nestloop=off")',
        'op.execute("ALTER FUNCTION f() SET enable_seqscan = off")',
    ],
)
def test_a_planted_switch_is_found(source: str):
    assert switches(source)


def test_other_settings_are_no_switches():
    assert switches('text("SET LOCAL statement_timeout = 0")\ntext("SHOW enable_sort")') == []
