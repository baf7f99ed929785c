"""Starts moto's server on a free port of the loopback interface, prints its address, and ends when standard input does.

The JVM that starts it holds the other end of that pipe, so moto ends with the JVM, even one that was killed -9.
"""

import os
import socket
import sys
import threading
from datetime import timedelta

listener = socket.create_server(("127.0.0.1", 0))
port = listener.getsockname()[1]
# moto reads its settings when it is imported. It leaves a certificate pending for a minute, which only costs time here; it knows AWS's own
# policies, and finishes a service's rollout, only where it is told to (settings in moto's documentation, "Environment Variables").
os.environ["MOTO_PORT"] = str(port)
# --plain: moto as anybody else starts it, with what it cannot do.
plain = sys.argv[1:] == ["--plain"]
if not plain:
    os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "1")
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    os.environ.setdefault("MOTO_ECS_SERVICE_RUNNING", "2")

    import gaps  # noqa: E402
from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402


class Quiet(MotoRequestHandler):
    """One line for each request would bury what the tests print."""

    def log_request(self, *_):
        pass


def end_with_standard_input():
    """Each line until then says by how many seconds the caller's clock is ahead of this machine's."""
    for line in sys.stdin:
        if not plain:
            gaps.ahead = timedelta(seconds=float(line))
    os._exit(0)


if not plain:
    gaps.fill()
threading.Thread(target=end_with_standard_input, daemon=True).start()
server = make_server(
    "127.0.0.1",
    port,
    DomainDispatcherApplication(create_backend_app),
    threaded=True,
    request_handler=Quiet,
    fd=listener.fileno(),
)
print(f"http://127.0.0.1:{port}", flush=True)
server.serve_forever()
