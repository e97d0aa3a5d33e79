"""Fits the adapter of the embedded weights to labelled articles: a LoRA, on two cores of a CPU.

The weights stay as they are, quantised: what is fitted are two thin matrices beside each matrix of
the upper half of the layers (Hu and others 2021, arXiv:2106.09685). The lower half is only run
forward, once for each question, which saves more than a third of the time of two epochs. A run that
was stopped goes on where it was. Needs the dependency group `fit`.
"""

import hashlib
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from gguf.quants import dequantize
from torch.nn import functional
from transformers import AutoTokenizer, Qwen2Config, Qwen2ForCausalLM, Qwen2Model

from evals.questions import Question
from extractor.errors import SetupError

RANK, ALPHA = 16, 32.0
RATE = 3e-4
"""Of learning, at its highest: after the first steps, then down a cosine to a twentieth."""
_WARM_UP = 16
_FIRST = 14
"""The first of the 28 layers that is fitted."""
_TOKENS = 1400
"""In one step, questions and answers, filled up to the longest of them."""
_ALIKE = 64
"""Questions among which those of like length go together."""
_END = "<|im_end|>"

_FITTED = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
"""The matrices of a layer, as transformers and as llama.cpp call them."""

_OTHERS = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}

_SAVED = 600
"""Seconds between two states kept."""


@dataclass(slots=True)
class Example:
    """A question and its answer in tokens."""

    asked: list[int]
    answer: list[int]
    below: Any = None
    """What the lower half of the layers makes of them, once it was run: tokens by width."""

    @property
    def tokens(self) -> list[int]:
        """Both, one after the other."""
        return [*self.asked, *self.answer]

    @property
    def length(self) -> int:
        """Tokens of both."""
        return len(self.asked) + len(self.answer)


