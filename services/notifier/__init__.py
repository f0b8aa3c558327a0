"""Decides who is notified of an event, and delivers it: in the app, by e-mail and by webhook.

Other services may import the names in `__all__`, and nothing else.
"""

from services.notifier.notifications.read import mark_ticket_read

__all__ = ["mark_ticket_read"]
