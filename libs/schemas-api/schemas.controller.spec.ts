import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpApp } from '#http';
import { readKeptSchemas } from './kept-schemas.js';
import { SchemasApiModule } from './schemas-api.module.js';

const kept = readKeptSchemas();

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  app = await createHttpApp(SchemasApiModule.forRoot(), { logger: pino({ level: 'silent' }), guard: null, tls: null });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

describe('the address in a dataschema', () => {
  it.each([...kept.keys()])('%s gives the schema that is kept', async (address) => {
    const answer = await fetch(new URL(address, url));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/schema+json');
    expect(await answer.text()).toBe(kept.get(address));
  });

  it.each([
    '/schemas/daybook.job.created/0',
    '/schemas/daybook.job.created/1.json',
    '/schemas/daybook.job.exploded/1',
    '/schemas/..%2Fdocs/errors',
  ])('%s, which no event has, is answered in the form of all errors', async (address) => {
    const answer = await fetch(new URL(address, url));
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      kind: 'daybook/unknown-route',
      msg: `There is no schema ${decodeURIComponent(address)}, expected the dataschema of an event`,
    });
  });
});
