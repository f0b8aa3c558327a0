"""The page's client is that of the API as it is now; `make check` checks and tests the page itself."""

import shutil
import subprocess

import pytest

from deploy.local.bootstrap.page import WEB, CannotBuild, require_packages
from deploy.local.checks.openapi_document import document

HINT = "Run `make client`."


@pytest.fixture(scope="module")
def packages():
    try:
        require_packages()
    except CannotBuild as missing:
        pytest.skip(f"The page is not checked: {missing}")


def test_the_document_stored_with_the_page_is_that_of_the_api(engines):
    assert (WEB / "openapi.json").read_bytes() == document(), HINT


def test_the_client_is_made_of_the_document(packages):
    check = ["npm", "run", "--silent", "check-client"]
    done = subprocess.run(check, cwd=WEB, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_node_one_line_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(CannotBuild, match=r"Node 20\.19 or newer with npm is missing"):
        require_packages()
