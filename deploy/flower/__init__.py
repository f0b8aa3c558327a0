"""Flower with our configuration: `python -m deploy.flower`, followed by any options of Flower."""
