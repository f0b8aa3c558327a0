"""Authentication, permissions, and the store filter."""