class Lora(torch.nn.Module):
    """A fixed matrix, and two thin ones beside it that are fitted."""

    def __init__(self, base: torch.nn.Linear) -> None:
        """Begin as `base` alone: the second matrix is zero."""
        super().__init__()
        self.base = base
        inner = torch.randn(RANK, base.in_features) / math.sqrt(base.in_features)
        self.a = torch.nn.Parameter(inner)
        self.b = torch.nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Both together."""
        thin = functional.linear(functional.linear(x, self.a.to(x.dtype)), self.b.to(x.dtype))
        return self.base(x) + ALPHA / RANK * thin


def fit(
    weights: Path,
    questions: Sequence[Question],
    output: Path,
    *,
    epochs: int,
    onto: Path | None = None,
    most_steps: int | None = None,
    say: Callable[[str], None],
) -> None:
    """Fit an adapter and write it as a GGUF file that llama.cpp loads.

    Beside it a file `.state` is kept while it is fitted; with that, the same call goes on.

    Args:
        weights: the embedded ones.
        questions: with their right answers.
        output: where to.
        epochs: how often each question is learnt from.
        onto: an adapter to begin with; None begins with one that changes nothing.
        most_steps: after which it ends, with a random part of the questions; None learns from all.
        say: told how far it is.
    """
    torch.manual_seed(1)
    order = random.Random(1)  # noqa: S311  # the same each time
    loaded, tokenizer = _loaded(weights)
    fitted = _fitted(loaded)
    if onto:
        _take_up(fitted, onto)
    model = _Halves(loaded)
    examples = [_tokens(tokenizer, one) for one in questions]
    steps = [one for _ in range(epochs) for one in _batches(examples, order)][:most_steps]
    parameters = [one for lora in fitted.values() for one in (lora.a, lora.b)]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    what = f"{len(steps)} {onto} {[one.tokens for one in examples]}"
    state = _State(output, what, parameters, optimizer)
    losses: list[float] = []
    for done in range(state.done, len(steps)):
        batch = steps[done]
        for group in optimizer.param_groups:
            group["lr"] = _rate(done, len(steps))
        loss = model.loss(batch)
        (loss / sum(len(one.answer) for one in batch)).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses = [*losses, loss.item() / len(batch)][-10:]
        state.keep(done + 1)
        say(f"{done + 1} of {len(steps)} steps, {sum(losses) / len(losses):.2f} nats an answer")
    _write(output, fitted)
    state.drop()


def _rate(done: int, steps: int) -> float:
    """The rate of learning after so many steps of all."""
    falling = 0.05 + 0.95 * (1 + math.cos(math.pi * done / steps)) / 2
    return RATE * min(1.0, (done + 1) / _WARM_UP) * falling


class _State:
    """How far a fit is, kept in a file beside the output."""

    def __init__(self, output: Path, what: str, parameters: list[Any], optimizer: Any) -> None:
        """Take up what is kept of the same fit."""
        self._file = output.with_name(output.name + ".state")
        self._what = hashlib.sha256(what.encode()).hexdigest()
        self._parameters, self._optimizer = parameters, optimizer
        self._kept = time.monotonic()
        self.done = 0
        """Steps done."""
        if not self._file.exists():
            return
        kept = torch.load(self._file, weights_only=True)
        if kept["what"] != self._what:
            raise SetupError(
                f"{str(self._file)!r} is of a fit to other questions: delete it, or name another "
                "output"
            )
        self.done = kept["done"]
        optimizer.load_state_dict(kept["optimizer"])
        with torch.no_grad():
            for mine, theirs in zip(parameters, kept["parameters"], strict=True):
                mine.copy_(theirs)

    def keep(self, done: int) -> None:
        """Keep the state after so many steps, if it is time to."""
        if time.monotonic() - self._kept < _SAVED:
            return
        self._kept = time.monotonic()
        part = self._file.with_suffix(".part")
        kept = {
            "what": self._what,
            "done": done,
            "optimizer": self._optimizer.state_dict(),
            "parameters": [one.detach() for one in self._parameters],
        }
        torch.save(kept, part)
        part.replace(self._file)

    def drop(self) -> None:
        """Keep it no longer."""
        self._file.unlink(missing_ok=True)


def _loaded(weights: Path) -> tuple[Any, Any]:
    """The model with what its weights are worth, and its tokenizer."""
    reader = gguf.GGUFReader(weights)

    def told(name: str) -> Any:
        return reader.fields[name].contents()

    config = Qwen2Config(
        vocab_size=len(told("tokenizer.ggml.tokens")),
        hidden_size=told("qwen2.embedding_length"),
        intermediate_size=told("qwen2.feed_forward_length"),
        num_hidden_layers=told("qwen2.block_count"),
        num_attention_heads=told("qwen2.attention.head_count"),
        num_key_value_heads=told("qwen2.attention.head_count_kv"),
        rms_norm_eps=told("qwen2.attention.layer_norm_rms_epsilon"),
        rope_parameters={"rope_type": "default", "rope_theta": told("qwen2.rope.freq_base")},
        tie_word_embeddings="output.weight" not in {one.name for one in reader.tensors},
    )
    values = {
        _name(one.name): torch.from_numpy(dequantize(one.data, one.tensor_type).copy())
        for one in reader.tensors
    }
    model = Qwen2ForCausalLM(config).to(_quicker())
    model.load_state_dict(values, strict=not config.tie_word_embeddings)
    model.requires_grad_(False).eval()
    return model, AutoTokenizer.from_pretrained(weights.parent, gguf_file=weights.name)


def _quicker() -> torch.dtype:
    """16 bits or 32, whichever this processor multiplies faster, which no flag of it tells."""
    taken: dict[torch.dtype, float] = {}
    for kind in (torch.bfloat16, torch.float32):
        left, right = (torch.ones(_TOKENS, _TOKENS, dtype=kind) for _ in range(2))
        left @ right
        begin = time.perf_counter()
        left @ right
        taken[kind] = time.perf_counter() - begin
    return min(taken, key=lambda kind: taken[kind])


def _name(tensor: str) -> str:
    """What transformers calls a tensor of llama.cpp's."""
    called = {**_OTHERS, **{theirs: ours for ours, theirs in _FITTED.items()}}
    block, *rest = tensor.split(".")
    if block != "blk":
        return ".".join([called[block], *rest])
    layer, matrix, kind = rest
    return f"model.layers.{layer}.{called[matrix]}.{kind}"


