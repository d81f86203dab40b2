import { text } from 'node:stream/consumers';
import type { Json, JsonObject } from '#domain';
import { openJetStreamValues, store } from '#large-values';
import type { LargeValues } from '#large-values';
import type { PlanJobEventDetail, PlanJobRow } from '#read-store';
import { startBroker } from '../../../test/setup/broker.js';
import type { TestBroker } from '../../../test/setup/broker.js';
import { renderPlanJobEvent } from '../list-plan-job-events/render-plan-job-event.js';
import { renderPlanJob } from '../list-plan-jobs/render-plan-job.js';
import { links } from '../testing/links.js';
import { planJobRow } from '../testing/plan-job-row.js';
import { wholePlanJobEvent } from './whole-plan-job-event.js';
import { isWholePlanJob } from './whole-plan-job.js';

let broker: TestBroker;
let values: LargeValues;
beforeAll(async () => {
  broker = await startBroker();
  values = await openJetStreamValues(await broker.connect('values'));
});
afterAll(() => broker?.stop());

const LOST = { sha256: 'a'.repeat(64), size: 70_000 };
const long = 'é'.repeat(100_000);

async function stored(value: Json) {
  const large = await store(value, values);
  if ('value' in large) throw new Error('the value is small, expected one of more than 64 kB');
  return large;
}

/** The JSON of what is rendered, at once or in pieces. */
async function jsonOf(rendered: string | AsyncIterable<string>): Promise<unknown> {
  return JSON.parse(typeof rendered === 'string' ? rendered : await text(rendered));
}

describe('a plan job whose parameters and result are large', () => {
  const shown = { links, nowMs: 0, withResult: true };
  const withLarge = (params: PlanJobRow['spec']['params'], large: PlanJobRow['large']) =>
    planJobRow({ spec: { ...planJobRow().spec, params }, large });

  it('shows them wherever they stand', async () => {
    const row = withLarge(await stored({ long }), await stored([long]));
    expect(isWholePlanJob(row)).toBe(false);
    expect(await jsonOf(renderPlanJob(row, shown, values))).toMatchObject({
      options: { parameters: { long, targets: ['a', 'b'] } },
      result: [long],
    });
  });

  it('shows the digests of those that are lost', async () => {
    expect(await jsonOf(renderPlanJob(withLarge(LOST, LOST), shown, values))).toMatchObject({
      options: { parameters: LOST },
      result: LOST,
    });
  });

  it('leaves the result out where it is not asked for', async () => {
    const item = await jsonOf(renderPlanJob(withLarge({ value: {} }, null), { ...shown, withResult: false }, values));
    expect(item).not.toHaveProperty('result');
  });
});

describe('an event with a large value', () => {
  const event = (type: 'out_message' | 'evaluated' | 'plan_finished', detail: Omit<PlanJobEventDetail, 'at'>) => ({
    id: 12,
    type,
    timestamp: '2026-01-01T00:00:00.000Z',
    detail: { at: null, ...detail },
  });
  const details = async (row: ReturnType<typeof event>, planJob = planJobRow()) =>
    ((await jsonOf(renderPlanJobEvent(row, planJob, values))) as { details: JsonObject }).details;

  it('has the beginning of a message in a list, and all of it alone', async () => {
    const row = event('out_message', { message: await stored(long), isVerbose: false });
    expect(await details(row)).toHaveProperty('message', 'é'.repeat(512));
    const [whole] = await wholePlanJobEvent(row, planJobRow(), values);
    expect(whole.detail.message).toEqual({ value: long });
  });

  it('has the value, or its digest where it is lost', async () => {
    expect(await details(event('evaluated', { value: await stored([long]) }))).toEqual({ value: [long] });
    expect(await details(event('evaluated', { value: LOST }))).toEqual({ value: LOST });
  });

  it('that ends the plan has its result', async () => {
    const planJob = planJobRow({ large: await stored({ long }) });
    expect(await details(event('plan_finished', {}), planJob)).toEqual({ 'plan-id': '9', result: { long } });
  });
});
