"""Published chat templates as transformers renders them, to hold Autodidact's conversation formats against.

make OUT     writes OUT/templates/NAME/: a tokenizer with the template, and what apply_chat_template makes of conversations.
check OUT    loads what Autodidact saved in OUT/templates/NAME/saved, and renders the conversations with it.
fixture DIR  writes the small committed form of make: texts without token ids.
"""

import json
import pathlib
import random
import sys

from tokenizers import AddedToken
from transformers import AutoTokenizer, PreTrainedTokenizerFast

import tokenizers_parity

CHATML_TURNS = """{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"""
CHATML_OPEN = """{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"""


def chatml_with(system):
    return ("{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\n" + system
            + "<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
            "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")


TOOLS = r'''
    {{- "KEYWORDS# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>" }}
    {%- for tool in tools %}
        {{- "\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call><|im_end|>\n" }}
{%- else %}'''.lstrip("\n")

TOOL_ANSWERS = r'''
    {%- elif message.role == "tool" %}
        {%- if FIRST or (messages[loop.index0 - 1].role != "tool") %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\n<tool_response>\n' }}
        {{- CONTENT }}
        {{- '\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
            {{- '<|im_end|>\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
'''.lstrip("\n")


def qwen25(system):
    return (r'''
{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0]['role'] == 'system' %}
        {{- messages[0]['content'] }}
    {%- else %}
        {{- 'SYSTEM' }}
    {%- endif %}
'''.lstrip("\n") + TOOLS.replace("KEYWORDS", r"\n\n") + r'''
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}
    {%- else %}
        {{- '<|im_start|>system\nSYSTEM<|im_end|>\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {{- '<|im_start|>' + message.role }}
        {%- if message.content %}
            {{- '\n' + message.content }}
        {%- endif %}
        {%- for tool_call in message.tool_calls %}
            {%- if tool_call.function is defined %}
                {%- set tool_call = tool_call.function %}
            {%- endif %}
            {{- '\n<tool_call>\n{"name": "' }}
            {{- tool_call.name }}
            {{- '", "arguments": ' }}
            {{- tool_call.arguments | tojson }}
            {{- '}\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\n' }}
''' + TOOL_ANSWERS.replace("FIRST", "(loop.index0 == 0)").replace("CONTENT", "message.content") + "{%- endif %}\n").replace("SYSTEM", system)


QWEN3_NEW = (r'''{%- for message in messages %}
    {%- if message.content is string %}
        {%- set content = message.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\n' + content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {%- set reasoning_content = '' %}
        {%- if message.reasoning_content is string %}
            {%- set reasoning_content = message.reasoning_content %}
        {%- else %}
            {%- if '</think>' in content %}
                {%- set reasoning_content = content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
                {%- set content = content.split('</think>')[-1].lstrip('\n') %}
            {%- endif %}
        {%- endif %}
''', " and message.content is string", "content")
QWEN3_OLD = (r'''{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {%- set content = message.content %}
        {%- set reasoning_content = '' %}
        {%- if message.reasoning_content is defined and message.reasoning_content is not none %}
            {%- set reasoning_content = message.reasoning_content %}
        {%- else %}
            {%- if '</think>' in message.content %}
                {%- set content = message.content.split('</think>')[-1].lstrip('\n') %}
                {%- set reasoning_content = message.content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
            {%- endif %}
        {%- endif %}
''', "", "message.content")


