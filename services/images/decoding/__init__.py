"""Decodes an upload in a sandboxed process."""
