"""Pictures that go with messages, tickets and ratings."""
