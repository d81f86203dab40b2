import { agentPermissions } from '#agent-protocol';
import { read } from './markdown.js';

describe('docs/operations.md', () => {
  it('gives the permissions that an agent needs on an outside NATS', () => {
    const [, block] = /```\npermissions: \{\n([^]*?)\n\}\n```/.exec(read('docs/operations.md'))!;
    const documented = block!.split('\n').map((line) => line.trim().replace(/^(\w+):/, '"$1":'));
    expect(JSON.parse(`{${documented.join()}}`)).toEqual(agentPermissions('web1.example.com'));
  });
});
