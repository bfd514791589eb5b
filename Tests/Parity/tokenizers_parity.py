"""Tokenizers of the package `tokenizers`, to hold Autodidact's against.

make OUT     trains one tokenizer for each family and writes OUT/tokenizers/FAMILY/: tokenizer.json, and what the package makes of many texts.
check OUT    nothing: the Swift side compares.
fixture DIR  writes the small committed form of make.
"""

import json
import pathlib
import random
import sys
import unicodedata

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

QWEN2 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
LLAMA3 = QWEN2.replace(r"|\p{N}| ", r"|\p{N}{1,3}| ")

WORDS = """the of and to in is you that it he was for on are as with his they at be this have from or one had by word but not what all
were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make
like him into time has look two more write go see number no way could people my than first water been call who oil its now find long down
day did get come made may part naïve café Straße jalapeño señor Übung привет мир Ελλάδα שלום مرحبا नमस्ते 東京 日本語 中文 한국어 ไทย
def return import self None True while print lambda range class elif except yield assert""".split()
SCRIPTS = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F),
           (0xE00, 0xE7F), (0x1100, 0x11FF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2100, 0x218F), (0x2200, 0x22FF), (0x3000, 0x30FF),
           (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F64F), (0x20000, 0x2A6DF)]
SPACES = [" ", "  ", "   ", "\t", "\n", "\r\n", "\n\n", "\r", "\u00a0", "\u2003", "\u3000", "\u2028", "\u0085", "\v", "\f", " \n ", "\u200b"]
EMOJI = ["👍🏽", "👩‍👩‍👧‍👦", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "❤️‍🔥", "🇩🇪🇯🇵", "😀", "1️⃣"]
CONTRACTIONS = ["'s", "'S", "'t", "'T", "'re", "'RE", "'Re", "'ve", "'VE", "'m", "'M", "'ll", "'LL", "'lL", "'d", "'D", "'ſ", "’s", "'x"]
MARKS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|im_start", "|>", "<s>", "</s>", "<unk>", "<0x41>", "<0xE2>", "▁", "▁▁", "[MASK]"]


def character(rng):
    while True:
        low, high = rng.choice(SCRIPTS)
        scalar = chr(rng.randint(low, high))
        if unicodedata.category(scalar) not in ("Cn", "Cs", "Co"):
            return scalar


def piece(rng, marks):
    kind = rng.randrange(14)
    if kind < 4:
        word = rng.choice(WORDS)
        return rng.choice(["", " "]) + rng.choice([word, word.upper(), word.capitalize(), unicodedata.normalize("NFD", word)])
    if kind == 4:
        return rng.choice(["", " "]) + str(rng.randrange(10 ** rng.randrange(1, 9)))
    if kind == 5:
        return "".join(rng.choice("٠١٢٣٤۵७৯０９Ⅷ½²1") for _ in range(rng.randrange(1, 6)))
    if kind == 6:
        return "".join(rng.choice(SPACES) for _ in range(rng.randrange(1, 4)))
    if kind == 7:
        return rng.choice(EMOJI)
    if kind == 8:
        return rng.choice(WORDS) + rng.choice(CONTRACTIONS)
    if kind == 9:
        return rng.choice(" =+-_*/\\.,:;!?#@$%^&()[]{}<>|~`\"'") * rng.randrange(1, 5)
    if kind == 10:
        return "".join(character(rng) for _ in range(rng.randrange(1, 8)))
    if kind == 11:
        return chr(rng.choice([*range(0x20), 0x7F, *range(0x80, 0xA0), 0xFEFF, 0xFFFD, 0xFFFF, 0x10FFFF]))
    if kind == 12:
        return rng.choice("aeounAEOU") + "".join(chr(rng.randint(0x300, 0x345)) for _ in range(rng.randrange(1, 4)))
    return rng.choice(MARKS) if marks else " "


