"""What happens to every request: its id, its log line, its body, its preconditions."""
