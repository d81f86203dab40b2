import { app, idOf, order } from './testing/delivering.js';
import { OK, startTcpApp } from './testing/http-apps.js';
import type { TcpApp } from './testing/http-apps.js';
import { site } from './testing/site.js';

const here = site();

const start = (...how: Parameters<typeof startTcpApp>) => here.ending(startTcpApp(...how));

describe('a connection that breaks once the request was sent', () => {
  it('is a failure where the app closes it as soon as it is there', async () => {
    const { url } = await start(
      () => {},
      (socket) => void socket.destroy(),
    );
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([url])]);
    await here.world.untilReported(1);
    expect(here.world.failure()).toMatchObject({ kind: 'broken', status: null });
    expect(here.world.failure()!.msg).toMatch(`the connection to ${url} broke: `);
    expect(here.world.logged).toEqual([]);
  });

  it('is a failure where the app closes it once it has the request, which is sent once', async () => {
    const billing = await start((socket) => void socket.destroy());
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/1 broken']);
    expect(billing.got).toHaveLength(1);
  });

  it('is a failure where the app resets it', async () => {
    const billing = await start((socket) => void socket.resetAndDestroy());
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    const msg = `the connection to ${billing.url} broke: read ECONNRESET`;
    expect(here.world.failure()).toEqual({ kind: 'broken', msg, status: null });
  });

  it('is a failure in the middle of an answer, whatever its status', async () => {
    const billing = await start((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf', () => socket.destroySoon());
    });
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.failure()).toMatchObject({ kind: 'broken', status: null });
    expect(here.world.failure()!.msg).toMatch('broke after the beginning of an answer with status 200: ');
  });

  it('is a failure where the app does not speak HTTP', async () => {
    const billing = await start((socket) => void socket.end('what?\r\n\r\n'));
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/1 broken']);
    expect(billing.got).toHaveLength(1);
  });
});

describe('an app that does not end its answer in time', () => {
  it('has failed, and its connection is closed', async () => {
    const closed = Promise.withResolvers<void>();
    const billing = await start((socket) => void socket.on('close', () => closed.resolve()));
    const deliveries = await here.open({ timeoutMs: 50 });
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    const msg = `${billing.url} did not end its answer within 50 ms`;
    expect(here.world.failure()).toEqual({ kind: 'timeout', msg, status: null });
    await closed.promise;
    expect(billing.got).toHaveLength(1);
  });

  it('has failed where it has only begun to', async () => {
    const billing = await start((socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
    const deliveries = await here.open({ timeoutMs: 50 });
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    const msg = `${billing.url} did not end its answer within 50 ms after the beginning of an answer with status 200`;
    expect(here.world.failure()).toEqual({ kind: 'timeout', msg, status: null });
  });

  it('has failed where it sends a little all the time', async () => {
    const billing = await start((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      const drip = setInterval(() => socket.write('1\r\nx\r\n'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    const deliveries = await here.open({ timeoutMs: 100 });
    deliveries.reset([order(1)], [app([billing.url])]);
    await here.world.untilReported(1);
    expect(here.world.told()).toEqual(['1/1 timeout']);
  });

  it('does not keep others from their time', async () => {
    const billing = await start((socket, { nth }) => void (nth === 1 && socket.write(OK)));
    const deliveries = await here.open({ timeoutMs: 50 });
    deliveries.reset([order(1), order(2), order(3)], [app([billing.url], { callsAtOnce: 1 })]);
    await here.world.untilReported(3);
    expect(here.world.told()).toEqual(['1/1 taken', '2/1 timeout', '3/1 taken']);
  });
});

describe('a connection that was kept', () => {
  it('is none that fails a run where the app has closed it: it is sent again, under the same id', async () => {
    const billing = await start((socket, { nth }) => void (nth === 1 ? socket.write(OK) : socket.destroy()));
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url], { callsAtOnce: 1 })]);
    await here.world.untilReported(1);
    deliveries.take(order(2));
    await here.world.untilReported(2);
    expect(here.world.told()).toEqual(['1/1 taken', '2/1 taken']);
    expect(billing.got).toEqual([
      { runId: idOf(1), connection: 1, nth: 1 },
      { runId: idOf(2), connection: 1, nth: 2 },
      { runId: idOf(2), connection: 2, nth: 1 },
    ]);
  });

  it('counts where the connection of the second request breaks too', async () => {
    const billing = await start((socket, { connection, nth }) => {
      if (connection === 1 && nth === 1) socket.write(OK);
      else socket.destroy();
    });
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url], { callsAtOnce: 1 })]);
    await here.world.untilReported(1);
    deliveries.take(order(2));
    await here.world.untilReported(2);
    expect(here.world.told()).toEqual(['1/1 taken', '2/1 broken']);
    expect(billing.got).toHaveLength(3);
  });

  it('counts nothing where nobody takes the second request: the app is gone, and the run waits for it', async () => {
    const going: Promise<void>[] = [];
    const billing: TcpApp = await start((socket, { nth }) => {
      if (nth === 1) socket.write(OK);
      else going.push(billing.stop());
    });
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url], { callsAtOnce: 1 })]);
    await here.world.untilReported(1);
    deliveries.take(order(2));
    expect(await here.world.untilLost()).toEqual([`connect ECONNREFUSED 127.0.0.1:${billing.port}`]);
    await Promise.all(going);
    const back = await start((socket) => void socket.write(OK), undefined, billing.port);
    await here.world.untilReported(2);
    expect(here.world.told()).toEqual(['1/1 taken', '2/1 taken']);
    expect(back.got.map(({ runId }) => runId)).toEqual([idOf(2)]);
  });

  it('counts where the app had begun to answer', async () => {
    const billing = await start((socket, { nth }) => {
      if (nth === 1) socket.write(OK);
      else socket.write('HTTP/1.1 20', () => socket.destroySoon());
    });
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url], { callsAtOnce: 1 })]);
    await here.world.untilReported(1);
    deliveries.take(order(2));
    await here.world.untilReported(2);
    expect(here.world.told()).toEqual(['1/1 taken', '2/1 broken']);
    expect(billing.got).toHaveLength(2);
  });

  it('counts where the app had been at work on the request for a while', async () => {
    const billing = await start((socket, { nth }) => {
      if (nth === 1) socket.write(OK);
      else setTimeout(() => socket.destroy(), 500);
    });
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url], { callsAtOnce: 1 })]);
    await here.world.untilReported(1);
    deliveries.take(order(2));
    await here.world.untilReported(2);
    expect(here.world.told()).toEqual(['1/1 taken', '2/1 broken']);
    expect(billing.got).toHaveLength(2);
  });

  it('is not used where the app has closed it before', async () => {
    const closed = Promise.withResolvers<void>();
    const billing = await start((socket, { connection }) => {
      socket.on('close', () => closed.resolve());
      socket.write(OK, () => void (connection === 1 && socket.end()));
    });
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([billing.url], { callsAtOnce: 1 })]);
    await Promise.all([here.world.untilReported(1), closed.promise]);
    deliveries.take(order(2));
    await here.world.untilReported(2);
    expect(billing.got.map(({ connection }) => connection)).toEqual([1, 2]);
  });
});
