"""A function that is an HTTP server and knows nothing of fgruntime: server.py PORT|told [late|never|exit].

What it does with a request is said by the request's body, which is an event or not, and by the environment."""

import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


def note(text):
    if "NOTES" in os.environ:
        with open(os.environ["NOTES"], "a") as notes:
            notes.write(text + "\n")


def terminated(*_):
    note("terminated")
    sys.exit(0)


class Handler(BaseHTTPRequestHandler):
    def handle_any(self):
        note(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/init":
            return self.misbehave(os.environ.get("INIT", "{}"))
        if self.path == "/shutdown" and "STAY" not in os.environ:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            self.answer(200, b"")
            os._exit(0)
        if self.path == "/invoke":
            return self.misbehave(body)
        self.echo(body)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any

    def misbehave(self, wish):
        wish = json.loads(wish)
        if "exit" in wish:
            os._exit(wish["exit"])
        if "hang_unless" in wish and not os.path.exists(wish["hang_unless"]):
            open(wish["hang_unless"], "w").close()
            time.sleep(600)
        if "close" in wish:
            return
        if "not_http" in wish:
            self.wfile.write(b"hello\r\n\r\n")
            return
        if "half" in wish:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            return
        if "status" in wish:
            return self.answer(wish["status"], wish.get("text", "").encode())
        if "size" in wish:
            return self.answer(200, b"x" * wish["size"])
        self.echo(json.dumps(wish).encode())

    def echo(self, body):
        print("handling", self.headers["X-Cff-Request-Id"], flush=True)
        seen = {
            "method": self.command,
            "path": self.path,
            "headers": self.headers.items(),
            "body": body.decode("latin-1"),
            "pid": os.getpid(),
            "environment": dict(os.environ),
        }
        self.answer(int(os.environ.get("STATUS", 200)), json.dumps(seen).encode())

    def answer(self, status, body):
        self.send_response_only(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("set-cookie", "a=1")
        self.send_header("set-cookie", "b=2")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


behaviour = sys.argv[2] if len(sys.argv) > 2 else "serve"
signal.signal(signal.SIGTERM, terminated)
if behaviour == "late":
    time.sleep(1.5)
if behaviour == "never":
    time.sleep(600)
if behaviour == "exit":
    sys.exit(3)
port = os.environ["FGRUNTIME_HTTP_ADDR"].rsplit(":", 1)[1] if sys.argv[1] == "told" else sys.argv[1]
HTTPServer(("", int(port)), Handler).serve_forever()
