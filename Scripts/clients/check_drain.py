"""A server that is asked to end answers what it has begun, lets nobody else in, and ends in order."""

import asyncio
import json
import sys

from served import Connection, assembled, check, essence, serving

CONNECTIONS = 100


async def main(program, model):
    body = {"model": "model", "prompt": "1 + 2 =", "max_tokens": 300, "temperature": 1, "stream": True}
    with serving(program, model) as server:
        alone = Connection(server.port)
        expected = [essence((await alone.ask("/v1/completions", {**body, "seed": seed}))[2]) for seed in range(10)]
        begun = asyncio.Semaphore(0)
        hasEnded = asyncio.Event()

        async def one(index):
            connection = Connection(server.port)
            status, fields = await connection.post("/v1/completions", {**body, "seed": index % 10})
            check(status == 200, f"a request is answered {status}")
            text = b""
            async for piece in connection.pieces(fields):
                if not text:
                    begun.release()
                text += piece
            said = essence(assembled(text.decode()))
            check(said == expected[index % 10], f"a request that was open at the end is answered {said}")

        async def end():
            for _ in range(CONNECTIONS):
                await begun.acquire()
            server.ask_to_end()
            hasEnded.set()

        await asyncio.gather(end(), *(one(index) for index in range(CONNECTIONS)))
        check(hasEnded.is_set(), "the server was not asked to end")
        try:
            await Connection(server.port).ask("/v1/completions", {**body, "max_tokens": 1})
            check(False, "a server that has ended lets somebody in")
        except (OSError, asyncio.IncompleteReadError):
            pass
    print(f"{CONNECTIONS} streams that were open at SIGTERM: all answered as alone, nobody let in after it, exit code 0")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
