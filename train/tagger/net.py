"""The net: a BERT encoder in plain torch (the lower layers of all-MiniLM-L6-v2) with token, mark and arc heads.

Outputs, for a batch of B windows of L pieces:
    tokens  (B, L, K)  logits of the labels of labels.py: event types, marks of an event, roles, MUC-4 roles
    left    (B, L, R*D), right (B, L, R*D)  the two sides of the arc scores: score of role r from piece i to piece j =
            left[i, r] . right[j, r] / sqrt(D) + bias[r]   (the last of the D columns carries the bias of the role)
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from torch import Tensor, nn

ARC_SIZE = 32


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self, size: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1, self.norm2 = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = self.qkv(x).split(x.shape[-1], -1)
        x = self.norm1(x + self.drop(self.out(self.mix(q, k, v, mask))))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))

    def mix(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
        """Attention of each head over the pieces; all (B, L, size)."""
        b, n, size = q.shape
        q, k, v = (t.reshape(b, n, self.heads, size // self.heads).transpose(1, 2) for t in (q, k, v))
        return nn.functional.scaled_dot_product_attention(q, k, v, mask.to(q.dtype)).transpose(1, 2).reshape(b, n, size)


class Tagger(nn.Module):
    """Encoder of `layers` layers, and the heads."""

    def __init__(self, config: dict[str, int], layers: int, labels: int, arcs: int) -> None:
        super().__init__()
        size = config["hidden_size"]
        self.arcs = arcs
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.kinds = nn.Embedding(2, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(size, config["num_attention_heads"], config["intermediate_size"]) for _ in range(layers)
        )
        self.drop = nn.Dropout(0.1)
        self.tokens = nn.Linear(size, labels)
        self.left, self.right = nn.Linear(size, arcs * ARC_SIZE), nn.Linear(size, arcs * ARC_SIZE)

    def encode(self, ids: Tensor, attend: Tensor, frozen: int = 0) -> Tensor:
        """Piece vectors (B, L, size). Gradients stop below layer `frozen`."""
        mask = (1.0 - attend[:, None, None, :].to(torch.float32)) * -1e4
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]] + self.kinds.weight[0])
        for number, layer in enumerate(self.layers):
            if number == frozen and self.training:
                x = x.detach()
            x = layer(x, mask)
        return x

    def forward(self, ids: Tensor, attend: Tensor, frozen: int = 0) -> tuple[Tensor, Tensor, Tensor]:
        x = self.drop(self.encode(ids, attend, frozen))
        return self.tokens(x), self.left(x), self.right(x)


def arc_scores(left: Tensor, right: Tensor, arcs: int) -> Tensor:
    """Logits (arcs, I, J) from the rows of `left` (I, arcs*D) to those of `right` (J, arcs*D) of one window."""
    a = left.reshape(-1, arcs, ARC_SIZE).permute(1, 0, 2)
    b = right.reshape(-1, arcs, ARC_SIZE).permute(1, 0, 2)
    b = torch.cat([b[..., :-1], torch.ones_like(b[..., -1:])], -1)
    return (a @ b.transpose(1, 2)) / math.sqrt(ARC_SIZE)


def pretrained(folder: Path, layers: int, labels: int, arcs: int) -> Tagger:
    """A tagger with the weights of the sentence encoder in `folder` (config.json, model.safetensors) and new heads."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    held = load_file(folder / "model.safetensors")
    net = Tagger(config, layers, labels, arcs)
    with torch.no_grad():
        copy(net.words, held, "embeddings.word_embeddings")
        copy(net.places, held, "embeddings.position_embeddings")
        copy(net.kinds, held, "embeddings.token_type_embeddings")
        copy(net.norm, held, "embeddings.LayerNorm")
        for number, layer in enumerate(net.layers):
            at = f"encoder.layer.{number}."
            parts = [f"{at}attention.self.{name}." for name in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([held[f"{p}weight"] for p in parts]))
            layer.qkv.bias.copy_(torch.cat([held[f"{p}bias"] for p in parts]))
            copy(layer.out, held, f"{at}attention.output.dense")
            copy(layer.norm1, held, f"{at}attention.output.LayerNorm")
            copy(layer.up, held, f"{at}intermediate.dense")
            copy(layer.down, held, f"{at}output.dense")
            copy(layer.norm2, held, f"{at}output.LayerNorm")
    return net


def copy(part: nn.Module, held: dict[str, Tensor], name: str) -> None:
    for key, value in part.named_parameters():
        value.copy_(held[f"{name}.{key}"])
