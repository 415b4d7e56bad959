"""Writes trained weights as a model folder that dateline loads: ONNX, int8 per channel.

usage: export.py WEIGHTS.pt FOLDER --start FOLDER [--card card.toml] [--check DATA]

    FOLDER/model.onnx, tokenizer.json, card.toml     --card: what people wrote about the model; the hashes are added here
    --check   figures of the float net and of the int8 one on own.jsonl of DATA, side by side
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import onnxruntime
import torch
from labels import ARCS, TOKENS
from net import ARC_SIZE, Tagger, pretrained
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from train import LAYERS, figures, load, windows_of


class Fused(torch.autograd.Function):
    """Attention without a mask, as the one operator of onnxruntime that does it whole."""

    @staticmethod
    def forward(_: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        b, n, size = q.shape
        q, k, v = (t.reshape(b, n, heads, size // heads).transpose(1, 2) for t in (q, k, v))
        return nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, n, size)

    @staticmethod
    def symbolic(graph: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        return graph.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


class Shipped(nn.Module):
    """The net as it is shipped: windows of one text are equally long, so nothing is masked; arc sides are ready to multiply."""

    def __init__(self, net: Tagger) -> None:
        super().__init__()
        self.net = net
        for layer in net.layers:
            layer.mix = lambda q, k, v, _, heads=layer.heads: Fused.apply(q, k, v, heads)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        tokens, left, right = self.net(ids, torch.ones_like(ids, dtype=torch.float32))
        keep = torch.ones(len(ARCS), ARC_SIZE)
        keep[:, -1] = 0
        right = right * keep.reshape(-1) + (1 - keep).reshape(-1)
        return tokens, left / ARC_SIZE**0.5, right


class Quantised(nn.Module):
    """The int8 net behind the face of the float one, for `figures`."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])

    def forward(self, ids: Tensor, attend: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        tokens, left, right = (torch.from_numpy(part) for part in self.session.run(None, {"ids": ids.numpy()}))
        return tokens, left * ARC_SIZE**0.5, right


def write(net: Tagger, start: Path, folder: Path, card: str) -> None:
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "float.onnx"
        names = ["tokens", "left", "right"]
        torch.onnx.export(
            Shipped(net),
            (torch.full((2, 16), 1000),),
            str(whole),
            input_names=["ids"],
            output_names=names,
            dynamic_axes={name: {0: "windows", 1: "pieces"} for name in ("ids", *names)},
            dynamo=False,
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
        )
        quantize_dynamic(whole, folder / "model.onnx", per_channel=True, weight_type=QuantType.QInt8)
    shutil.copy(start / "tokenizer.json", folder / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    lines = [card.strip(), "", "[files]  # sha256"]
    files = [folder / name for name in ("model.onnx", "tokenizer.json")]
    lines += [f'"{path.name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"' for path in files]
    lines += ["", "[outputs]", f"labels = {list(TOKENS)}".replace("'", '"'), f"arcs = {list(ARCS)}".replace("'", '"')]
    (folder / "card.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--card", type=Path, default=Path(__file__).with_name("card.toml"))
    parser.add_argument("--check", type=Path, metavar="DATA")
    options = parser.parse_args()
    net = pretrained(options.start, LAYERS, len(TOKENS), len(ARCS))
    net.load_state_dict(torch.load(options.weights))
    write(net, options.start, options.folder, options.card.read_text(encoding="utf-8"))
    if options.check:
        tokenizer = Tokenizer.from_file(str(options.folder / "tokenizer.json"))
        windows = [w for row in load(options.check / "own.jsonl") for w in windows_of(row, tokenizer)]
        for name, one in (("float", net), ("int8", Quantised(options.folder / "model.onnx"))):
            print(name, {key: round(value, 4) for key, value in figures(one, windows).items()}, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
