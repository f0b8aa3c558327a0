"""What every service imports; imports no service and no web framework."""
