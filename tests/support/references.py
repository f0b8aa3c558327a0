"""Follows the references (`$ref`) of an OpenAPI or AsyncAPI document."""

from __future__ import annotations

from typing import Any


def referenced(document: Any, reference: str) -> Any:
    """What `#/…` names. Raises `KeyError` where it names nothing."""
    part = document
    for name in reference.removeprefix("#/").split("/"):
        part = part[name]
    return part


def resolved(document: Any, part: Any) -> Any:
    """`part`, or what it refers to."""
    while "$ref" in part:
        part = referenced(document, part["$ref"])
    return part
