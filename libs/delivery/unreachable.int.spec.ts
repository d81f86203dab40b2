import { readFileSync } from 'node:fs';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { choosePort } from '../../test/setup/port.js';
import { until } from '../platform/testing/until.js';
import { app, idOf, order } from './testing/delivering.js';
import { startApp } from './testing/http-apps.js';
import type { HttpApp } from './testing/http-apps.js';
import { site } from './testing/site.js';

const here = site();

const start = (port?: number) => here.ending(startApp(port));

/** A look-up that knows these names. */
const names =
  (known: Record<string, readonly string[]>): LookupFunction =>
  (hostname, _options, callback) => {
    const found = known[hostname]?.map((address): LookupAddress => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    if (found) callback(null, found);
    else callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []);
  };

const runsOf = ({ got }: HttpApp) => got.map(({ headers }) => headers['daybook-run-id']);

describe('an app that cannot be reached', () => {
  it('has its runs wait without counting anything, and gets them in the order of their due times', async () => {
    const port = await choosePort();
    const deliveries = await here.open();
    const late = [4, 2, 5].map((run) => order(run, { notBeforeMs: 9000 - run }));
    deliveries.reset([...late, order(3), order(1)], [app([`http://127.0.0.1:${port}`], { callsAtOnce: 1 })]);
    const [reason] = await here.world.untilLost();
    expect(reason).toBe(`connect ECONNREFUSED 127.0.0.1:${port}`);
    deliveries.take(order(0));
    const back = await start(port);
    await here.world.untilReported(6);
    expect(runsOf(back)).toEqual([0, 1, 3, 5, 4, 2].map(idOf));
    expect(here.world.told().toSorted()).toEqual([0, 1, 2, 3, 4, 5].map((run) => `${run}/1 taken`));
  });

  it('is one whose name is unknown', async () => {
    const deliveries = await here.open({ lookup: names({}) });
    deliveries.reset([order(1)], [app(['http://app.test:6001'])]);
    expect(await here.world.untilLost()).toEqual(['getaddrinfo ENOTFOUND app.test']);
    expect(here.world.told()).toEqual([]);
  });

  it('is one to which there is no connection within 3 s', async () => {
    const deliveries = await here.open({ lookup: () => {} });
    deliveries.reset([order(1)], [app(['http://app.test:6001'])]);
    expect(await here.world.untilLost()).toEqual([expect.stringMatching(/^Connect Timeout Error .*timeout: 3000ms/)]);
    expect(here.world.told()).toEqual([]);
  });

  it('is one that does not listen at any address of its name', async () => {
    const port = await choosePort();
    const deliveries = await here.open({ lookup: names({ 'app.test': ['127.0.0.1', '127.0.0.2'] }) });
    deliveries.reset([order(1)], [app([`http://app.test:${port}`])]);
    expect(await here.world.untilLost()).toEqual([`connect ECONNREFUSED 127.0.0.1:${port}`]);
  });

  it('is looked for after a second, and then at ever greater distances', async () => {
    const lookedForMs: number[] = [];
    const deliveries = await here.open({
      lookup(hostname, options, callback) {
        lookedForMs.push(performance.now());
        names({})(hostname, options, callback);
      },
    });
    deliveries.reset([order(1)], [app(['http://app.test:6001'])]);
    await until(() => lookedForMs.length === 3);
    const [first, second, third] = lookedForMs as [number, number, number];
    expect(second - first).toBeGreaterThan(990);
    expect(third - second).toBeGreaterThan(1990);
  });

  it('is found under the name once that leads to it', async () => {
    const billing = await start();
    const known: Record<string, readonly string[]> = {};
    const deliveries = await here.open({ lookup: names(known) });
    deliveries.reset([order(1)], [app([`http://app.test:${billing.port}`])]);
    await here.world.untilLost();
    known['app.test'] = ['127.0.0.1'];
    await here.world.untilReported(1);
    expect(billing.got[0]!.headers.host).toBe(`app.test:${billing.port}`);
  });

  it('is called at once where it is defined anew', async () => {
    const billing = await start();
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([`http://127.0.0.1:${await choosePort()}`])]);
    await here.world.untilLost();
    deliveries.defineApp(app([billing.url]));
    await here.world.untilReported(1);
    expect(runsOf(billing)).toEqual([idOf(1)]);
  });

  it('does not hold up others', async () => {
    const port = await choosePort();
    const billing = await start();
    const deliveries = await here.open({ lookup: () => {} });
    const dead = [1, 2, 3].map((run) => order(run, { app: 'dead' }));
    const mute = [4, 5, 6].map((run) => order(run, { app: 'mute' }));
    deliveries.reset(
      [...dead, ...mute, order(7), order(8)],
      [app([`http://127.0.0.1:${port}`], { id: 'dead' }), app(['http://app.test'], { id: 'mute' }), app([billing.url])],
    );
    await here.world.untilReported(2);
    expect(runsOf(billing)).toEqual([7, 8].map(idOf));
  });
});

