"""Documents stay true: their links, paths and commands exist, and the README starts with what one types."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

from tests.architecture.documents import anchors, code_spans, commands, links
from tests.architecture.source_tree import ROOT, files, read

README = PurePosixPath("README.md")
DOCUMENTS = files(".md")
# Decisions and the log of changes describe their own day, so paths in them may be gone since.
OF_THE_PRESENT = [
    path for path in DOCUMENTS if path.name != "CHANGELOG.md" and not str(path).startswith("docs/adr/")
]
PATH = re.compile(r"(?:services|shared|deploy|tests|docs|requirements)/[\w./-]+")
DECISION_PARTS = ["Context", "Decision", "Consequences"]


def broken(path: PurePosixPath, link: str) -> bool:
    """Whether a relative link of the document at `path` leads nowhere, or to a heading that isn't there."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (ROOT / path.parent / unquote(parts.path)).resolve() if parts.path else ROOT / path
    if not target.exists():
        return True
    return bool(parts.fragment) and parts.fragment not in anchors(target.read_text(encoding="utf-8"))


def make_targets(text: str) -> list[str]:
    """The targets of every `make …` a document asks its reader to type."""
    typed = [command for command in commands(text) + code_spans(text) if command.startswith("make ")]
    return [word for command in typed for word in re.findall(r"^make ([a-z][\w-]*)", command)]


def existing_targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z][\w-]*):", read(PurePosixPath("Makefile"))))


def test_the_readme_is_short():
    assert len(read(README).splitlines()) < 120


def test_the_readme_starts_with_the_two_commands():
    assert make_targets(read(README))[:2] == ["up", "test"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_links_lead_somewhere(path: PurePosixPath):
    assert not [link for link in links(read(path)) if broken(path, link)]


@pytest.mark.parametrize("path", OF_THE_PRESENT, ids=str)
def test_paths_named_exist(path: PurePosixPath):
    named = [span for span in code_spans(read(path)) if PATH.fullmatch(span)]
    assert not [span for span in named if not (ROOT / span).exists()]


@pytest.mark.parametrize("path", OF_THE_PRESENT, ids=str)
def test_make_targets_named_exist(path: PurePosixPath):
    assert set(make_targets(read(path))) <= existing_targets()


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in DOCUMENTS if path.match("docs/adr/[0-9]*.md")]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.match("docs/adr/[0-9]*.md")], ids=str)
def test_a_decision_says_why_what_and_at_which_price(path: PurePosixPath):
    assert re.findall(r"(?m)^## (.+)$", read(path)) == DECISION_PARTS
    assert re.search(r"(?m)^Status: (Accepted|Superseded by \[\d{4}]\(.+\))$", read(path))
    assert re.search(r"(?m)^Date: \d{4}-\d\d-\d\d$", read(path))


@pytest.mark.parametrize("link", ["nowhere.md", "docs/adr/9999.md", "CONTRIBUTING.md#no-such-heading"])
def test_a_planted_dead_link_is_found(link: str):
    assert broken(README, link)


@pytest.mark.parametrize("link", ["CONTRIBUTING.md", "https://example.org", "CONTRIBUTING.md#set-up"])
def test_a_live_link_passes(link: str):
    assert not broken(README, link)


def test_commands_are_read_from_blocks_and_spans():
    text = "```sh\n$ make up  # all of it\n```\nor `make test`, not make coffee"
    assert make_targets(text) == ["up", "test"]
