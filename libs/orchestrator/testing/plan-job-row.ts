import type { Subject } from '#domain';
import type { PlanJobRow } from '#read-store';

/** A plan job of a test, pending where nothing else is said. */
export const planJobRow = (over: Partial<PlanJobRow> = {}): PlanJobRow => ({
  id: 9,
  state: 'pending',
  spec: {
    command: 'plan',
    plan: 'facts::info',
    environment: 'production',
    noop: false,
    params: { value: { loud: true } },
    sensitive: ['password'],
    found: { targets: { query: 'nodes { }' } },
    timeoutS: null,
    concurrency: null,
  },
  targets: { targets: ['a', 'b'] },
  owner: { id: 'ann', login: 'ann' } as Subject,
  description: 'just the facts',
  scheduledJob: null,
  userdata: { ticket: 'T-1' },
  createdAt: '2026-01-01T00:00:00.500Z',
  startedAt: null,
  finishedAt: null,
  result: null,
  large: null,
  ...over,
});
