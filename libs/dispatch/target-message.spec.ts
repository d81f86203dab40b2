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
    const nothing = { target: null, targetSecrets: null, runAs: null };
    expect(messageOf('z')).toEqual(nothing);
    expect(targetMessage(spec, 'a', sealer)).toEqual(nothing);
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
      runAs: null,
    });
  });

  it('is as whom the task runs: the one whom the task names before the one of its target', () => {
    const as = (node: string) => targetMessage({ ...spec, targets, runAs: 'deploy' }, node, sealer);
    expect(as('z')).toEqual({ target: null, targetSecrets: null, runAs: 'deploy' });
    for (const node of ['a', 'b']) expect(as(node)).toMatchObject({ target: { runAs: 'deploy' }, runAs: null });
  });

  it.each(['_a', 'web-1.x_y', 'machine$', 'a'.repeat(32)])('may be to run the task as %s', (runAs) => {
    expect(targetMessage({ ...spec, runAs }, 'z', sealer)).toMatchObject({ runAs });
  });

  it.each(['', 'Root', '-u', '1a', 'a b', 'a;b', '$(a)', 'a$b', 'a\n', 'é', 'a'.repeat(33)])(
    'cannot be to run the task as %j',
    (runAs) => {
      for (const node of ['a', 'z']) {
        const message = () => targetMessage({ ...spec, targets, runAs }, node, sealer);
        expect(message).toThrow(CannotSend);
        expect(message).toThrow(`run_as is '${runAs}', expected at most 32 of`);
      }
    },
  );

  it('cannot be said where no agent can reach it', () => {
    expect(() => messageOf('d')).toThrow(CannotSend);
    expect(() => messageOf('d')).toThrow('the transport of d is winrm, which is not supported yet');
  });

  it('cannot be said with the secrets of another target', () => {
    const swapped = { [sealedName(0, 'password')]: values[sealedName(1, 'sudo-password')]! };
    expect(() => messageOf('a', swapped)).toThrow(CannotOpen);
  });
});
