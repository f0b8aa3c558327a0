"""Flower's configuration file, which Flower reads as `--conf`; the names are Flower's options.

Ports, addresses and credentials differ between deployments and come from FLOWER_… variables.
"""

# Read only, because `botmeni jobs` changes jobs and records who did it.
read_only = True

# The events survive a restart and a kill; `deploy.flower` sets the file.
persistent = True
state_save_interval = 30_000  # milliseconds
max_tasks = 20_000

# The column "Routing Key" shows the queue; the arguments are ids of rows in the outbox.
tasks_columns = "name,args,state,routing_key,received,started,runtime,retries,worker,uuid"
natural_time = False
enable_events = True
purge_offline_workers = 3600  # seconds
