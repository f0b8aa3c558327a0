"""Starting processes, supervising them, and knowing when they are ready."""
