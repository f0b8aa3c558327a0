"""A person's notification preferences: on or off, for each topic and channel."""
