"""Decodes uploaded pictures in a sandboxed process, and encodes them again as safe WebP files."""
