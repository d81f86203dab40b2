import { randomBytes } from 'node:crypto';
import { sealedName } from '#domain';
import type { Target } from '#domain';
import { CannotOpen, createSealer } from '#sealing';
import { spec } from '../domain/testing/given.js';
import { CannotSend } from './cannot-send.js';
import { targetMessage } from './target-message.js';

const sealer = createSealer(randomBytes(32));
const sealed = (index: number, secrets: Readonly<Record<string, string>>) => ({
  commandId: 'c',
  values: Object.fromEntries(
    Object.entries(secrets).map(([key, secret]) => [key, sealer.seal('c', sealedName(index, key), secret)]),
  ),
});
const targets: readonly Target[] = [
  { hostnames: ['a'], transport: 'ssh', user: 'ann', sealed: sealed(0, { password: 'one' }) },
  {
    hostnames: ['b', 'c'],
    transport: 'ssh',
    user: 'bob',
    sealed: sealed(1, { 'private-key-content': 'two', 'sudo-password': 'three' }),
    port: 2222,
    runAs: 'root',
  },
  { hostnames: ['d'], transport: 'winrm', user: 'ann', sealed: sealed(2, { password: 'four' }) },
  { hostnames: ['e'], transport: 'ssh', user: 'ann', sealed: sealed(0, { password: 'one' }) },
];
const messageOf = (node: string) => targetMessage({ ...spec, targets }, node, sealer);

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
    expect(() => messageOf('e')).toThrow(CannotOpen);
  });
});