def qwen3(form):
    head, is_string, content = form
    return (r'''
{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0].role == 'system' %}
        {{- messages[0].content + '\n\n' }}
    {%- endif %}
'''.lstrip("\n") + TOOLS.replace("KEYWORDS", "") + r'''
    {%- if messages[0].role == 'system' %}
        {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
    {%- endif %}
{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user"IS_STRING and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.multi_step_tool = false %}
        {%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
'''.replace("IS_STRING", is_string) + head + r'''
        {%- if loop.index0 > ns.last_query_index %}
            {%- if loop.last or (not loop.last and reasoning_content) %}
                {{- '<|im_start|>' + message.role + '\n<think>\n' + reasoning_content.strip('\n') + '\n</think>\n\n' + content.lstrip('\n') }}
            {%- else %}
                {{- '<|im_start|>' + message.role + '\n' + content }}
            {%- endif %}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\n' + content }}
        {%- endif %}
        {%- if message.tool_calls %}
            {%- for tool_call in message.tool_calls %}
                {%- if (loop.first and content) or (not loop.first) %}
                    {{- '\n' }}
                {%- endif %}
                {%- if tool_call.function %}
                    {%- set tool_call = tool_call.function %}
                {%- endif %}
                {{- '<tool_call>\n{"name": "' }}
                {{- tool_call.name }}
                {{- '", "arguments": ' }}
                {%- if tool_call.arguments is string %}
                    {{- tool_call.arguments }}
                {%- else %}
                    {{- tool_call.arguments | tojson }}
                {%- endif %}
                {{- '}\n</tool_call>' }}
            {%- endfor %}
        {%- endif %}
        {{- '<|im_end|>\n' }}
'''.lstrip("\n") + TOOL_ANSWERS.replace("FIRST", "loop.first").replace("CONTENT", content) + r'''
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\n\n</think>\n\n' }}
    {%- endif %}
{%- endif %}'''.lstrip("\n"))


LLAMA3 = (r"{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + "
          r"'<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}"
          r"{% endif %}{{ content }}{% endfor %}")
LLAMA3_OPEN = r"{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"


def llama31(date, builtin, environment):
    """Llama 3.1 and 3.2 differ in the date and in tools that are built in."""
    def when(text):
        return text if builtin else ""

    return (r'''{{- bos_token }}
{%- if custom_tools is defined %}
    {%- set tools = custom_tools %}
{%- endif %}
{%- if not tools_in_user_message is defined %}
    {%- set tools_in_user_message = true %}
{%- endif %}
{%- if not date_string is defined %}
DATE{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}

{#- This block extracts the system message, so we can slot it into the right place. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}

{#- System messageBUILTIN #}
{{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
{%- if ENVIRONMENTtools is not none %}
    {{- "Environment: ipython\n" }}
{%- endif %}
'''.replace("BUILTIN", when(" + builtin tools")).replace("ENVIRONMENT", environment) + when(r'''
{%- if builtin_tools is defined %}
    {{- "Tools: " + builtin_tools | reject('equalto', 'code_interpreter') | join(", ") + "\n\n"}}
{%- endif %}

''') + r'''{{- "Cutting Knowledge Date: December 2023\n" }}
{{- "Today Date: " + date_string + "\n\n" }}
{%- if tools is not none and not tools_in_user_message %}
    {{- "You have access to the following functions. To call a function, please respond with JSON for a function call." }}
    {{- 'Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}.' }}
    {{- "Do not use variables.\n\n" }}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
        {{- "\n\n" }}
    {%- endfor %}
{%- endif %}
{{- system_message }}
{{- "<|eot_id|>" }}

{#- Custom tools are passed in a user message with some extra guidance #}
{%- if tools_in_user_message and not tools is none %}
    {#- Extract the first user message so we can plug it in here #}
    {%- if messages | length != 0 %}
        {%- set first_user_message = messages[0]['content']|trim %}
        {%- set messages = messages[1:] %}
    {%- else %}
        {{- raise_exception("Cannot put tools in the first user message when there's no first user message!") }}
    {%- endif %}
    {{- '<|start_header_id|>user<|end_header_id|>\n\n' -}}
    {{- "Given the following functions, please respond with a JSON for a function call " }}
    {{- "with its proper arguments that best answers the given prompt.\n\n" }}
    {{- 'Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}.' }}
    {{- "Do not use variables.\n\n" }}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
        {{- "\n\n" }}
    {%- endfor %}
    {{- first_user_message + "<|eot_id|>"}}
{%- endif %}

{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("This model only supports single tool-calls at once!") }}
        {%- endif %}
        {%- set tool_call = message.tool_calls[0].function %}
''' + when(r'''        {%- if builtin_tools is defined and tool_call.name in builtin_tools %}
            {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' -}}
            {{- "<|python_tag|>" + tool_call.name + ".call(" }}
            {%- for arg_name, arg_val in tool_call.arguments | items %}
                {{- arg_name + '="' + arg_val + '"' }}
                {%- if not loop.last %}
                    {{- ", " }}
                {%- endif %}
            {%- endfor %}
            {{- ")" }}
        {%- else  %}
''') + r'''        {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' -}}
        {{- '{"name": "' + tool_call.name + '", ' }}
        {{- '"parameters": ' }}
        {{- tool_call.arguments | tojson }}
        {{- "}" }}
''' + when(r'''        {%- endif %}
        {%- if builtin_tools is defined %}
            {#- This means we're in ipython mode #}
            {{- "<|eom_id|>" }}
        {%- else %}
''') + r'''        {{- "<|eot_id|>" }}
''' + when('''        {%- endif %}
''') + r'''    {%- elif message.role == "tool" or message.role == "ipython" %}
        {{- "<|start_header_id|>ipython<|end_header_id|>\n\n" }}
        {%- if message.content is mapping or message.content is iterable %}
            {{- message.content | tojson }}
        {%- else %}
            {{- message.content }}
        {%- endif %}
        {{- "<|eot_id|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif %}
''').replace("DATE", date)


