"""What the endpoints of every service use; the only part of `shared` that knows Flask."""