def text(rng, marks=True):
    if rng.randrange(40) == 0:
        return rng.choice([" ", "a", "\n", "=", "🙂", "é", "9", "ab ", "\t ", "▁"]) * rng.randrange(50, 400)
    return "".join(piece(rng, marks) for _ in range(rng.choice([1, 2, 3, 5, 8, 13, 21])))


def bpe(rng, corpus, pre, *, specials, normalizer=None, size=900, **options):
    tokenizer = Tokenizer(models.BPE(**options))
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    if pre is not None:
        tokenizer.pre_tokenizer = pre
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=specials, show_progress=False, limit_alphabet=500,
                                  initial_alphabet=[] if options else pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(corpus, trainer)
    return tokenizer


def byte_level(rng, corpus, pre, **options):
    tokenizer = bpe(rng, corpus, pre, specials=["<|endoftext|>", "<|im_start|>", "<|im_end|>"], **options)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def split(pattern):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"),
                                    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def changed(tokenizer, change):
    """The tokenizer with its file edited."""
    document = json.loads(tokenizer.to_str())
    change(document)
    return Tokenizer.from_str(json.dumps(document))


def with_bytes(document):
    """Puts the 256 byte tokens after <unk>, <s> and </s>, as sentencepiece does, and turns byte fallback on."""
    vocabulary = document["model"]["vocab"]
    names = [name for name, _ in sorted(vocabulary.items(), key=lambda item: item[1])]
    names = names[:3] + [f"<0x{byte:02X}>" for byte in range(256)] + names[3:]
    document["model"]["vocab"] = {name: number for number, name in enumerate(names)}
    document["model"]["byte_fallback"] = True


def gpt2(rng, corpus):
    return byte_level(rng, corpus, pre_tokenizers.ByteLevel(add_prefix_space=False))


def smollm(rng, corpus):
    return byte_level(rng, corpus, pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),
                                                            pre_tokenizers.ByteLevel(add_prefix_space=False)]))


def qwen2(rng, corpus):
    tokenizer = byte_level(rng, corpus, split(QWEN2), normalizer=normalizers.NFC())
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    return tokenizer


def llama3(rng, corpus):
    tokenizer = byte_level(rng, corpus, split(LLAMA3))

    def change(document):
        model = document["model"]
        model["ignore_merges"] = True
        # Words that no merge reaches: only ignore_merges finds them.
        for word in ["ĠnaÃ¯ve", "Ġqqzz", "123", "ĠcafÃ©"]:
            model["vocab"].setdefault(word, len(model["vocab"]))

    tokenizer = changed(tokenizer, change)
    begin = "<|endoftext|>"
    tokenizer.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=True),
        processors.TemplateProcessing(single=f"{begin} $A", pair=f"{begin} $A {begin} $B", special_tokens=[(begin, 0)])])
    return tokenizer


def sentencepiece(rng, corpus, pre, normalizer, decoder, fallback=True, **options):
    options = dict(dict(unk_token="<unk>", fuse_unk=True), **options)
    tokenizer = bpe(rng, corpus, pre, specials=["<unk>", "<s>", "</s>"], normalizer=normalizer, **options)
    if fallback:
        tokenizer = changed(tokenizer, with_bytes)
    tokenizer.decoder = decoder
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    return tokenizer


def llama_decoder():
    return decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])


def llama2(rng, corpus):
    # Trained on words, as sentencepiece is, but run without cutting them.
    tokenizer = sentencepiece(rng, corpus, pre_tokenizers.Metaspace(prepend_scheme="always"), None, llama_decoder())

    def change(document):
        document["pre_tokenizer"] = None
        document["normalizer"] = {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}

    return changed(tokenizer, change)


def metaspace(rng, corpus, scheme, cut, **options):
    pre = pre_tokenizers.Metaspace(prepend_scheme=scheme, split=cut)
    return sentencepiece(rng, corpus, pre, None, options.pop("decoder", None) or llama_decoder(), **options)


