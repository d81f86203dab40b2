import { delimiter } from 'node:path';

import { factsDigest, readFacts } from '#agent-protocol';

import { puppetFolder } from '../../../test/setup/puppet.js';
import { openSite } from '../testing/site.js';
import type { Site } from '../testing/site.js';

const NODE = 'web1.example.com';

let site: Site;
beforeEach(async () => (site = await openSite()));
afterEach(() => site.close());

const isTold = () => site.dispatcher.facts.at(-1);
const told = () => site.dispatcher.until(isTold);

describe('the facts of a node', () => {
  it('are those of Facter, where that is installed', async () => {
    const programs = await puppetFolder();
    site.agent(NODE, { PATH: [programs, process.env['PATH']].join(delimiter) });
    const { facts, environment } = await told();
    expect(facts).toMatchObject({
      facterversion: expect.any(String) as string,
      os: { family: 'Debian' },
      memory: { system: { total_bytes: expect.any(Number) as number } },
    });
    expect(facts).not.toHaveProperty('load_averages');
    expect(environment).toBe('production');
  }, 200_000);

  it('are told once, under their digest, and again by an agent of which the server knows others', async () => {
    const first = site.agent(NODE);
    const message = await told();
    expect(readFacts(message)).toEqual(message);
    expect((await site.dispatcher.hello()).factsDigest).toBe(factsDigest(message.facts));
    await first.end('SIGKILL');
    site.agent(NODE);
    await site.dispatcher.hello(({ factsDigest }) => factsDigest === message.digest);
    expect(site.dispatcher.facts).toHaveLength(1);
  });

  it('that are not taken are not told again by the same agent', async () => {
    site.dispatcher.refusesFacts = 'none of them';
    site.dispatcher.knowsFacts = () => false;
    site.agent(NODE);
    await told();
    await site.dispatcher.hello();
    await site.dispatcher.hello();
    expect(site.dispatcher.facts).toHaveLength(1);
  });
});