describe('an app with several addresses', () => {
  it('is called at each in turn', async () => {
    const both = [await start(), await start()] as const;
    const deliveries = await here.open();
    const runs = [1, 2, 3, 4].map((run) => order(run));
    deliveries.reset(runs, [
      app(
        both.map(({ url }) => url),
        { callsAtOnce: 1 },
      ),
    ]);
    await here.world.untilReported(4);
    expect(both.map(runsOf)).toEqual([
      [idOf(1), idOf(3)],
      [idOf(2), idOf(4)],
    ]);
  });

  it('is called at another at once where one is not reached, and there again when it is back', async () => {
    const port = await choosePort();
    const there = await start();
    const deliveries = await here.open();
    deliveries.reset([order(1), order(2)], [app([`http://127.0.0.1:${port}`, there.url], { callsAtOnce: 1 })]);
    await here.world.untilReported(2);
    expect(runsOf(there)).toEqual([1, 2].map(idOf));
    expect(here.world.told()).toEqual(['1/1 taken', '2/1 taken']);
    const back = await start(port);
    for (let run = 3; back.got.length === 0; run++) {
      deliveries.take(order(run));
      await here.world.untilReported(run);
    }
    expect(there.got.length + back.got.length).toBe(here.world.reports.length);
  });
});

describe('an address to which nothing is sent', () => {
  it.each([
    ['http://169.254.169.254', '169.254.169.254 is the address of a metadata service'],
    ['http://2852039166', '169.254.169.254 is the address of a metadata service'],
    ['http://[::ffff:169.254.1.1]:80', '::ffff:a9fe:101 is link-local'],
    ['http://0.0.0.0:3500', '0.0.0.0 is unspecified'],
    ['https://[fe80::1]', 'fe80::1 is link-local'],
  ])('is %s', async (address, reason) => {
    const deliveries = await here.open();
    deliveries.reset([order(1)], [app([address])]);
    expect(await here.world.untilLost()).toEqual([`${reason}, expected an address that apps may have`]);
    expect(here.world.told()).toEqual([]);
  });

  it('is found out by what a name leads to, warned of once for an app, and left out where there are others', async () => {
    const billing = await start();
    const lookup = names({
      'meta.test': ['169.254.169.254'],
      'local.test': ['fe80::1', '169.254.9.9'],
      'both.test': ['169.254.169.254', '127.0.0.1'],
    });
    const deliveries = await here.open({ lookup });
    deliveries.reset([order(1)], [app(['http://meta.test', 'http://local.test'])]);
    await here.world.untilLost();
    deliveries.take(order(2, { app: 'other' }));
    deliveries.defineApp(app([`http://both.test:${billing.port}`], { id: 'other' }));
    await here.world.untilReported(1);
    expect(runsOf(billing)).toEqual([idOf(2)]);
    expect(here.world.logged.filter(({ level }) => level >= 40)).toEqual([
      expect.objectContaining({
        app: 'billing',
        where: 'http://meta.test',
        reason:
          'meta.test leads to 169.254.169.254 (the address of a metadata service), expected one that apps may have',
      }),
    ]);
  });
});

describe('an app over TLS', () => {
  const tls = {
    key: readFileSync('libs/broker/testing/localhost-key.pem'),
    cert: readFileSync('libs/broker/testing/localhost.pem'),
  };
  const trusted = getCACertificates();
  afterEach(() => setDefaultCACertificates(trusted));

  async function startSecure() {
    const hosts: (string | undefined)[] = [];
    const server = createServer(tls, (request, response) => {
      hosts.push(request.headers.host);
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return { port: (server.address() as AddressInfo).port, hosts, stop };
  }

  it('is called where its certificate is trusted', async () => {
    setDefaultCACertificates([...trusted, String(tls.cert)]);
    const secure = await startSecure();
    try {
      const deliveries = await here.open({ lookup: names({ localhost: ['127.0.0.1'] }) });
      deliveries.reset([order(1), order(2)], [app([`https://localhost:${secure.port}`])]);
      await here.world.untilReported(2);
      expect(here.world.told()).toEqual(['1/1 taken', '2/1 taken']);
      expect(secure.hosts).toEqual([`localhost:${secure.port}`, `localhost:${secure.port}`]);
    } finally {
      secure.stop();
    }
  });

  it('is not reached where its certificate is not trusted, and once it is', async () => {
    const secure = await startSecure();
    try {
      const deliveries = await here.open({ lookup: names({ localhost: ['127.0.0.1'] }) });
      deliveries.reset([order(1)], [app([`https://localhost:${secure.port}`])]);
      expect(await here.world.untilLost()).toEqual([expect.stringMatching(/^self-signed certificate/)]);
      expect([here.world.told(), secure.hosts]).toEqual([[], []]);
      setDefaultCACertificates([...trusted, String(tls.cert)]);
      await here.world.untilReported(1);
      expect(here.world.told()).toEqual(['1/1 taken']);
    } finally {
      secure.stop();
    }
  });

  it('is not reached where its certificate is for another name', async () => {
    setDefaultCACertificates([...trusted, String(tls.cert)]);
    const secure = await startSecure();
    try {
      const deliveries = await here.open({ lookup: names({ 'other.test': ['127.0.0.1'] }) });
      deliveries.reset([order(1)], [app([`https://other.test:${secure.port}`])]);
      expect(await here.world.untilLost()).toEqual([
        expect.stringContaining("Hostname/IP does not match certificate's"),
      ]);
      expect(here.world.told()).toEqual([]);
    } finally {
      secure.stop();
    }
  });

  it('is not reached where it does not speak TLS', async () => {
    const plain = await start();
    const deliveries = await here.open({ lookup: names({ localhost: ['127.0.0.1'] }) });
    deliveries.reset([order(1)], [app([`https://localhost:${plain.port}`])]);
    expect(await here.world.untilLost()).toEqual([expect.stringMatching(/SSL|TLS|ECONNRESET/)]);
    expect(here.world.told()).toEqual([]);
  });
});
