"""The development mailbox: catches every e-mail of the local mode, so that none reaches anybody."""
