import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AddressRefused } from './address-refused.js';
import { guardedLookup } from './guarded-lookup.js';

type Callback = Parameters<LookupFunction>[2];

/** A look-up that is answered by the test. */
function asked() {
  const names: string[] = [];
  const callbacks: Callback[] = [];
  const lookup: LookupFunction = (hostname, _options, callback) => {
    names.push(hostname);
    callbacks.push(callback);
  };
  return {
    names,
    lookup: guardedLookup(lookup),
    answer: (...found: Parameters<Callback>) => callbacks.shift()!(...found),
  };
}

const ask = (lookup: LookupFunction, hostname: string, all = true) => {
  const answer = Promise.withResolvers<string | LookupAddress[]>();
  lookup(hostname, { all }, (error, found) => {
    if (error) answer.reject(error);
    else answer.resolve(found);
  });
  return answer.promise;
};

const at = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });

describe('a guarded look-up', () => {
  it('gives only the addresses that are not refused', async () => {
    const { lookup, answer } = asked();
    const found = ask(lookup, 'app.test');
    answer(null, [at('169.254.169.254'), at('::ffff:169.254.169.254'), at('127.0.0.1'), at('fe80::1'), at('::1')]);
    expect(await found).toEqual([at('127.0.0.1'), at('::1')]);
  });

  it('gives the first of them where one is asked for', async () => {
    const { lookup, answer } = asked();
    const found = ask(lookup, 'app.test', false);
    answer(null, [at('169.254.169.254'), at('127.0.0.2'), at('127.0.0.1')]);
    expect(await found).toBe('127.0.0.2');
  });

  it('is refused where all are, with the reason for each', async () => {
    const { lookup, answer } = asked();
    const found = ask(lookup, 'app.test');
    answer(null, [at('169.254.169.254'), at('fe80::1')]);
    await expect(found).rejects.toThrow(AddressRefused);
    await expect(found).rejects.toThrow(
      'app.test leads to 169.254.169.254 (the address of a metadata service), fe80::1 (link-local), expected one that apps may have',
    );
  });

  it('fails as the look-up does', async () => {
    const { lookup, answer } = asked();
    const found = ask(lookup, 'app.test');
    answer(Object.assign(new Error('getaddrinfo ENOTFOUND app.test'), { code: 'ENOTFOUND' }), []);
    await expect(found).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('asks once for a name at a time, and again afterwards', async () => {
    const { names, lookup, answer } = asked();
    const all = [ask(lookup, 'app.test'), ask(lookup, 'app.test'), ask(lookup, 'other.test')];
    expect(names).toEqual(['app.test', 'other.test']);
    answer(null, [at('127.0.0.1')]);
    answer(null, [at('127.0.0.2')]);
    expect(await Promise.all(all)).toEqual([[at('127.0.0.1')], [at('127.0.0.1')], [at('127.0.0.2')]]);
    void ask(lookup, 'app.test');
    expect(names).toEqual(['app.test', 'other.test', 'app.test']);
  });
});
