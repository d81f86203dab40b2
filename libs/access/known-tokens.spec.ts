import { Refusal } from '#domain';
import { NotAccepted } from '#writer';
import { subject } from '../domain/testing/subject.js';
import { movableClock } from '../platform/testing/movable-clock.js';
import { KnownTokens } from './known-tokens.js';
import type { Said } from './known-tokens.js';

const identityOf = (login: string) => ({ subject: subject('u', login), permissions: [] });

/** Known tokens whose writer says what the test lets it say. */
function world() {
  const clock = movableClock();
  const said: { next: () => Promise<Said>; asked: number } = {
    next: () => Promise.reject(new Error('unset')),
    asked: 0,
  };
  const answers = (login: string, expiresAtMs = Infinity) => {
    said.next = () => Promise.resolve({ identity: identityOf(login), expiresAtMs });
  };
  const fails = (error: Error) => (said.next = () => Promise.reject(error));
  const ask = () => {
    said.asked++;
    return said.next();
  };
  const tokens = new KnownTokens(ask, clock);
  const find = async (isRead = true) => (await tokens.find('d', isRead)).subject.login;
  answers('first');
  return { clock, said, answers, fails, tokens, find };
}

const away = new NotAccepted('no-writer', 1);

describe('a token that is known', () => {
  it('is asked for again after a second, and not before', async () => {
    const { clock, said, answers, find } = world();
    expect(await find()).toBe('first');
    answers('second');
    clock.pass(500);
    expect(await find()).toBe('first');
    clock.pass(500);
    expect([await find(), said.asked]).toEqual(['second', 2]);
  });

  it('is asked for once by all who come at once', async () => {
    const { said, find } = world();
    expect(await Promise.all([find(), find(), find()])).toEqual(['first', 'first', 'first']);
    expect(said.asked).toBe(1);
  });

  it('serves reads for five minutes while no writer answers, and nothing else', async () => {
    const { clock, fails, find } = world();
    await find();
    fails(away);
    clock.pass(299_000);
    expect(await find()).toBe('first');
    await expect(find(false)).rejects.toBe(away);
    clock.pass(2_000);
    await expect(find()).rejects.toBe(away);
  });

  it('serves reads also where the writer takes its time', async () => {
    const { clock, said, find } = world();
    await find();
    clock.pass(1_000);
    said.next = () => new Promise(() => undefined);
    expect(await find()).toBe('first');
  });

  it('serves nobody after its lifetime, whether the writer answers or not', async () => {
    const { clock, answers, fails, find } = world();
    answers('first', clock.now() + 500);
    await find();
    fails(away);
    clock.pass(500);
    await expect(find()).rejects.toBe(away);
  });

  it('serves nobody once the writer has refused it', async () => {
    const { clock, fails, find } = world();
    await find();
    clock.pass(1_000);
    const revoked = new Refusal({ code: 'token-revoked' });
    fails(revoked);
    await expect(find()).rejects.toBe(revoked);
    fails(away);
    await expect(find()).rejects.toBe(away);
  });

  it('is asked for anew after all were forgotten, also where a question was on its way', async () => {
    const { said, answers, tokens, find } = world();
    const old = Promise.withResolvers<Said>();
    said.next = () => old.promise;
    const asked = find();
    tokens.forget();
    answers('second');
    expect(await find()).toBe('second');
    old.resolve({ identity: identityOf('first'), expiresAtMs: Infinity });
    await asked;
    expect(await find()).toBe('second');
  });
});

describe('a token that is not known', () => {
  it('serves nobody while no writer answers', async () => {
    const { fails, find } = world();
    fails(away);
    await expect(find()).rejects.toBe(away);
  });
});
