"""A causal language model of bytes, small enough for a laptop: the plainest decoder there is."""

from typing import Any, Final

import torch
from torch import nn
from torch.nn import functional as F

BYTES: Final = 256
MOST_PARAMETERS: Final = 5_000_000


class Block(nn.Module):
    """Attention to what stands before, then two layers of neurons; both add to what came in."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention, self.before_neurons = nn.LayerNorm(width), nn.LayerNorm(width)
        self.asked = nn.Linear(width, 3 * width)
        self.told = nn.Linear(width, width)
        self.neurons = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        batch, length, width = states.shape
        parts = self.asked(self.before_attention(states)).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        states = states + self.told(seen.transpose(1, 2).reshape(batch, length, width))
        return states + self.neurons(self.before_neurons(states))


class ByteModel(nn.Module):
    """Logits of the next byte at every place; input and output share their vectors."""

    def __init__(self, width: int = 192, layers: int = 4, heads: int = 4, context: int = 256) -> None:
        super().__init__()
        self.context = context
        self.vectors, self.places = nn.Embedding(BYTES, width), nn.Embedding(context, width)
        self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(layers)))
        self.last = nn.LayerNorm(width)
        self.apply(_initialise)
        assert sum(each.numel() for each in self.parameters()) <= MOST_PARAMETERS

    def read(self, text: bytes) -> torch.Tensor:
        """Return logits of what follows each byte of a text."""
        return self(torch.tensor([list(text)], device=self.vectors.weight.device))[0]

    def forward(self, data: torch.Tensor) -> torch.Tensor:
        states = self.vectors(data) + self.places(torch.arange(data.shape[1], device=data.device))
        return F.linear(self.last(self.blocks(states)), self.vectors.weight)


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
    if isinstance(module, nn.Linear):
        nn.init.zeros_(module.bias)


def train(
    text: bytes, seed: int, steps: int, batch: int = 8, rate: float = 1e-3, device: str = "cpu", **shape: Any
) -> ByteModel:
    """Return a model trained on windows of a text, drawn by the seed; the same seed gives the same model."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(mode=True)
    torch.set_float32_matmul_precision("high")
    # The fast ways to attend on a GPU add up in no fixed order.
    torch.backends.cuda.enable_flash_sdp(enabled=False)
    torch.backends.cuda.enable_mem_efficient_sdp(enabled=False)
    torch.backends.cuda.enable_cudnn_sdp(enabled=False)
    model = ByteModel(**shape).to(device)
    data = torch.frombuffer(bytearray(text), dtype=torch.uint8).to(device)
    window = torch.arange(model.context + 1, device=device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.1, betas=(0.9, 0.95))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    drawn = torch.Generator().manual_seed(seed)
    for _ in range(steps):
        starts = torch.randint(len(data) - model.context, (batch, 1), generator=drawn)
        windows = data[starts.to(device) + window].long()
        loss = F.cross_entropy(model(windows[:, :-1]).flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return model.eval()
