import { createHash } from 'node:crypto';
import type { RecordedEvent, SealedParams } from '#domain';

/**
 * The data of an event as an auditor needs them: digests of passwords and tokens are left out, and in the place of what
 * is sealed stands a fingerprint by which one sealed value is told from another.
 */
export function withoutSecrets(event: RecordedEvent): object {
  switch (event.type) {
    case 'daybook.subject.password-set':
      return { id: event.data.id };
    case 'daybook.token.issued': {
      const { digest: _, ...data } = event.data;
      return data;
    }
    case 'daybook.agent.invited': {
      const { tokenDigest: _, ...data } = event.data;
      return data;
    }
    case 'daybook.app.defined':
      return { ...event.data, token: fingerprints(event.data.token) };
    case 'daybook.scheduled-job.resealed':
      return { ...event.data, sealed: fingerprints(event.data.sealed) };
    case 'daybook.scheduled-job.scheduled':
    case 'daybook.scheduled-job.edited':
    case 'daybook.job.created':
    case 'daybook.plan-job.created': {
      const { spec } = event.data;
      if (spec.command === 'deploy' || spec.sealed === null) return event.data;
      return { ...event.data, spec: { ...spec, sealed: fingerprints(spec.sealed) } };
    }
    default:
      return event.data;
  }
}

/** By the names of the values; null: there are none. */
function fingerprints(sealed: SealedParams | null): Readonly<Record<string, string>> | null {
  return sealed && Object.fromEntries(Object.entries(sealed.values).map(([name, text]) => [name, fingerprint(text)]));
}

const fingerprint = (text: string) => `sealed ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
