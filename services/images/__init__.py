"""Turns an upload into safe pictures, in a process that can do no harm."""
