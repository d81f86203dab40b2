import type { JsonObject, Stored } from '#domain';
import { openJetStreamValues, store } from '#large-values';
import type { LargeValues } from '#large-values';
import type { JobRow } from '#read-store';
import { startBroker } from '../../../test/setup/broker.js';
import type { TestBroker } from '../../../test/setup/broker.js';
import { withWholeParams } from './whole-params.js';

let broker: TestBroker;
let values: LargeValues;
beforeAll(async () => {
  broker = await startBroker();
  values = await openJetStreamValues(await broker.connect('values'));
});
afterAll(() => broker?.stop());

const jobWith = (params: Stored<JsonObject>) => ({ id: 7, spec: { command: 'task', params } }) as unknown as JobRow;
const whole = (params: Stored<JsonObject>) => withWholeParams(jobWith(params), values);

describe('a job with large parameters', () => {
  it('has them wherever they stand', async () => {
    const params = { message: 'é'.repeat(100_000) };
    const stored = await store(params, values);
    expect(stored).toHaveProperty('sha256');
    expect(await whole(stored)).toEqual(jobWith({ value: params }));
    expect(await whole({ value: { message: 'é' } })).toEqual(jobWith({ value: { message: 'é' } }));
  });

  it('keeps their digest where they are lost', async () => {
    const lost = { sha256: 'a'.repeat(64), size: 70_000 };
    expect(await whole(lost)).toEqual(jobWith(lost));
  });
});
