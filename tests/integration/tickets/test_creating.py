"""A ticket written freely is there at once, with all that belongs to it."""

from services.ticket_api.attachments.errors import AttachmentUnknown
from shared.ids import new_id
from tests.support.statements import statements

TICKET = {"body": "No encuentro el remito.", "verdict": "improvable"}


def test_a_ticket_its_message_its_timeline_and_its_job_are_one_statement(admin, db):
    with statements() as asked:
        ticket = admin.post("/v1/tickets", TICKET).get_json()
    [writing] = [text for text, _ in asked if "INSERT INTO outbox" in text]
    assert all(f"INSERT INTO {table} " in writing for table in ("tickets", "messages", "timeline"))
    [message] = admin.walk(f"/v1/tickets/{ticket['id']}/messages")
    assert message["body"] == TICKET["body"]
    [line] = admin.walk(f"/v1/tickets/{ticket['id']}/timeline")
    assert line["kind"] == "requested"
    [job] = db.all("SELECT consumer, payload FROM outbox")
    assert (job.consumer, job.payload["subject_id"]) == ("quota.check", ticket["id"])


def test_nothing_of_a_ticket_stays_when_its_picture_is_refused(admin, db):
    answer = admin.post("/v1/tickets", TICKET | {"attachment_ids": [str(new_id())]})
    assert (answer.status_code, answer.get_json()["code"]) == (422, AttachmentUnknown.code)
    for table in ("tickets", "messages", "timeline", "outbox", "ticket_documents"):
        assert db.count(table) == 0
    assert admin.post("/v1/tickets", TICKET).get_json()["number"] == 1


def test_a_ticket_is_found_by_its_words_before_it_has_its_unit(admin):
    ticket = admin.post("/v1/tickets", TICKET).get_json()
    assert [found["id"] for found in admin.walk("/v1/tickets", q="remitos")] == [ticket["id"]]
