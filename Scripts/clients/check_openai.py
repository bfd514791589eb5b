"""The official openai package against the server: every endpoint, whole and streamed, and the errors that it raises."""

import math
import sys

import openai

from served import check, serving


def main(program, model):
    with serving(program, model) as server:
        client = openai.OpenAI(base_url=server.url, api_key="none", max_retries=0)
        served = client.models.list().data
        check([one.id for one in served] == ["model"] and client.models.retrieve("model").object == "model", f"models: {served}")
        completions(client)
        chat(client)
        errors(client)
    guarded(program, model)
    print(f"openai {openai.__version__}: models, completions, chat, streams, logprobs and errors are as the package expects")


def completions(client):
    asked = {"model": "model", "prompt": "12 + 30 =", "max_tokens": 12, "temperature": 0.9, "seed": 11}
    whole = client.completions.create(**asked, n=3, logprobs=2)
    check(len(whole.choices) == 3 and whole.usage.completion_tokens == sum(len(c.logprobs.tokens) for c in whole.choices), f"{whole}")
    check(whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens, f"{whole.usage}")
    again = client.completions.create(**asked, n=3)
    check([c.text for c in again.choices] == [c.text for c in whole.choices], "the same seed gives another answer")
    check(client.completions.create(**asked).choices[0].text == whole.choices[0].text, "the first sample depends on n")
    texts, usage = ["", "", ""], None
    for piece in client.completions.create(**asked, n=3, stream=True, stream_options={"include_usage": True}):
        for choice in piece.choices:
            texts[choice.index] += choice.text
        usage = piece.usage or usage
    check(texts == [c.text for c in whole.choices] and usage == whole.usage, f"streamed: {texts}, {usage}")
    # The text is what its tokens say, and stops before a stop string.
    text = whole.choices[0].text
    check("".join(whole.choices[0].logprobs.tokens).startswith(text), f"tokens: {whole.choices[0].logprobs.tokens}")
    if len(text) > 3:
        stopped = client.completions.create(**asked, stop=[text[3]]).choices[0]
        check(stopped.text == text[: text.index(text[3])] and stopped.finish_reason == "stop", f"stopped: {stopped}")
    # Scoring: the logprobs of an echo are those with which the tokens are drawn.
    greedy = client.completions.create(model="model", prompt="7 + 8 =", max_tokens=6, temperature=0, logprobs=1, extra_body={"return_token_ids": True})
    choice = greedy.choices[0]
    ids = choice.prompt_token_ids + choice.token_ids
    echo = client.completions.create(model="model", prompt=ids, max_tokens=0, echo=True, logprobs=1).choices[0].logprobs
    check(echo.token_logprobs[0] is None and len(echo.tokens) == len(ids), f"echo: {echo}")
    check(echo.token_logprobs[len(choice.prompt_token_ids) :] == choice.logprobs.token_logprobs, f"{echo} against {choice.logprobs}")
    check(all(max(top.values()) <= 0 for top in echo.top_logprobs[1:]), f"echo: {echo.top_logprobs}")


def chat(client):
    asked = {"model": "model", "messages": [{"role": "user", "content": "12 + 30"}], "max_completion_tokens": 12, "temperature": 0}
    whole = client.chat.completions.create(**asked, logprobs=True, top_logprobs=3)
    choice = whole.choices[0]
    check(choice.message.role == "assistant" and choice.finish_reason in ("stop", "length"), f"{choice}")
    check(len(choice.logprobs.content) == whole.usage.completion_tokens, f"{choice.logprobs}")
    for place in choice.logprobs.content:
        check(len(place.top_logprobs) == 3 and place.top_logprobs[0].logprob == place.logprob, f"a greedy token is not the first: {place}")
        check(sum(math.exp(top.logprob) for top in place.top_logprobs) <= 1.0001, f"probabilities: {place}")
    text, role, reason = "", None, None
    for piece in client.chat.completions.create(**asked, stream=True):
        delta = piece.choices[0].delta
        text, role, reason = text + (delta.content or ""), delta.role or role, piece.choices[0].finish_reason or reason
    check((text, role, reason) == (choice.message.content, "assistant", choice.finish_reason), f"streamed: {text!r}, {role}, {reason}")


def errors(client):
    asked = {"model": "model", "prompt": "x", "max_tokens": 1}
    cases = [
        ({"frequency_penalty": 0.5}, openai.BadRequestError, "frequency_penalty", "unsupported_parameter"),
        ({"logit_bias": {"5": 1}}, openai.BadRequestError, "logit_bias", "unsupported_parameter"),
        ({"extra_body": {"temprature": 1}}, openai.BadRequestError, "temprature", "unknown_parameter"),
        ({"temperature": 3}, openai.BadRequestError, "temperature", "decimal_above_max_value"),
        ({"max_tokens": 1_000_000}, openai.BadRequestError, "max_tokens", "context_length_exceeded"),
        ({"model": "gpt"}, openai.NotFoundError, "model", "model_not_found"),
    ]
    for change, kind, parameter, code in cases:
        try:
            client.completions.create(**{**asked, **change})
            check(False, f"{change} is not refused")
        except kind as error:
            check((error.param, error.code, error.type) == (parameter, code, "invalid_request_error"), f"{change} is refused with {error}")


def guarded(program, model):
    """A server with a token in its environment."""
    import os

    os.environ["AUTODIDACT_API_TOKEN"] = "planted-token"
    try:
        with serving(program, model) as server:
            try:
                openai.OpenAI(base_url=server.url, api_key="wrong", max_retries=0).models.list()
                check(False, "a wrong token is taken")
            except openai.AuthenticationError as error:
                check(error.code == "invalid_api_key", f"{error}")
            listed = openai.OpenAI(base_url=server.url, api_key="planted-token", max_retries=0).models.list().data
            check(len(listed) == 1, f"models: {listed}")
        check("planted" not in "".join(server.said), "the server shows its token")
    finally:
        del os.environ["AUTODIDACT_API_TOKEN"]


if __name__ == "__main__":
    main(*sys.argv[1:])
