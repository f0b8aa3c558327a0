"""What the tests of the guards share."""

from typing import Any

import pytest
from flask import Flask


@pytest.fixture(scope="session")
def document(app: Flask) -> Any:
    """The OpenAPI document."""
    return app.test_client().get("/openapi.json").get_json()
