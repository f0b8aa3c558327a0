"""Decides who is notified of what, and delivers it: in the page, by e-mail, by webhook.

What other services may call is published here.
"""

from services.notifier.inbox.read import mark_ticket_read

__all__ = ["mark_ticket_read"]
