"""JupyterHub on one machine, whose users are the learners: see .hub/README.md."""

c = get_config()  # noqa: F821  (JupyterHub gives it)

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # a proxy with a certificate stands before it

# systemd holds each learner to a share. A server, a kernel and completion take 250 to 400 MB;
# what is beyond that is the program that the learner has written.
c.JupyterHub.spawner_class = "systemd"
c.SystemdSpawner.cmd = ["/opt/threading101/bin/jupyterhub-singleuser"]
c.SystemdSpawner.mem_limit = "1G"
c.SystemdSpawner.cpu_limit = 2.0
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.environment = {"PATH": "/opt/threading101/bin:/usr/local/go/bin:/usr/bin:/bin"}
c.Authenticator.allow_all = True  # every user of the machine
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120

# Who has gone home leaves nothing running. The room is at /services/room/ of the hub: it
# asks everybody for its code, and the teacher for the secret in the link that it writes to
# the hub's log when it starts.
c.JupyterHub.services = [
    {"name": "room", "url": "http://127.0.0.1:8101", "command": ["/opt/threading101/bin/threading101", "room", "-addr", "127.0.0.1:8101"]},
    {"name": "cull", "command": ["/opt/threading101/bin/python", "-m", "jupyterhub_idle_culler", "--timeout=3600"]},
]
c.JupyterHub.load_roles = [
    {"name": "cull", "services": ["cull"], "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"]},
]
