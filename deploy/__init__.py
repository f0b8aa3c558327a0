"""How the services are started: on one machine (`local`), in containers (`docker`), in a cluster."""
