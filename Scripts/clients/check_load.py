"""Hundreds of connections at once: no answer is lost, and none depends on the company that it was written in."""

import asyncio
import random
import sys
import time

from served import Connection, check, essence, serving

CONNECTIONS, ROUNDS = 300, 4


def questions():
    """Requests of every kind; whole and streamed ones of one number must have the same answer."""
    made = []
    for number in range(24):
        body = {"model": "model", "max_tokens": 4 + number * 2, "seed": number, "temperature": [0, 0.8, 1][number % 3], "n": 1 + number % 2}
        if number % 4 == 1:
            body["stop"] = ["\n", "7"]
        if number % 6 == 2:
            body["top_p"] = 0.7
        text = f"{number} + {number * 7 % 23} ="
        if number % 5 == 3:
            made.append(("/v1/chat/completions", {**body, "messages": [{"role": "user", "content": text}]}))
        else:
            made.append(("/v1/completions", {**body, "prompt": text}))
    return made


async def answer(connection, path, body, refused):
    """The answer, asking again as long as the server has no room."""
    while True:
        status, fields, said = await connection.ask(path, body)
        if status != 429:
            check(status == 200, f"{body} is answered {status}: {said}")
            return said
        check(int(fields.get("retry-after", 0)) >= 1, "a refusal does not say when to ask again")
        refused.append(1)
        await asyncio.sleep(int(fields["retry-after"]) * random.uniform(0.5, 1.5))


async def crowd(port, asked, expected, connections, rounds):
    """All connections ask at the same time; gives how often they were told to wait, and how many tokens came."""
    refused, tokens = [], []

    async def one(index):
        draw = random.Random(index)
        connection = Connection(port)
        for _ in range(rounds):
            number = draw.randrange(len(asked))
            path, body = asked[number]
            body = {**body, "stream": True} if draw.random() < 0.5 else body
            said = await answer(connection, path, body, refused)
            check(essence(said) == expected[number], f"{body} is answered {essence(said)}, alone it was {expected[number]}")
            tokens.append(said.get("usage", {}).get("completion_tokens", 0))
        connection.close()

    await asyncio.gather(*(one(index) for index in range(connections)))
    return len(refused), sum(tokens)


async def leave_early(port, asked, connections):
    """Clients that hang up in the middle of an answer, or before it."""

    async def one(index):
        path, body = asked[index % len(asked)]
        connection = Connection(port)
        await connection.open()
        if index % 2:
            status, fields = await connection.post(path, {**body, "stream": True, "max_tokens": 400, "stop": None})
            if status == 200:
                async for _ in connection.pieces(fields):
                    break
        else:
            connection.streams[1].write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{{".encode())
            await connection.streams[1].drain()
        connection.close()

    await asyncio.gather(*(one(index) for index in range(connections)))


async def main(program, model):
    asked = questions()
    with serving(program, model) as server:
        alone = Connection(server.port)
        expected = [essence(await answer(alone, path, body, [])) for path, body in asked]
        for (path, body), whole in zip(asked, expected):
            streamed = essence(await answer(alone, path, {**body, "stream": True}, []))
            check(streamed == whole, f"{body} is streamed as {streamed}, whole it was {whole}")
        start = time.monotonic()
        waits, tokens = await crowd(server.port, asked, expected, CONNECTIONS, ROUNDS)
        seconds = time.monotonic() - start
        count = CONNECTIONS * ROUNDS
        print(f"{count} requests over {CONNECTIONS} connections: all as alone, {count / seconds:.0f} requests a second, {waits} asked again")
        await leave_early(server.port, asked, 100)
        waits, _ = await crowd(server.port, asked, expected, 50, 2)
        print(f"100 clients hung up, 100 requests after them: all as alone, {waits} asked again")
    with serving(program, model, "--sequences", "2", "--waiting", "4") as server:
        waits, _ = await crowd(server.port, asked, expected, 40, 2)
        check(waits > 0, "a full server refuses nobody")
        print(f"80 requests to a server with room for 2 and 4 that wait: all as alone, {waits} asked again")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
