"""The processes of the system on one machine: which there are, their settings, their lock and supervision."""