FIXED_DATE = '    {%- set date_string = "26 Jul 2024" %}\n'
TODAY = ('    {%- if strftime_now is defined %}\n        {%- set date_string = strftime_now("%d %b %Y") %}\n    {%- else %}\n'
         '        {%- set date_string = "26 Jul 2024" %}\n    {%- endif %}\n')
QWEN = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."
SMOLLM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"

# Name: the format that Autodidact must recognise, whose tokenizer, and the template as the named models publish it.
TEMPLATES = {
    "chatml": ("chatml", "qwen", CHATML_TURNS + CHATML_OPEN),  # SmolLM 1, many fine-tuned models
    "chatml-guarded": ("chatml", "qwen", "{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}"
                       + CHATML_TURNS + CHATML_OPEN),  # OpenHermes 2.5, DeepSeek-style guards
    "qwen1.5": ("qwen2", "qwen", chatml_with("You are a helpful assistant")),
    "qwen2": ("qwen2", "qwen", chatml_with("You are a helpful assistant.")),
    "chatml-prepended": ("chatml", "llama2", CHATML_TURNS + CHATML_OPEN),
    "chatml-metaspace": ("chatml", "metaspace-first", CHATML_TURNS + CHATML_OPEN),
    "smollm2": ("smollm2", "qwen", chatml_with(SMOLLM)),
    "qwen2.5": ("qwen2.5", "qwen", qwen25(QWEN)),
    "qwen2.5-base": ("qwen2.5", "qwen", qwen25("You are a helpful assistant.")),
    "qwen2.5-math": ("qwen2.5", "qwen", qwen25("Please reason step by step, and put your final answer within \\\\boxed{}.")),
    "qwen3": ("qwen3", "qwen", qwen3(QWEN3_NEW)),
    "qwen3-first": ("qwen3", "qwen", qwen3(QWEN3_OLD)),
    "llama3": ("llama3", "llama", LLAMA3 + "{% if add_generation_prompt %}" + LLAMA3_OPEN + "{% endif %}"),
    "llama3.1": ("llama3.1", "llama", llama31(FIXED_DATE, True, "builtin_tools is defined or ")),
    "llama3.2": ("llama3.1", "llama", llama31(TODAY, False, "")),
}


def tokenizer(kind, template, corpus_size):
    rng = random.Random(f"{kind} templates")
    corpus = [tokenizers_parity.text(rng, marks=False) for _ in range(corpus_size)]
    corpus += ["system\nuser\nassistant\ntool\n\nipython\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"] * 50
    if kind == "qwen":
        raw = tokenizers_parity.qwen2(rng, corpus)
        raw.add_tokens([AddedToken(mark, special=False, normalized=False) for mark in ["<tool_call>", "</tool_call>", "<think>", "</think>"]])
        return PreTrainedTokenizerFast(tokenizer_object=raw, eos_token="<|im_end|>", pad_token="<|endoftext|>", chat_template=template)
    if kind != "llama":  # what fine-tuned models over sentencepiece do
        raw = tokenizers_parity.FAMILIES[kind](rng, corpus)
        raw.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]])
        return PreTrainedTokenizerFast(
            tokenizer_object=raw, bos_token="<s>", eos_token="<|im_end|>", pad_token="<|endoftext|>", unk_token="<unk>", chat_template=template)
    raw = tokenizers_parity.llama3(rng, corpus)
    raw.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in [
        "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|python_tag|>"]])
    return PreTrainedTokenizerFast(
        tokenizer_object=raw, bos_token="<|begin_of_text|>", eos_token="<|eot_id|>", pad_token="<|endoftext|>", chat_template=template)


