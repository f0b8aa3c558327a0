"""The live stream: it sends notifications to open pages as soon as they are written (server-sent events)."""
