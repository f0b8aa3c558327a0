"""Ports for programs that are started together."""

from __future__ import annotations

import pytest

from deploy.local.host import ports


def test_no_two_programs_get_the_same_port(monkeypatch: pytest.MonkeyPatch):
    # So few to choose from that drawing each by itself would meet one twice.
    monkeypatch.setattr(ports, "_HIGH", ports._LOW + 24)
    chosen = ports.Ports.free().by_setting()
    assert len(set(chosen.values())) == len(chosen)
