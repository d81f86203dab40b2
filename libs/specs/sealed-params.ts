import { INLINE_BYTES } from '#agent-protocol';
import type { JsonObject, SealedParams } from '#domain';
import type { Sealer } from '#sealing';
import { ParamsRefused } from './params-refused.js';

export interface SplitParams {
  readonly open: JsonObject;
  readonly sensitive: JsonObject;
}

/**
 * Tells the parameters whose values must not be seen from the others.
 * @throws ParamsRefused when they are too large for the message in which they go to a node
 */
export function splitParams(params: JsonObject, sensitiveNames: readonly string[]): SplitParams {
  const entries = Object.entries(params);
  const sensitive = Object.fromEntries(entries.filter(([name]) => sensitiveNames.includes(name)));
  const open = Object.fromEntries(entries.filter(([name]) => !sensitiveNames.includes(name)));
  const bytes = Buffer.byteLength(JSON.stringify(sensitive));
  if (bytes <= INLINE_BYTES) return { open, sensitive };
  const names = Object.keys(sensitive);
  throw new ParamsRefused(
    `The sensitive parameters ${names.join(', ')} have ${bytes} bytes of JSON together, expected at most ${INLINE_BYTES}`,
    names,
  );
}

/** Values that only their command opens; null: there are none. */
export function sealParams(secrets: JsonObject, commandId: string, sealer: Pick<Sealer, 'seal'>): SealedParams | null {
  const values = Object.entries(secrets).map(([name, value]) => [name, sealer.seal(commandId, name, value)] as const);
  return values.length === 0 ? null : { commandId, values: Object.fromEntries(values) };
}
