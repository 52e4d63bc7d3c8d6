"""Serves copies of the app behind a real nginx, by the configuration in .deploy."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.driving import ROOT, free_port, serve

SITE = ROOT / ".deploy" / "nginx.conf"
AROUND = """
user root;
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    log_format copies '$upstream_addr $cookie_backprop_copy $status $request_uri';
    access_log {folder}/access.log copies;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@dataclass(frozen=True)
class Deployed:
    """The app behind nginx: its address, the log, the copies' processes and nginx's."""

    origin: str
    log: Path
    copies: tuple[subprocess.Popen[bytes], ...]
    nginx: subprocess.Popen[bytes]

    def requests(self) -> list[tuple[str, str, int, str]]:
        """Copy, cookie (or "-"), status and path."""
        rows = [line.split(" ", 3) for line in self.log.read_text().splitlines()]
        return [(copy, cookie, int(status), path) for copy, cookie, status, path in rows]


def find_nginx() -> str | None:
    """The path of nginx, which Debian keeps from users' paths."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@contextmanager
def behind_nginx(
    folder: Path, *, copies: int, environment: dict[str, str] | None = None
) -> Iterator[Deployed]:
    """So many copies of the app behind one address, until the block ends.

    Raises: RuntimeError if nginx ends or stays silent.
    """
    nginx = find_nginx()
    assert nginx is not None
    with ExitStack() as stack:
        logs = [folder / f"copy{k}.txt" for k in range(copies)]
        servers = [stack.enter_context(serve(log, environment)) for log in logs]
        port = free_port()
        site = SITE.read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
        before, ports, after = re.split(r"((?:\n *server 127\.0\.0\.1:850\d;)+)", site)
        assert ports.count("server") == 2
        lines = [f"server {server.origin.removeprefix('http://')};" for server in servers]
        conf = folder / "nginx.conf"
        conf.write_text(AROUND.format(folder=folder, site=before + "\n".join(lines) + after))
        process = subprocess.Popen([nginx, "-p", str(folder), "-c", str(conf)])
        processes = tuple(server.process for server in servers)
        try:
            deployed = Deployed(f"http://127.0.0.1:{port}", folder / "access.log", processes, process)
            _wait_until_it_answers(deployed)
            yield deployed
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_it_answers(deployed: Deployed) -> None:
    end = time.monotonic() + 20
    while deployed.nginx.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{deployed.origin}/_stcore/health", timeout=5)
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx does not answer")
