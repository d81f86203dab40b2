/** An event of a commit, of which nothing is known yet. */
export interface UncheckedEvent {
  readonly id?: unknown;
  readonly source?: unknown;
  readonly type?: unknown;
  readonly data?: unknown;
}

/** The events of a commit's bytes; null: they are no JSON array of objects. */
export function eventsIn({ payload }: { readonly payload: Uint8Array }): readonly UncheckedEvent[] | null {
  try {
    const json: unknown = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
    const isEvents = Array.isArray(json) && json.every((each) => typeof each === 'object' && each !== null);
    return isEvents ? (json as UncheckedEvent[]) : null;
  } catch {
    return null;
  }
}
