/**
 * Server-sent events as chat endpoints send them: `data: <JSON>` lines, at the end `data: [DONE]`.
 * Source: WHATWG HTML, "Server-sent events"; only `data` is read, comments and other fields are skipped.
 */

/** The data of each event, without `[DONE]`. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  let data: string[] = [];
  for await (const text of body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)) {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      if (line !== '' || data.length === 0) continue;
      const event = data.join('\n');
      data = [];
      if (event !== '[DONE]') yield event;
    }
  }
  // Some servers end without an empty line.
  if (rest.startsWith('data:')) data.push(rest.slice(5).trim());
  if (data.length > 0 && data.join('\n') !== '[DONE]') yield data.join('\n');
}
