import { randomBytes } from 'node:crypto';
import { sealedName } from '#domain';
import type { Target } from '#domain';
import { CannotOpen, createSealer } from '#sealing';
import { spec } from '../domain/testing/given.js';
import { CannotSend } from './cannot-send.js';
import { targetMessage } from './target-message.js';

const sealer = createSealer([randomBytes(32)]);
const targets: readonly Target[] = [
  { hostnames: ['a'], transport: 'ssh', user: 'ann' },
  { hostnames: ['b', 'c'], transport: 'ssh', user: 'bob', port: 2222, runAs: 'root' },
  { hostnames: ['d'], transport: 'winrm', user: 'ann' },
];
const seal = (name: string, secret: string) => [name, sealer.seal('c', name, secret)] as const;
const values = Object.fromEntries([
  seal('password', 'of the task'),
  seal(sealedName(0, 'password'), 'one'),
  seal(sealedName(1, 'private-key-content'), 'two'),
  seal(sealedName(1, 'sudo-password'), 'three'),
]);
const messageOf = (node: string, over: Readonly<Record<string, string>> = {}) =>
  targetMessage({ ...spec, targets, sealed: { commandId: 'c', values: { ...values, ...over } } }, node, sealer);

describe('what an agent is told of a node', () => {
  it('is nothing where the node has an agent', () => {
    expect(messageOf('z')).toEqual({ target: null, targetSecrets: null });
    expect(targetMessage(spec, 'a', sealer)).toEqual({ target: null, targetSecrets: null });
  });

  it('is how it is reached, with the secrets of its own target opened', () => {
    expect(messageOf('a')).toMatchObject({ target: { host: 'a', user: 'ann' }, targetSecrets: { password: 'one' } });
    expect(messageOf('c')).toEqual({
      target: {
        host: 'c',
        user: 'bob',
        port: 2222,
        runAs: 'root',
        runAsCommand: null,
        connectTimeoutS: null,
        tty: false,
        tmpdir: null,
      },
      targetSecrets: { privateKey: 'two', sudoPassword: 'three' },
    });
  });

  it('cannot be said where no agent can reach it', () => {
    expect(() => messageOf('d')).toThrow(CannotSend);
    expect(() => messageOf('d')).toThrow('the transport of d is winrm, which is not supported yet');
  });

  it('cannot be said with the secrets of another target', () => {
    const swapped = { [sealedName(0, 'password')]: values[sealedName(1, 'sudo-password')]! };
    expect(() => messageOf('a', swapped)).toThrow(CannotOpen);
  });
});
