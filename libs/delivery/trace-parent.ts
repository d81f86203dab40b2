import { hash, randomUUID } from 'node:crypto';

const TRACE_ID_CHARACTERS = 32;

/**
 * Names the place of a request in a trace: all attempts of a run are in one, each request is a span of its own. It is
 * marked as recorded, since the log has it.
 * @see https://www.w3.org/TR/trace-context/
 */
export function traceParent(runId: string): string {
  return `00-${hash('sha256', runId).slice(0, TRACE_ID_CHARACTERS)}-${spanId()}-01`;
}

/** Of a random UUID, which costs a tenth of eight random bytes, the characters without a meaning. */
function spanId(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 4) + uuid.slice(-12);
}
