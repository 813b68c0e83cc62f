import { isObject, type JsonObject } from '../folder/json-file.ts';
import { BrokenAnswer } from './endpoint.ts';

/** One finished choice of an answer. */
export interface Choice {
  readonly text: string;
  /** Empty where the server gives no log-probabilities. */
  readonly tokens: readonly { readonly token: string; readonly logProb: number }[];
  /** It hit the limit of tokens. */
  readonly isTruncated: boolean;
}

/**
 * Puts an answer's events together, one choice or several interleaved; an answer that is not streamed is one event.
 * Rejects with {@link BrokenAnswer} where a choice has no end, or where there is none at all.
 */
export async function receiveChoices(
  events: AsyncIterable<JsonObject>,
  most: number,
  onText: (text: string, choice: number) => void,
): Promise<readonly Choice[]> {
  const parts = new Map<number, Part>();
  for await (const event of events) {
    for (const choice of objectsIn(event['choices'])) {
      const index = Number(choice['index'] ?? 0);
      if (index >= most) continue;
      const part = parts.get(index) ?? { text: '', tokens: [], end: null };
      parts.set(index, part);
      const said = choice['delta'] ?? choice['message'];
      const text = isObject(said) ? said['content'] : null;
      if (typeof text === 'string' && text !== '') {
        part.text += text;
        onText(text, index);
      }
      const logProbs = choice['logprobs'];
      for (const { token, logprob } of objectsIn(isObject(logProbs) ? logProbs['content'] : null)) {
        part.tokens.push({ token: String(token), logProb: Number(logprob) });
      }
      if (typeof choice['finish_reason'] === 'string') part.end = choice['finish_reason'];
    }
  }
  const choices = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  if (choices.length === 0) throw new BrokenAnswer('the answer holds no choices');
  if (choices.some(({ end }) => end === null)) throw new BrokenAnswer('the answer ended before its choices did');
  return choices.map(({ text, tokens, end }) => ({ text, tokens, isTruncated: end === 'length' }));
}

interface Part {
  text: string;
  readonly tokens: { readonly token: string; readonly logProb: number }[];
  end: string | null;
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
