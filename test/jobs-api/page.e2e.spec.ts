import { JOBS_API_2024 } from '../seeds/quotes.js';
import type { TestServer } from '../setup/server.js';
import { startServer } from '../setup/server.js';
import { curlTo, hasCurl, sendByHand } from './curl.js';
import type { Send } from './curl.js';

let server: TestServer;
let curl: ReturnType<typeof curlTo>;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  curl = curlTo(server);
});
afterAll(async () => {
  curl?.close();
  await server?.stop();
});

const WAYS: [string, () => Send][] = [['by hand', () => sendByHand(server)]];
if (hasCurl()) WAYS.push(['by curl', () => curl.send]);

describe.each(WAYS)('an example of the page, sent %s,', (_way, way) => {
  const send: Send = (command) => way()(command);

  it('schedules jobforjabba', async () => {
    expect(await send(JOBS_API_2024.schedule)).toMatchObject({ status: 202, text: '' });
    expect(await send(JOBS_API_2024.delete.replace('/test', '/jobforjabba'))).toMatchObject({ status: 202, text: '' });
  });

  it('gets test1, as the page shows it', async () => {
    await send(JOBS_API_2024.schedule.replace('jobforjabba', 'test1'));
    const { status, text } = await send(JOBS_API_2024.get);
    expect(status).toBe(202);
    expect(JSON.parse(text)).toEqual({
      name: 'test1',
      dueTime: '30s',
      data: { '@type': 'type.googleapis.com/google.type.Expr', expression: 'expression1' },
    });
    await send(JOBS_API_2024.delete.replace('/test', '/test1'));
  });

  it('deletes test, which it knows, with a Content-Type and no body', async () => {
    await send(JOBS_API_2024.schedule.replace('jobforjabba', 'test'));
    expect(await send(JOBS_API_2024.delete)).toMatchObject({ status: 202, text: '' });
  });

  it('deletes test, which it does not know', async () => {
    expect(await send(JOBS_API_2024.delete)).toMatchObject({ status: 204, text: '' });
  });
});