def _fitted(model: Any) -> dict[str, Lora]:
    """The matrices that are fitted, put into the model, by llama.cpp's names."""
    fitted: dict[str, Lora] = {}
    for number, layer in enumerate(model.model.layers):
        for path, theirs in _FITTED.items() if number >= _FIRST else ():
            part, name = path.split(".")
            holder = getattr(layer, part)
            lora = Lora(getattr(holder, name))
            setattr(holder, name, lora)
            fitted[f"blk.{number}.{theirs}.weight"] = lora
    return fitted


def _take_up(fitted: dict[str, Lora], adapter: Path) -> None:
    """Begin with the matrices of an adapter that was written here."""
    kept = {one.name: torch.from_numpy(one.data.copy()) for one in gguf.GGUFReader(adapter).tensors}
    with torch.no_grad():
        for name, lora in fitted.items():
            lora.a.copy_(kept[f"{name}.lora_a"])
            lora.b.copy_(kept[f"{name}.lora_b"])


def _tokens(tokenizer: Any, question: Question) -> Example:
    text = tokenizer.apply_chat_template(
        question.messages, tokenize=False, add_generation_prompt=True
    )
    asked, answer = (
        tokenizer(one, add_special_tokens=False)["input_ids"]
        for one in (text, question.answer + _END)
    )
    return Example(asked, answer)


def _batches(examples: Sequence[Example], order: random.Random) -> list[list[Example]]:
    """All examples in a new order, those of like length together."""
    shuffled = order.sample(list(examples), len(examples))
    batches = [
        batch
        for at in range(0, len(shuffled), _ALIKE)
        for batch in _filled(sorted(shuffled[at : at + _ALIKE], key=lambda one: one.length))
    ]
    order.shuffle(batches)
    return batches


def _filled(examples: Sequence[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for one in examples:
        if batch and one.length * (len(batch) + 1) > _TOKENS:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


class _Halves:
    """The layers that stay as they are, and those that are fitted."""

    def __init__(self, model: Any) -> None:
        """Take a model apart."""
        self._below = _part(model, slice(None, _FIRST))
        self._below.norm = torch.nn.Identity()
        self._above = _part(model, slice(_FIRST, None))
        self._head = model.lm_head

    def loss(self, batch: Sequence[Example]) -> torch.Tensor:
        """The nats of all answers, each token after those before it."""
        mask = _padded([torch.ones(one.length, dtype=torch.long) for one in batch])
        if any(one.below is None for one in batch):
            tokens = _padded([torch.tensor(one.tokens) for one in batch])
            with torch.no_grad():
                seen = self._below(input_ids=tokens, attention_mask=mask, use_cache=False)
            for one, states in zip(batch, seen.last_hidden_state, strict=True):
                one.below = states[: one.length].clone()
        below = _padded([one.below for one in batch])
        seen = self._above(inputs_embeds=below, attention_mask=mask, use_cache=False)
        rows = [row for row, one in enumerate(batch) for _ in one.answer]
        before = [at - 1 for one in batch for at in range(len(one.asked), one.length)]
        right = torch.tensor([token for one in batch for token in one.answer])
        guesses = self._head(seen.last_hidden_state[rows, before]).float()
        return functional.cross_entropy(guesses, right, reduction="sum")


def _padded(rows: list[Any]) -> Any:
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)


def _part(model: Any, which: slice) -> Any:
    """A model of some of the layers, which are those of `model` themselves."""
    layers = model.model.layers[which]
    config = Qwen2Config.from_dict(
        {**model.config.to_dict(), "num_hidden_layers": len(layers), "layer_types": None}
    )
    with torch.device("meta"):
        part = Qwen2Model(config)
    part.embed_tokens, part.layers, part.norm = model.model.embed_tokens, layers, model.model.norm
    part.rotary_emb = model.model.rotary_emb
    return part.eval()


def _write(output: Path, fitted: dict[str, Lora]) -> None:
    """Write what was fitted in llama.cpp's form."""
    writer = gguf.GGUFWriter(output, "qwen2")
    writer.add_string("general.type", "adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", ALPHA)
    for name, lora in fitted.items():
        for end, matrix in (("lora_a", lora.a), ("lora_b", lora.b)):
            writer.add_tensor(f"{name}.{end}", matrix.detach().numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
