"""transformers' `generate` with its cache; no row ends early."""

import time

import torch
from transformers import GenerationConfig, LlamaForCausalLM


class Generator:
    def __init__(self, folder: str):
        self.model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()

    def generate(self, prompts: list, temperature: float, new_tokens: int) -> dict:
        sampling = (
            {"do_sample": True, "temperature": temperature, "top_k": 0} if temperature > 0 else {"do_sample": False}
        )
        config = GenerationConfig(
            max_new_tokens=new_tokens, pad_token_id=0, use_cache=True, disable_compile=True, **sampling
        )
        self.model.generation_config = config  # the folder's own would end rows at its end token
        tokens = torch.tensor(prompts)
        started, cpu_started = time.perf_counter(), time.process_time()
        with torch.inference_mode():
            result = self.model.generate(tokens, attention_mask=torch.ones_like(tokens))
        wall, cpu = time.perf_counter() - started, time.process_time() - cpu_started
        written = result[:, tokens.shape[1] :]
        assert written.shape[1] == new_tokens, f"expected {new_tokens} tokens, got {written.shape[1]}"
        return {"wallMs": 1e3 * wall, "cpuMs": 1e3 * cpu, "tokens": written.tolist()}
