"""The programs of the system; none imports another."""
