"""The ways a person is told: one module each."""
