"""The webhook channel: a store's endpoints and their secrets, and the delivery of events to them."""
