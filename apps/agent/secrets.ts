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

export function secretsOf(message: RunMessage): Secrets {
  if (message.kind === 'deploy') return NO_SECRETS;
  return { params: message.secrets, target: message.targetSecrets ?? {} };
}

export const areSecrets = ({ params, target }: Secrets) => Object.keys({ ...params, ...target }).length > 0;
