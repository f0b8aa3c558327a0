"""The development mailbox receives every e-mail of the local mode, so that none leaves the machine."""
