import { Writable } from 'node:stream';
import { Controller, Get } from '@nestjs/common';
import { pino } from 'pino';
import type { Subject } from '#domain';
import { createHttpApp } from './http-app.js';

const TOKEN = 'S3CRET-token';

@Controller('orchestrator')
class ThingsController {
  @Get('things')
  things() {
    return {};
  }

  @Get('fault')
  fault(): never {
    throw new TypeError('inner text');
  }
}

describe('the request log', () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const start = async () => {
    const app = await createHttpApp(
      { module: class {}, controllers: [ThingsController] },
      {
        logger: pino({ level: 'trace' }, destination),
        guard: {
          authenticate: () => ({ subject: { id: 'a' } as Subject, permissions: [] }),
          areas: [{ prefix: '/orchestrator', needs: null }],
        },
        tls: null,
      },
    );
    await app.init();
    return app;
  };

  it.each([
    [`/orchestrator/things?token=${TOKEN}&color=red`, 200],
    [`/orchestrator/things?color=red&%74oken=${TOKEN}`, 200],
    [`/orchestrator/things?token=${TOKEN}&token=${TOKEN}`, 401],
    [`/orchestrator/things?revoke_tokens=${TOKEN}&token=b`, 200],
    [`/orchestrator/nosuch?token=${TOKEN}`, 404],
    [`/orchestrator/fault?token=${TOKEN}`, 500],
    [`/orchestrator/things/%zz?token=${TOKEN}`, 400],
  ])('never holds the token of %s', async (url, status) => {
    const app = await start();
    lines.length = 0;
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(status);
    expect(lines.join('')).not.toContain(TOKEN);
    await app.close();
  });

  it('tells what was asked and how it ended, under the id of the request', async () => {
    const app = await start();
    const headers = { 'x-authentication': TOKEN, 'x-request-id': 'r-1' };
    lines.length = 0;
    await app.inject({ url: '/orchestrator/things?color=red', headers });
    const entry = {
      requestId: 'r-1',
      method: 'GET',
      path: '/orchestrator/things',
      query: { color: 'red' },
      status: 200,
    };
    expect(JSON.parse(lines.find((line) => line.includes('"request"'))!)).toMatchObject(entry);
    const answer = await app.inject({ url: '/orchestrator/fault', headers });
    expect(answer.json()).toMatchObject({ kind: 'puppetlabs.orchestrator/unknown-error' });
    expect(answer.body).not.toContain('inner text');
    expect(lines.join('')).toContain('inner text');
    await app.close();
  });
});
