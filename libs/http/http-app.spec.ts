import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { createHttpApp } from './http-app.js';
import { originOf } from './links.js';

@Controller()
class ThingsController {
  @Post('things')
  take(@Body() body: unknown) {
    return { body };
  }

  @Get('origin')
  origin(@Req() request: FastifyRequest) {
    return { origin: originOf(request, null) };
  }
}

let app: NestFastifyApplication;
let port: number;
beforeAll(async () => {
  const module = { module: class {}, controllers: [ThingsController] };
  app = await createHttpApp(module, { logger: pino({ level: 'silent' }), guard: null, tls: null });
  await app.listen(0, '127.0.0.1');
  ({ port } = app.getHttpServer().address() as AddressInfo);
});
afterAll(() => app.close());

interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly json: unknown;
}

async function answerOn(socket: Socket): Promise<RawAnswer> {
  const [head, body] = (await text(socket)).split('\r\n\r\n') as [string, string];
  return { status: Number(head.split(' ')[1]), head, json: JSON.parse(body) as unknown };
}

/** Sends text as it is and reads until the server has nothing more to say. */
async function sendRaw(request: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return answerOn(socket);
}

const line = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`;

describe('a request that the HTTP parser refuses', () => {
  const validation = 'puppetlabs.orchestrator/validation-error';

  it.each<[string, string, number, string]>([
    ['a URL of 20 kB', line(`GET /${'x'.repeat(20_000)} HTTP/1.1`, 'Host: a'), 431, 'daybook/head-too-large'],
    ['a URL of 200 kB', line(`GET /${'x'.repeat(200_000)} HTTP/1.1`, 'Host: a'), 431, 'daybook/head-too-large'],
    ['a method that HTTP does not have', line('FETCH / HTTP/1.1', 'Host: a'), 400, validation],
    ['two lengths', line('POST / HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2'), 400, validation],
    ['text', 'hello\r\n\r\n', 400, validation],
  ])('for %s is answered in the form of all errors', async (_what, request, status, kind) => {
    const answer = await sendRaw(request);
    expect(answer.json).toEqual({ kind, msg: expect.stringMatching(/, expected /) as string, details: {} });
    expect(answer.status).toBe(status);
    expect(answer.head).toContain('Content-Type: application/json');
  });
});

describe('a body above the limit', () => {
  const LENGTH = 20 * 1024 * 1024;
  const head = (...headers: readonly string[]) =>
    line('POST /things HTTP/1.1', 'Host: a', 'Content-Type: application/json', ...headers);

  async function sendWhole(start: string, body: Buffer): Promise<RawAnswer> {
    const socket = connect(port, '127.0.0.1');
    socket.write(start);
    const sent = new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.write(body, () => resolve());
    });
    await sent;
    return answerOn(socket);
  }

  it('is answered to a client that sends all of it before it reads', async () => {
    const answer = await sendWhole(head(`Content-Length: ${LENGTH}`), Buffer.alloc(LENGTH, 'x'));
    expect(answer).toMatchObject({ status: 413, json: { kind: 'daybook/body-too-large' } });
  });

  it('is answered where its length was not told', async () => {
    const chunk = Buffer.concat([Buffer.from(`${LENGTH.toString(16)}\r\n`), Buffer.alloc(LENGTH, 'x')]);
    const body = Buffer.concat([chunk, Buffer.from('\r\n0\r\n\r\n')]);
    const answer = await sendWhole(head('Transfer-Encoding: chunked'), body);
    expect(answer).toMatchObject({ status: 413, json: { kind: 'daybook/body-too-large' } });
  });

  it('is read to 64 MiB and no further', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.write(head('Content-Length: 1000000000'));
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const more = () => void (socket.writable && socket.write(piece, more));
    more();
    await closed;
    expect(socket.bytesWritten).toBeLessThan(200 * 1024 * 1024);
  });
});

describe('the origin of id URLs', () => {
  const originFor = async (...headers: readonly string[]) =>
    (await sendRaw(line('GET /origin HTTP/1.1', 'Connection: close', ...headers))).json;

  it.each(['jobs.example.com', 'localhost:8143', '127.0.0.1:8143', '[::1]', '[fe80::1]:8143'])(
    'is the host %s that was asked',
    async (host) => {
      expect(await originFor(`Host: ${host}`)).toEqual({ origin: `http://${host}` });
    },
  );

  it.each(['evil"><x', 'a/b', 'a@b', 'a:b', '[x]', 'a:1:2', ''])(
    'is the address that was asked where the host is %j',
    async (host) => {
      expect(await originFor(`Host: ${host}`)).toEqual({ origin: `http://127.0.0.1:${port}` });
    },
  );
});
