"""Flower's configuration file: names are its options. What differs by deployment comes by FLOWER_… variables.

Read by Flower itself, as `--conf`; ports, addresses and credentials are not here.
"""

# Watching only: jobs are moved by `botmeni jobs`, which writes down who did it.
read_only = True

# What it saw outlives it, a kill included; its file is named by `deploy.flower`.
persistent = True
state_save_interval = 30_000  # milliseconds
max_tasks = 20_000

# The queue stands under "Routing Key"; arguments are ids of rows in the outbox.
tasks_columns = "name,args,state,routing_key,received,started,runtime,retries,worker,uuid"
natural_time = False
enable_events = True
purge_offline_workers = 3600  # seconds
