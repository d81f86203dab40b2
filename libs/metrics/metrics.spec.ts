import fc from 'fast-check';
import type { RecordedEvent } from '#domain';
import { exposition } from './exposition.js';
import { followLag, projectionMetrics } from './projection-metrics.js';
import { newRegistry } from './registry.js';
import { writerMetrics } from './writer-metrics.js';

const event = (type: string, data: object, time = '2027-05-05T12:00:00.250Z') =>
  ({ type, data, time }) as RecordedEvent;

describe('what the writer measures', () => {
  it('is how late occurrences fire, and how many are skipped for which reason', async () => {
    const registry = newRegistry();
    const { note } = writerMetrics(registry, () => ({ commands: 3 }));
    const occurrence = '2027-05-05T12:00:00.000Z';
    note([
      event('daybook.scheduled-job.fired', { occurrence }),
      event('daybook.app-job.fired', { occurrence, trigger: 'schedule' }),
      event('daybook.app-job.fired', { occurrence, trigger: 'request' }),
      event('daybook.app-job.skipped', { reason: 'paused', count: 7 }),
      event('daybook.app-job.given-up', {}),
      event('daybook.job.node-errored', {}),
    ]);
    const text = await exposition([await registry.getMetricsAsJSON()]);
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'daybook_lateness_seconds_sum{of="app-job"} 0.25',
        'daybook_lateness_seconds_count{of="app-job"} 1',
        'daybook_occurrences_total{of="scheduled-job",outcome="fired",reason=""} 1',
        'daybook_occurrences_total{of="app-job",outcome="skipped",reason="paused"} 7',
        'daybook_delivery_attempts_total{outcome="given-up"} 1',
        'daybook_node_runs_total{outcome="errored"} 1',
        'daybook_queued{lane="commands"} 3',
      ]),
    );
  });
});

describe('what several threads measure', () => {
  it('stands in one text', async () => {
    const [one, other] = [newRegistry(), newRegistry()];
    writerMetrics(one, () => ({}));
    projectionMetrics(other, () => ({ events: 5, seconds: 1.5 }));
    const text = await exposition([await one.getMetricsAsJSON(), await other.getMetricsAsJSON()]);
    expect(text).toContain('daybook_projection_lag_events 5');
    expect(text).toContain('# TYPE daybook_commit_seconds histogram');
  });
});

describe('the lag of the read models', () => {
  it('counts from the first event that they do not show', () => {
    let nowMs = 0;
    const { onStored, onShown, lag } = followLag(() => nowMs);
    expect(lag()).toEqual({ events: 0, seconds: 0 });
    onStored(10);
    nowMs = 2000;
    onStored(12);
    expect(lag()).toEqual({ events: 12, seconds: 2 });
    onShown(11);
    expect(lag()).toEqual({ events: 1, seconds: 2 });
    onShown(12);
    expect(lag()).toEqual({ events: 0, seconds: 0 });
  });

  it('is no longer than some event was not shown, and twice that at most, however many come', () => {
    const delays = fc.array(fc.record({ pauseMs: fc.integer({ min: 1, max: 50 }), behind: fc.nat({ max: 5 }) }));
    fc.assert(
      fc.property(delays, (steps) => {
        let nowMs = 0;
        const { onStored, onShown, lag } = followLag(() => nowMs);
        const storedMs = [0];
        let [shown, longestMs] = [0, 0];
        for (const { pauseMs, behind } of steps) {
          nowMs += pauseMs;
          onStored(storedMs.push(nowMs) - 1);
          const oldestMs = () => (shown + 1 < storedMs.length ? nowMs - storedMs[shown + 1]! : 0);
          longestMs = Math.max(longestMs, oldestMs());
          expect(lag().seconds * 1000).toBeGreaterThanOrEqual(oldestMs());
          shown = Math.max(shown, storedMs.length - 1 - behind);
          onShown(shown);
          expect(lag().seconds * 1000).toBeGreaterThanOrEqual(oldestMs());
          expect(lag().seconds * 1000).toBeLessThanOrEqual(2 * longestMs);
        }
      }),
    );
  });
});
