import fc from 'fast-check';
import type { Json } from '#domain';
import { ApiError, bodyCheck } from '#http';
import { checkInScope, checkTargets } from './check-targets.js';
import { TaskBody } from './task-body.js';

const check = bodyCheck(TaskBody);
const SECRET = 'correct-horse';
const ssh = { hostnames: ['a'], user: 'ann', transport: 'ssh', password: SECRET };

function read(targets: unknown, nodes: readonly string[] = ['a', 'b']) {
  const body = check({ task: 'echo', params: {}, scope: { nodes }, targets });
  checkTargets(body.targets ?? []);
  checkInScope(body.targets ?? [], { nodes });
  return body.targets;
}

describe('targets', () => {
  it.each([
    [null, undefined],
    [[], []],
    [
      [
        { ...ssh, port: null, 'run-as': null },
        { ...ssh, hostnames: ['b'] },
      ],
      [ssh, { ...ssh, hostnames: ['b'] }],
    ],
  ])('may be %j', (targets, taken) => {
    expect(read(targets)).toEqual(taken);
  });

  it('may say all that is known of how a host is reached', () => {
    const full = {
      hostnames: ['a', '::1', '10.0.0.1'],
      user: 'DOMAIN\\ann',
      transport: 'winrm',
      'private-key-content': '-----BEGIN\nKEY\n',
      port: 2222,
      'run-as': 'root',
      'sudo-password': SECRET,
      'run-as-command': ['doas', '-u'],
      'connect-timeout': 5,
      tty: true,
      tmpdir: '/var/tmp',
      extensions: { any: ['thing'] },
    };
    expect(read([full], full.hostnames)).toEqual([full]);
  });

  const without = (key: keyof typeof ssh) => Object.fromEntries(Object.entries(ssh).filter(([name]) => name !== key));

  it.each([
    [{}, 'targets is an object, expected an array of targets'],
    [[SECRET], 'targets[0] is a string, expected an object that says how hosts are reached'],
    [[without('hostnames')], 'targets[0].hostnames is missing'],
    [[without('user')], 'targets[0].user is missing'],
    [[without('transport')], 'targets[0].transport is missing'],
    [[{ ...ssh, hostnames: [] }], 'targets[0].hostnames is an array, expected an array of host names'],
    [[{ ...ssh, hostnames: ['-oProxyCommand=x'] }], "targets[0].hostnames[0] is '-oProxyCommand=x', expected a host"],
    [[{ ...ssh, hostnames: ['a@b'] }], "targets[0].hostnames[0] is 'a@b', expected a host"],
    [[{ ...ssh, user: '-x' }], "targets[0].user is '-x'"],
    [[{ ...ssh, transport: 'telnet' }], "targets[0].transport is 'telnet', expected 'ssh' or 'winrm'"],
    [[without('password')], 'targets[0] has neither of password and private-key-content, expected one'],
    [[{ ...ssh, 'private-key-content': SECRET }], 'targets[0] has both of password and private-key-content'],
    [[{ ...ssh, password: `${SECRET}\n` }], 'targets[0].password is a string, expected'],
    [[{ ...ssh, password: 4711 }], 'targets[0].password is a number, expected'],
    [[{ ...ssh, 'sudo-password': [SECRET] }], 'targets[0].sudo-password is an array, expected'],
    [[{ ...ssh, port: 0 }], 'targets[0].port is 0, expected an integer from 1 to 65535'],
    [[{ ...ssh, 'connect-timeout': 0.5 }], 'targets[0].connect-timeout is 0.5'],
    [[{ ...ssh, 'run-as-command': 'doas' }], "targets[0].run-as-command is 'doas', expected an array"],
    [[{ ...ssh, tty: 'yes' }], "targets[0].tty is 'yes', expected true or false"],
    [[{ ...ssh, tmpdir: 'tmp' }], "targets[0].tmpdir is 'tmp', expected an absolute path"],
    [[ssh, ssh], "targets[1].hostnames has 'a' again, expected each host in one target, once"],
    [[{ ...ssh, hostnames: ['a', 'a'] }], "targets[0].hostnames has 'a' again"],
    [[{ ...ssh, hostnames: ['a', 'c'] }], "targets[0].hostnames has 'c', expected nodes of the scope"],
  ])('are not %j', (targets, message) => {
    const refused = () => read(targets);
    expect(refused).toThrow(ApiError);
    expect(refused).toThrow(message);
    expect(refused).toThrow(/^(?!.*(correct-horse|4711))/s);
  });

  it('show no secret in any refusal, whatever they hold', () => {
    const secret = fc.constantFrom<Json>(SECRET, [SECRET], { a: SECRET }, 4711, null);
    const target = fc.record(
      {
        hostnames: fc.constantFrom<Json>(['a'], ['b', 'a'], ['z'], 'a'),
        user: fc.constantFrom<Json>('ann', 7),
        transport: fc.constantFrom<Json>('ssh', 'winrm', 'x'),
        password: secret,
        'private-key-content': secret,
        'sudo-password': secret,
        extensions: secret,
        port: fc.constantFrom<Json>(22, 'x'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(target, secret), { maxLength: 3 }), (targets) => {
        try {
          read(targets);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
          expect(JSON.stringify([(error as ApiError).message, error])).not.toMatch(/correct-horse|4711/);
        }
      }),
    );
  });
});
