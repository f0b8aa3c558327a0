"""The live stream: people who have the page open hear of what happens as it happens."""
