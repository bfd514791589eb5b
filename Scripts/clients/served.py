"""A server of the program under test, and plain HTTP to it. Nothing beside Python's own library."""

import asyncio
import contextlib
import json
import re
import signal
import subprocess
import threading

# Only what hangs takes as long.
PATIENCE = 300


class Server:
    """`autodidact serve` in a process of its own, on a free port of loopback."""

    def __init__(self, program, model, *options):
        command = [program, "serve", "--model", model, "--name", "model", "--listen", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.said = []
        self.port = None
        for line in self.process.stderr:
            self.said.append(line)
            found = re.search(r"serving '.*' at http://127\.0\.0\.1:(\d+)/v1", line)
            if found:
                self.port = int(found.group(1))
                break
        if self.port is None:
            raise SystemExit(f"the server does not start: {''.join(self.said)}")
        # Whoever is not read any more would be held up.
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.said.append(line)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/v1"

    def ask_to_end(self):
        self.process.send_signal(signal.SIGTERM)

    def end(self):
        """Waits for the end and gives the exit code."""
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit("the server hangs at its end")
        self.reader.join()
        return code


@contextlib.contextmanager
def serving(program, model, *options):
    """A server that is asked to end after the work, and must do so in order."""
    server = Server(program, model, *options)
    try:
        yield server
        server.ask_to_end()
        code = server.end()
        check(code == 0, f"the server ended with {code}: {''.join(server.said)}")
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


def check(holds, said):
    if not holds:
        raise SystemExit(f"error: {said}")


class Connection:
    """One connection that is kept for many requests."""

    def __init__(self, port):
        self.port = port
        self.streams = None

    async def open(self):
        self.streams = await asyncio.open_connection("127.0.0.1", self.port)

    def close(self):
        if self.streams:
            self.streams[1].close()
        self.streams = None

    async def post(self, path, body):
        """Sends a request, and gives the status and the fields of the answer."""
        if self.streams is None:
            await self.open()
        data = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        self.streams[1].write(head.encode() + data)
        await self.streams[1].drain()
        lines = (await self.streams[0].readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        return int(lines[0].split(" ")[1]), fields

    async def pieces(self, fields):
        """The body of the answer, as it comes."""
        reader = self.streams[0]
        if "content-length" in fields:
            yield await reader.readexactly(int(fields["content-length"]))
        else:
            while True:
                size = int((await reader.readline()).split(b";")[0], 16)
                if size:
                    yield await reader.readexactly(size)
                await reader.readexactly(2)
                if not size:
                    break
        if fields.get("connection") == "close":
            self.close()

    async def ask(self, path, body):
        """The whole answer to a request: status, fields, and what a client makes of the body."""
        status, fields = await self.post(path, body)
        text = b"".join([piece async for piece in self.pieces(fields)]).decode()
        if fields["content-type"].startswith("text/event-stream"):
            return status, fields, assembled(text)
        return status, fields, json.loads(text)


def assembled(text):
    """An answer put together from the events of a stream, in the form of a whole one."""
    events = text.split("\n\n")
    check(events[-2:] == ["data: [DONE]", ""], f"a stream ends in {text[-200:]!r}")
    choices = {}
    for event in events[:-2]:
        check(event.startswith("data: "), f"this is no event: {event[:200]!r}")
        piece = json.loads(event[6:])
        check("error" not in piece, f"a stream holds an error: {event}")
        for choice in piece["choices"]:
            whole = choices.setdefault(choice["index"], {"index": choice["index"], "text": "", "finish_reason": None})
            check(whole["finish_reason"] is None, f"a choice goes on after its end: {event}")
            whole["text"] += choice["text"] if "text" in choice else choice["delta"].get("content", "")
            whole["finish_reason"] = choice["finish_reason"]
    return {"choices": [choices[index] for index in sorted(choices)]}


def essence(answer):
    """What must be the same however often and in whatever company something is asked."""
    return [
        (choice["index"], choice["text"] if "text" in choice else choice["message"]["content"], choice["finish_reason"])
        for choice in answer["choices"]
    ]
