"""Fine-tunes the network on examples: deterministic for one machine and one version of PyTorch."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from pipelines.coding.classifier.model import MAX_TOKENS
from pipelines.coding.classifier.training.examples import Example, with_company
from pipelines.coding.classifier.training.network import BASE, Network


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the outcome besides the examples. The rates are the usual ones for an encoder of this size."""

    n_layers: int = 4  # six read a sentence in 2 ms instead of 1.3, and know 1 % more
    n_epochs: int = 8
    batch_size: int = 32
    encoder_rate: float = 8e-5
    head_rate: float = 2e-3
    smoothing: float = 0.05  # writers err, and ACLED's own coders differ on one sentence in ten
    company: float = 0.3  # leads and captions have two sentences about as often
    warmup: float = 0.1
    seed: int = 20221
    n_threads: int = 1  # two wait for each other on a busy machine, and the result depends on their number


Batch = tuple[torch.Tensor, torch.Tensor]


def load_tokenizer() -> Tokenizer:
    """The base encoder's word pieces, cut as at run time."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def learn(examples: Sequence[Example], classes: Sequence[str], recipe: Recipe) -> Network:
    """The trained network, ready to read."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.n_threads)
    network = Network(len(classes), recipe.n_layers)
    batches = _Batches(examples, classes, recipe)
    n_steps = recipe.n_epochs * len(batches)
    optimizer, schedule = _optimizer(network, recipe, n_steps)
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=recipe.smoothing)
    network.train()
    for epoch in range(recipe.n_epochs):
        total = 0.0
        for ids, wanted in batches.shuffled():
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network(ids), wanted)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += float(loss)
        print(f"epoch {epoch + 1} of {recipe.n_epochs}: loss {total / len(batches):.3f}", flush=True)  # noqa: T201
    network.eval()
    return network


def _optimizer(
    network: Network, recipe: Recipe, n_steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW; the new head learns faster than the encoder; a short rise, then a straight fall to nothing."""
    head = list(network.head.parameters())
    groups = [
        {"params": list(network.encoder.encoder.parameters()), "lr": recipe.encoder_rate},
        {"params": head, "lr": recipe.head_rate},
    ]
    n_warm = max(1, int(recipe.warmup * n_steps))
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rate = lambda n: min((n + 1) / n_warm, (n_steps - n) / max(1, n_steps - n_warm))  # noqa: E731
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


class _Batches:
    """Examples as tensors, batched with others of about their length, so that little is padded."""

    def __init__(self, examples: Sequence[Example], classes: Sequence[str], recipe: Recipe) -> None:
        self._place = {name: n for n, name in enumerate(classes)}
        self._examples = list(examples)
        self._tokenizer = load_tokenizer()
        self._recipe = recipe
        self._chance = random.Random(recipe.seed)  # noqa: S311

    def __len__(self) -> int:
        return math.ceil(len(self._examples) / self._recipe.batch_size)

    def shuffled(self) -> Iterator[Batch]:
        """All examples once, in a new order and with new company; lengths are sorted with some noise."""
        told = with_company(self._examples, self._recipe.company, self._chance)
        encoded = self._tokenizer.encode_batch([e.text for e in told])
        rows = [(e.ids, self._place[x.name]) for e, x in zip(encoded, told, strict=True)]
        order = sorted(range(len(rows)), key=lambda n: len(rows[n][0]) + self._chance.uniform(-4, 4))
        starts = list(range(0, len(rows), self._recipe.batch_size))
        self._chance.shuffle(starts)
        for start in starts:
            yield pad([rows[n] for n in order[start : start + self._recipe.batch_size]])


def pad(rows: Sequence[tuple[list[int], int]]) -> Batch:
    """Token ids filled up with 0, and the classes. Few widths: the arithmetic library prepares itself for each."""
    width = -(-max(len(ids) for ids, _ in rows) // 8) * 8
    ids = torch.tensor([ids + [0] * (width - len(ids)) for ids, _ in rows])
    return ids, torch.tensor([n for _, n in rows])
