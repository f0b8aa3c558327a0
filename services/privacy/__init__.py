"""The data of a store or a person: exported and erased on request, and deleted when its retention ends."""
