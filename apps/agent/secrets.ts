import type { RunMessage, TargetSecrets } from '#agent-protocol';
import type { JsonObject } from '#domain';

/** What of a run is in memory only. */
export interface Secrets {
  /** Sensitive parameters. */
  readonly params: JsonObject;
  /** What opens the host on which it runs. */
  readonly target: TargetSecrets;
}

export const NO_SECRETS: Secrets = { params: {}, target: {} };

export function secretsOf({ secrets, targetSecrets }: RunMessage): Secrets {
  return { params: secrets, target: targetSecrets ?? {} };
}

export const areSecrets = ({ params, target }: Secrets) => Object.keys({ ...params, ...target }).length > 0;
