import fc from 'fast-check';
import { agentPermissions } from '#agent-protocol';
import { createUser } from '@nats-io/nkeys';
import { isUserKey } from './nats-user.js';
import { embeddedConfig } from './embedded-config.js';

const settings = { port: 20_000, passwords: { daybook: 'd', agent: 'a' }, listen: { host: '127.0.0.1', tls: null } };
const publicKey = createUser().getPublicKey();

describe('the configuration of an embedded nats-server', () => {
  it('gives each agent a line of its own, out of which no name breaks', () => {
    const without = embeddedConfig('/dir', settings, []).split('\n');
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"}\n}', "'", '\\', '$x', '>', '*', 'a.b', '#'),
    );
    fc.assert(
      fc.property(fc.array(name.filter((node) => node.isWellFormed())), (nodes) => {
        const agents = nodes.map((node) => ({ node, publicKey }));
        const lines = embeddedConfig('/dir', settings, agents).split('\n');
        const added = lines.splice(without.length - 4, nodes.length);
        expect(lines).toEqual(without);
        for (const [index, line] of added.entries()) {
          expect(line).toMatch(/^[\w {}[\]":,.%>-]+$/);
          expect(JSON.parse(line)).toEqual({ nkey: publicKey, permissions: agentPermissions(nodes[index]!) });
        }
      }),
    );
  });

  it('gives each subscriber an account of its own, which has nothing but what it takes', () => {
    const lines = embeddedConfig('/dir', settings, [{ subscriber: 'a', publicKey }]).split('\n');
    const line = lines.find((each) => each.includes(publicKey))!;
    expect(line.startsWith('  "subscriber-a": ')).toBe(true);
    const account = JSON.parse(line.slice('  "subscriber-a": '.length)) as { imports: { service: object }[] };
    expect(Object.keys(account)).toEqual(['users', 'imports']);
    const subjects = account.imports.map(({ service }) => (service as { subject: string }).subject);
    expect(
      subjects.filter((subject) => !/^\$JS\.(API|ACK)\./.test(subject) || /[*>]/.test(subject.slice(0, 8))),
    ).toEqual([]);
    expect(subjects.filter((subject) => /CONSUMER|ACK/.test(subject) && !subject.includes('.a'))).toEqual([]);
  });
});

describe('the public key of a user', () => {
  it('is one with its checksum, and nothing around it', () => {
    expect(isUserKey(publicKey)).toBe(true);
    expect(isUserKey(`${publicKey}\n`)).toBe(false);
    expect(isUserKey(`${publicKey}A`)).toBe(false);
    expect(isUserKey(publicKey.toLowerCase())).toBe(false);
  });

  it('is nothing else', () => {
    const one = fc.tuple(fc.nat({ max: 55 }), fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'));
    fc.assert(
      fc.property(one, ([place, letter]) => {
        const changed = publicKey.slice(0, place) + letter + publicKey.slice(place + 1);
        expect(isUserKey(changed)).toBe(changed === publicKey);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => expect(isUserKey(text)).toBe(false)));
  });
});
