"""The reader of the document at /docs, under the policy that forbids it everything but its own files."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter


def test_it_shows_every_call_and_tries_nothing_forbidden(enter: Enter):
    """What the policy forbids is an error of the console, which fails the test."""
    visit = enter(None)
    document = visit.page.request.get(f"{visit.url}/openapi.json").json()
    methods = {"get", "post", "put", "patch", "delete"}
    calls = sum(len(methods & set(path)) for path in document["paths"].values())

    visit.open("/docs")
    shown = visit.page.locator(".opblock")
    expect(shown).to_have_count(calls)
    shown.first.click()
    expect(visit.page.locator(".opblock.is-open .responses-table")).to_be_visible()
