"""How the services are started: on one machine (`local`), in containers, in a cluster."""
