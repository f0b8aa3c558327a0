"""Decoding an upload in a sandboxed process."""
