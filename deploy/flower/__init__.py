"""Flower as every deployment runs it: `python -m deploy.flower`, with any option of Flower behind it."""
