"""Writes the trained network as int8 ONNX with its tokenizer and labels."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from pipelines.coding.classifier.training.network import BASE, Network

_OPSET = 17


def export(network: Network, folder: Path) -> None:
    """model.onnx and tokenizer.json."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _trace(network, plain)
        # 7 of 8 bits of a weight: processors without VNNI add up two products in 16 bits, which 8 bits would overflow.
        quantize_dynamic(
            plain, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    onnx.checker.check_model(folder / "model.onnx")
    shutil.copyfile(BASE / "tokenizer.json", folder / "tokenizer.json")


def _trace(network: Network, path: Path) -> None:
    torch.onnx.export(
        network.eval().float(),
        (torch.randint(1000, 20_000, (1, 24)),),
        path,
        input_names=["input_ids"],
        output_names=["logits"],
        dynamic_axes={"input_ids": {0: "sentences", 1: "tokens"}, "logits": {0: "sentences"}},
        opset_version=_OPSET,
        dynamo=False,
    )


def write_facts(folder: Path, classes: Sequence[str], temperature: float) -> None:
    """labels.json: the classes in the network's order, and the temperature."""
    told = {"classes": list(classes), "temperature": round(temperature, 4)}
    (folder / "labels.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
