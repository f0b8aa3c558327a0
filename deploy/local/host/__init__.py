"""What the local mode needs of the machine it runs on: child processes, accounts and TCP ports."""
