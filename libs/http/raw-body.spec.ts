import { Readable } from 'node:stream';
import { Controller, Delete, Post, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { createHttpApp } from './http-app.js';
import { acceptRawBodies } from './raw-body.js';

@Controller()
class ThingsController {
  @Post('things')
  take(@Req() { rawBody }: FastifyRequest) {
    return { bytes: rawBody?.toString() ?? null };
  }

  @Delete('things')
  drop(@Req() { rawBody }: FastifyRequest) {
    return { bytes: rawBody?.toString() ?? null };
  }
}

let app: NestFastifyApplication;
beforeAll(async () => {
  const options = { logger: pino({ level: 'silent' }), guard: null, tls: null, acceptBodies: acceptRawBodies };
  app = await createHttpApp({ module: class {}, controllers: [ThingsController] }, options);
  await app.init();
});
afterAll(() => app.close());

describe('a raw body', () => {
  it.each([undefined, 'application/json', 'text/plain', 'multipart/form-data', 'nonsense', ''])(
    'is taken as it is, with the type %j',
    async (type) => {
      const headers = type === undefined ? {} : { 'content-type': type };
      const answer = await app.inject({ method: 'POST', url: '/things', headers, payload: Buffer.from('{"a"') });
      expect([answer.statusCode, answer.json()]).toEqual([201, { bytes: '{"a"' }]);
    },
  );

  it('is taken where its length is not told', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    const answer = await app.inject({ method: 'POST', url: '/things', headers, payload: Readable.from(['a', 'b']) });
    expect(answer.json()).toEqual({ bytes: 'ab' });
  });

  it('may be missing, whatever its type', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'DELETE', url: '/things', headers });
    expect([answer.statusCode, answer.json()]).toEqual([200, { bytes: null }]);
  });

  it('is refused above 4 MiB', async () => {
    const payload = Buffer.alloc(4 * 1024 * 1024 + 1);
    expect((await app.inject({ method: 'POST', url: '/things', payload })).statusCode).toBe(413);
  });
});
