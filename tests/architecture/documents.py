"""What the checks read out of Markdown, by a CommonMark parser rather than by patterns."""

import itertools
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token


def _tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()


def links(text: str) -> list[str]:
    """Where each link and picture of a document points."""
    targets = (token.attrGet("href") or token.attrGet("src") for token in _tokens(text))
    return [str(target) for target in targets if target]


def anchors(text: str) -> set[str]:
    """The fragment of each heading, as GitHub makes it: lower case, punctuation gone, spaces to hyphens."""
    tokens = MarkdownIt("commonmark").parse(text)
    pairs = itertools.pairwise(tokens)
    titles = [after.content for token, after in pairs if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(text: str) -> list[str]:
    """The lines of a document's code blocks, in order, without prompt and comment."""
    blocks = (token.content for token in _tokens(text) if token.type == "fence")
    lines = (re.sub(r"^\$ |\s+#.*$", "", line).strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


def code_spans(text: str) -> list[str]:
    """The inline code of a document."""
    return [token.content for token in _tokens(text) if token.type == "code_inline"]
