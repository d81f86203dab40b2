import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Json } from '#domain';
import { CannotOpen, createSealer } from './sealer.js';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);

describe('a sealer', () => {
  it('opens what it has sealed, whatever the value', () => {
    fc.assert(
      fc.property(key, fc.string(), fc.string(), json, (bytes, command, name, value) => {
        const sealer = createSealer([bytes]);
        expect(sealer.open(command, name, sealer.seal(command, name, value))).toEqual(value);
      }),
    );
  });

  it('does not open an envelope with a changed character', () => {
    const sealer = createSealer([randomBytes(32)]);
    const envelope = sealer.seal('c1', 'password', 'hunter2');
    fc.assert(
      fc.property(fc.nat(envelope.length - 3), (at) => {
        const changed = envelope.slice(0, at) + (envelope[at] === 'A' ? 'B' : 'A') + envelope.slice(at + 1);
        expect(() => sealer.open('c1', 'password', changed)).toThrow(CannotOpen);
      }),
    );
  });

  it('does not open a value for another command, another parameter or with another key', () => {
    const bytes = randomBytes(32);
    const envelope = createSealer([bytes]).seal('c1', 'password', 'hunter2');
    expect(() => createSealer([bytes]).open('c2', 'password', envelope)).toThrow(CannotOpen);
    expect(() => createSealer([bytes]).open('c1', 'user', envelope)).toThrow(CannotOpen);
    expect(() => createSealer([randomBytes(32)]).open('c1', 'password', envelope)).toThrow(/needs key/);
  });

  it('seals the same value differently each time and without showing it', () => {
    const sealer = createSealer([randomBytes(32)]);
    const [one, two] = [sealer.seal('c', 'n', 'hunter2'), sealer.seal('c', 'n', 'hunter2')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[3]!, 'base64url').toString('latin1')).not.toContain('hunter2');
  });

  it('tells keys apart by their check value', () => {
    const bytes = randomBytes(32);
    expect(createSealer([bytes]).keyChecks).toEqual(createSealer([bytes]).keyChecks);
    expect(createSealer([bytes]).keyChecks).not.toEqual(createSealer([randomBytes(32)]).keyChecks);
  });

  it('opens what any of its keys has sealed, and seals with the newest', () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)];
    const [before, ring] = [createSealer([older]), createSealer([newer, older])];
    const envelope = before.seal('c', 'n', 'hunter2');
    expect(ring.open('c', 'n', envelope)).toBe('hunter2');
    expect(ring.isOutdated(envelope)).toBe(true);
    const renewed = ring.seal('c', 'n', 'hunter2');
    expect(ring.isOutdated(renewed)).toBe(false);
    expect(createSealer([newer]).open('c', 'n', renewed)).toBe('hunter2');
    expect(() => before.open('c', 'n', renewed)).toThrow(CannotOpen);
    expect(ring.digest('a')).toBe(before.digest('a'));
    expect(ring.keyChecks).toEqual([...createSealer([newer]).keyChecks, ...before.keyChecks]);
  });

  it('digests parts with their borders', () => {
    const { digest } = createSealer([randomBytes(32)]);
    expect(digest('ab', 'c')).not.toBe(digest('a', 'bc'));
    expect(digest('ab', Buffer.from('c'))).toBe(digest('ab', 'c'));
  });

  it('refuses a key of another length', () => {
    expect(() => createSealer([randomBytes(16)])).toThrow('the secret key has 16 bytes, expected 32');
  });
});
