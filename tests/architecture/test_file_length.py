"""A file over 300 lines is two files."""

from pathlib import PurePosixPath

from tests.architecture.source_tree import files, read

LONGEST = 300
WRITTEN_BY_TOOLS = ("shared/db/migrations/versions/*", "services/web/src/shared/api/schema.ts")


def written_by_hand(path: PurePosixPath) -> bool:
    return not any(path.match(pattern) for pattern in WRITTEN_BY_TOOLS)


def is_too_long(text: str) -> bool:
    return len(text.splitlines()) > LONGEST


def test_no_source_file_is_too_long():
    too_long = [
        f"{path}: {len(read(path).splitlines())} lines"
        for path in files(".py", ".ts", ".tsx")
        if written_by_hand(path) and is_too_long(read(path))
    ]
    assert not too_long


def test_one_line_more_is_too_long():
    assert not is_too_long("line\n" * LONGEST)
    assert is_too_long("line\n" * (LONGEST + 1))


def test_only_what_a_tool_writes_is_left_out():
    assert written_by_hand(PurePosixPath("shared/messaging/outbox/relay.py"))
    assert not written_by_hand(PurePosixPath("shared/db/migrations/versions/0001_start.py"))