def conversation(rng, name, short):
    def words():
        marks = ("<|", "|>", "<s>", "</s>", "<unk>", "<0x")
        content = tokenizers_parity.text(rng, marks=False)[: 16 if short else 400]
        for mark in marks:
            content = content.replace(mark, "")
        return rng.choice(["", "", " ", "\n", "\n\n ", "\t"]) + content + rng.choice(["", "", "\n", "  \r\n", "\x1c"])

    messages = [dict(role="system", content=words())] if rng.randrange(2) else []
    for _ in range(rng.randrange(1, 4)):
        messages.append(dict(role="user", content=words()))
        if rng.randrange(4) == 0:
            messages += [dict(role="assistant", content=words())] + [dict(role="tool", content=words()) for _ in range(rng.randrange(1, 3))]
        answer = words()
        if name.startswith("qwen3") and rng.randrange(2):
            answer = rng.choice(["", "\n"]) + "<think>" + rng.choice(["", "\n"]) + words() + "\n</think>" + rng.choice(["", "\n\n"]) + answer
        messages.append(dict(role="assistant", content=answer))
    return messages if rng.randrange(3) == 0 else messages[:-1]


def render(made, messages, opens, **options):
    options = dict(add_generation_prompt=opens, date_string="26 Jul 2024", **options)
    return (made.apply_chat_template(messages, tokenize=False, **options),
            made.apply_chat_template(messages, tokenize=True, return_dict=False, **options))


def cases(made, name, count, short=False):
    rng = random.Random(f"{name} conversations")
    result = []
    for _ in range(count):
        messages = conversation(rng, name, short)
        case = dict(messages=messages)
        case["text"], case["ids"] = render(made, messages, False)
        case["openText"], case["openIDs"] = render(made, messages, True)
        if name == "qwen3":
            case["quietText"], case["quietIDs"] = render(made, messages, True, enable_thinking=False)
        result.append(case)
    return result


def make(folder):
    for name, (form, kind, template) in TEMPLATES.items():
        made = tokenizer(kind, template, 800)
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        made.save_pretrained(place, save_jinja_files=name in ("qwen3", "llama3"))
        if name == "qwen2.5":  # several templates under names
            path = place / "tokenizer_config.json"
            configuration = json.loads(path.read_text())
            configuration["chat_template"] = [{"name": "tool_use", "template": "{{ 'no' }}"}, {"name": "default", "template": template}]
            path.write_text(json.dumps(configuration))
        (place / "cases.json").write_text(json.dumps(dict(format=form, cases=cases(made, name, 150))))


def check(folder):
    for name in TEMPLATES:
        saved = folder / name / "saved"
        if not saved.exists():
            sys.exit(f"templates: Autodidact saved nothing for {name}")
        loaded = AutoTokenizer.from_pretrained(saved)
        for case in json.loads((folder / name / "cases.json").read_text())["cases"]:
            if render(loaded, case["messages"], True) != (case["openText"], case["openIDs"]):
                sys.exit(f"templates: what Autodidact saved of {name} renders differently: {case['messages']}")
    print(f"templates: {len(TEMPLATES)} saved tokenizers render alike")


def fixture(folder):
    folder.mkdir(parents=True, exist_ok=True)
    result = {}
    for name in ["chatml", "smollm2", "qwen2.5", "qwen3", "llama3", "llama3.2"]:
        form, kind, template = TEMPLATES[name]
        made = tokenizer(kind, template, 50)
        shown = [{key: value for key, value in case.items() if not key.lower().endswith("ids")} for case in cases(made, name, 4, short=True)]
        result[name] = dict(format=form, template=template, cases=shown)
    (folder / "templates.json").write_text(json.dumps(result, indent=1) + "\n")


def main(mode, folder):
    folder = pathlib.Path(folder)
    if mode == "make":
        make(folder / "templates")
    elif mode == "check":
        check(folder / "templates")
    elif mode == "fixture":
        fixture(folder)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
