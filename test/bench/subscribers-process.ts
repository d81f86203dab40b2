import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { runAsHelper } from './helper-process.js';
import type { Received, SubscriberArgs } from './subscribers.js';

await runAsHelper<SubscriberArgs, Received>(async function* ({ url, token, readers }, ready) {
  let tookMs: number[] = [];
  let missing = 0;
  let all = Promise.withResolvers<void>();
  const begin = () => {
    tookMs = [];
    missing = readers.reduce((sum, { count }) => sum + count, 0);
    all = Promise.withResolvers();
  };

  async function open({ query, count }: SubscriberArgs['readers'][number]) {
    const request = get(`${url}/events?${query}`, { agent: false, headers: { 'x-authentication': token } });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`a subscriber was answered ${answer.statusCode}, expected 200`);
    let [text, last, received] = ['', 0, 0];
    const take = (message: string) => {
      const [, id, time] = /^id: (\d+)\n.*\n.*?"time":"([^"]+)"/.exec(message) ?? [];
      if (id === undefined) return;
      if (Number(id) <= last) all.reject(new Error(`event ${id} came after ${last}, expected a later one`));
      last = Number(id);
      if (++received % count === 0) received = 0;
      tookMs.push(Date.now() - Date.parse(time!));
      if (--missing === 0) all.resolve();
    };
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\n\n');
      text = messages.pop()!;
      messages.forEach(take);
    });
    answer.on('close', () => all.reject(new Error('a stream ended, expected it to go on')));
    return () => received;
  }

  begin();
  const subscribers = await Promise.all(readers.map(open));
  ready();
  for (;;) {
    await all.promise;
    const uneven = subscribers.filter((received) => received() !== 0).length;
    if (uneven > 0) throw new Error(`${uneven} subscribers have not exactly the events that pass their filters`);
    const result = { tookMs };
    begin();
    yield result;
  }
});
