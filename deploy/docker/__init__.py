"""The image and the compose file; `make_secrets.py` makes what the latter needs."""
