"""An optimiser step of transformers' Llama in torch eager, on the batch as TRL pads it: prompts on their left,
completions on their right, every prompt once for each of its completions, logits for completions alone."""

import time

import torch
import torch.nn.functional as F
from transformers import LlamaForCausalLM

LOSS_FIELDS = ("oldLogProbs", "advantages", "weights")
MICRO_BATCHES = 4  # the whole batch, a half, a quarter and an eighth


class Training:
    def __init__(self, folder: str, groups: list, update: dict):
        self.folder, self.update = folder, update
        rows = [(group["prompt"], completion) for group in groups for completion in group["completions"]]
        longest_prompt = max(len(prompt) for prompt, _ in rows)
        self.completion_length = max(len(completion["tokens"]) for _, completion in rows)
        length = longest_prompt + self.completion_length
        self.tokens = torch.zeros(len(rows), length, dtype=torch.long)
        self.mask = torch.zeros(len(rows), length, dtype=torch.long)
        self.loss_fields = {name: torch.zeros(len(rows), self.completion_length) for name in LOSS_FIELDS}
        for row, (prompt, completion) in enumerate(rows):
            start, end = longest_prompt - len(prompt), longest_prompt + len(completion["tokens"])
            self.tokens[row, start:end] = torch.tensor(prompt + completion["tokens"])
            self.mask[row, start:end] = 1
            for name, values in self.loss_fields.items():
                values[row, : len(completion["tokens"])] = torch.tensor(completion[name])
        self.micro_batch = len(rows)

    def prepare(self, threads: list) -> dict:
        """The first step, from the weights as given; then the threads and micro-batch with which a step is fastest."""
        self.load()
        first = self.step()
        tried = {}
        for count in threads:
            torch.set_num_threads(count)
            for halvings in range(MICRO_BATCHES):
                self.micro_batch = len(self.tokens) >> halvings
                tried[count, self.micro_batch] = self.step()["wallMs"]
        count, self.micro_batch = min(tried, key=tried.get)
        torch.set_num_threads(count)
        names = {choice: f"threads {choice[0]}, rows {choice[1]}" for choice in tried}
        best = names[count, self.micro_batch]
        return {"first": first, "tried": {names[choice]: wall for choice, wall in tried.items()}, "best": best}

    def load(self) -> None:
        self.model = LlamaForCausalLM.from_pretrained(self.folder, dtype=torch.float32).train()
        matrices = [p for p in self.model.parameters() if p.dim() > 1]
        vectors = [p for p in self.model.parameters() if p.dim() == 1]
        groups = [
            {"params": matrices, "weight_decay": self.update["weightDecay"]},
            {"params": vectors, "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=self.update["learningRate"], fused=True)

    def step(self) -> dict:
        started, cpu_started = time.perf_counter(), time.process_time()
        loss = 0.0
        for start in range(0, len(self.tokens), self.micro_batch):
            part = self.loss(slice(start, start + self.micro_batch))
            part.backward()
            loss += part.item()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.update["maxGradientNorm"])
        self.optimizer.step()
        self.optimizer.zero_grad()
        wall, cpu = time.perf_counter() - started, time.process_time() - cpu_started
        return {"wallMs": 1e3 * wall, "cpuMs": 1e3 * cpu, "loss": loss, "gradientNorm": norm.item()}

    def loss(self, rows: slice) -> torch.Tensor:
        length = self.completion_length
        tokens = self.tokens[rows]
        logits = self.model(tokens, self.mask[rows], logits_to_keep=length + 1, use_cache=False).logits[:, :-1]
        targets = tokens[:, -length:]
        log_probs = -F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none").view_as(targets)
        old, advantages, weights = (self.loss_fields[name][rows] for name in LOSS_FIELDS)
        ratio = (log_probs - old).exp()
        clipped = ratio.clamp(1 - self.update["clipLow"], 1 + self.update["clipHigh"])
        return -(torch.min(ratio * advantages, clipped * advantages) * weights).sum()
