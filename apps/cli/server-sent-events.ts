/** A message of a stream of server-sent events. */
export interface Message {
  /** Null: it has none. */
  readonly id: string | null;
  readonly type: string;
  readonly data: string;
}

/**
 * The messages of a stream, however it is cut into pieces. Comments and what stands after the last whole message are
 * left out.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* messagesIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of pieces) {
    const blocks = (text + decoder.decode(piece, { stream: true })).split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const message = messageOf(block);
      if (message) yield message;
    }
  }
}

function messageOf(block: string): Message | null {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields.set(name, value!);
  }
  const data = fields.get('data');
  return data === undefined ? null : { id: fields.get('id') ?? null, type: fields.get('event') ?? 'message', data };
}
