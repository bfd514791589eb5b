"""Writes a Qwen3 model directory with random weights, for both sides to load.

usage: make_model.py FOLDER WIDTH BLOCKS FEED_FORWARD
"""
import sys

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

folder = sys.argv[1]
width, blocks, feed_forward = map(int, sys.argv[2:5])
torch.manual_seed(0)

end = "<|endoftext|>"
letters = sorted(pre_tokenizers.ByteLevel.alphabet())
tokenizer = Tokenizer(models.BPE(vocab={end: 0, **{letter: i + 1 for i, letter in enumerate(letters)}}, merges=[]))
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
# As a special token it is among the added ones, where both sides look for it.
tokenizer.add_special_tokens([end])
PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=end, pad_token=end).save_pretrained(folder)

model = Qwen3ForCausalLM(
    Qwen3Config(
        vocab_size=320, hidden_size=width, intermediate_size=feed_forward, num_hidden_layers=blocks,
        num_attention_heads=width // 32, num_key_value_heads=width // 64, head_dim=32, max_position_embeddings=4096,
        tie_word_embeddings=True, eos_token_id=0, pad_token_id=0, bos_token_id=0,
    )
)
model.save_pretrained(folder)
