"""`.env.example` lists every setting and no other."""

import re
from pathlib import PurePosixPath

from shared.config import settings
from tests.architecture.source_tree import read

EXAMPLE = PurePosixPath(".env.example")


def listed(text: str) -> list[str]:
    """Names of the settings a dotenv file gives or shows commented out, in its order."""
    return re.findall(r"(?m)^(?:#\s)?([A-Z][A-Z0-9_]*)=", text)


def test_the_example_lists_exactly_the_settings():
    assert listed(read(EXAMPLE)) == list(settings.names())


def test_the_example_is_the_one_the_settings_print():
    """Meanings and defaults too; `python -m shared.config.settings > .env.example` brings it up to date."""
    assert read(EXAMPLE) == settings.example()


def test_settings_are_found_given_or_commented_out():
    text = "# Port of the API\n# PORT=8000\nREDIS_URL=redis://x\n# a note = b\n"
    assert listed(text) == ["PORT", "REDIS_URL"]