def flags(rng, corpus):
    """Added tokens with every flag."""
    tokenizer = byte_level(rng, corpus, pre_tokenizers.ByteLevel(add_prefix_space=False))
    tokenizer.add_tokens([AddedToken("|>", single_word=True, normalized=False), AddedToken("<s>", lstrip=True, normalized=False),
                          AddedToken("<unk>", rstrip=True, normalized=True), AddedToken("</s>", lstrip=True, rstrip=True),
                          AddedToken("café", single_word=True, lstrip=True, rstrip=True, normalized=True)])
    return tokenizer


FAMILIES = {
    "gpt2": gpt2, "smollm": smollm, "qwen2": qwen2, "llama3": llama3, "llama2": llama2, "flags": flags,
    "metaspace-first": lambda rng, corpus: metaspace(rng, corpus, "first", False),
    "metaspace-always-split": lambda rng, corpus: metaspace(rng, corpus, "always", True, decoder=decoders.Metaspace(prepend_scheme="always")),
    "metaspace-never": lambda rng, corpus: metaspace(rng, corpus, "never", True, decoder=decoders.Metaspace(prepend_scheme="never")),
    "unknown-fused": lambda rng, corpus: metaspace(rng, corpus, "always", False, fallback=False),
    "unknown": lambda rng, corpus: metaspace(rng, corpus, "always", True, fallback=False, fuse_unk=False),
}


def ranges(pattern):
    """The characters that a regular expression of the package matches, as inclusive ranges."""
    characters = "".join(chr(scalar) for scalar in range(0x110000) if not 0xD800 <= scalar < 0xE000)
    marked = normalizers.Replace(Regex(pattern), "\ue000").normalize_str(characters.replace("\ue000", " "))
    found = [scalar if scalar < 0xD800 else scalar + 0x800 for scalar, mark in enumerate(marked) if mark == "\ue000"]
    result = []
    for scalar in found:
        if result and result[-1][1] == scalar - 1:
            result[-1][1] = scalar
        else:
            result.append([scalar, scalar])
    return result


def cases(tokenizer, rng, count):
    texts = [text(rng) for _ in range(count)]
    framed = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    special = [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
    tokenizer.encode_special_tokens = True
    plain = [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
    tokenizer.encode_special_tokens = False
    sequences = [[rng.randrange(tokenizer.get_vocab_size()) for _ in range(rng.randrange(1, 24))] for _ in range(count // 3)]
    # The bytes of whole and broken characters, which random ids rarely make.
    sequences += [rng.sample(ids, len(ids)) for ids in plain[: count // 3]] + [ids[rng.randrange(3):] for ids in plain[: count // 3]]
    return {
        "texts": texts, "plain": plain, "special": special, "framed": framed,
        "decoded": [{"ids": ids, "text": tokenizer.decode(ids), "withSpecial": tokenizer.decode(ids, skip_special_tokens=False)}
                    for ids in sequences],
    }


def write(folder, families, count, corpus_size, **options):
    for name in families:
        rng = random.Random(f"{name} 1")
        corpus = [text(rng, marks=False) for _ in range(corpus_size)]
        tokenizer = FAMILIES[name](rng, corpus)
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(place / "tokenizer.json"), pretty=False)
        (place / "cases.json").write_text(json.dumps(cases(tokenizer, rng, count), separators=(",", ":")))


def main(mode, folder):
    folder = pathlib.Path(folder)
    if mode == "make":
        write(folder / "tokenizers", FAMILIES, 2400, 4000)
        classes = {"letter": ranges(r"\p{L}"), "number": ranges(r"\p{N}"), "space": ranges(r"\s"), "unassigned": ranges(r"\p{Cn}")}
        (folder / "tokenizers" / "classes.json").write_text(json.dumps(classes))
    elif mode == "fixture":
        write(folder, ["llama3", "llama2"], 60, 400)
    elif mode != "check":
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
