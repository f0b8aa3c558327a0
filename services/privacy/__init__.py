"""What is held of a store or a person: giving it out, forgetting it on request, forgetting what is old."""
