import type { PlanJobEventRow } from '#read-store';
import { planJobRow } from '../testing/plan-job-row.js';
import { renderPlanJobEvent } from './render-plan-job-event.js';

const event = (message: string): PlanJobEventRow => ({
  id: 12,
  type: 'out_message',
  timestamp: '2026-01-01T00:00:00.000Z',
  detail: { at: null, message: { value: message }, isVerbose: false },
});
/** Nothing of these events stands elsewhere. */
const render = (message: string) =>
  JSON.parse(renderPlanJobEvent(event(message), planJobRow(), null as never) as string) as object;

describe('a message in a list of events', () => {
  it('has at most 1024 bytes, and whole characters', () => {
    expect(render('x'.repeat(1024))).toHaveProperty('details.message', 'x'.repeat(1024));
    expect(render('x'.repeat(1025))).toHaveProperty('details.message', 'x'.repeat(1024));
    expect(render(`x${'é'.repeat(600)}`)).toHaveProperty('details.message', `x${'é'.repeat(511)}`);
  });
});
