"""The person signed in, and the stores and people that the account service sends."""
