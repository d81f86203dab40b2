import fc from 'fast-check';
import type { AgentCommand } from './commands.js';
import type { DomainEvent } from '../event.js';
import { Refusal } from '../refusal.js';
import { agentCommand, invite, join, joinHere, revoke } from '../testing/agents.js';
import { History, iso, START_MS, typesOf } from '../testing/given.js';

let history: History;
beforeEach(() => (history = new History()));

const given = (...commands: AgentCommand[]) => commands.forEach((command) => history.when(command));

function refusalOf(command: AgentCommand) {
  const before = history.events.length;
  try {
    history.when(command);
  } catch (error) {
    expect(history.events).toHaveLength(before);
    return (error as Refusal).reason;
  }
  throw new Error('it was accepted, expected a refusal');
}

const INVALID = { code: 'invalid-join-token' };
const refused = (node: string, reason: string) => ({ code: 'join-refused', node, reason });

describe('an invitation', () => {
  it('is written down with the digest of its token, and tells when it expires', () => {
    expect(history.answer(invite('i', 'web1', 60))).toEqual({
      kind: 'invited',
      invitation: 'i',
      expires: iso(START_MS + 60_000),
    });
    expect(history.events).toEqual([
      {
        type: 'daybook.agent.invited',
        data: { id: 'i', tokenDigest: 'digest-i', node: 'web1', expires: iso(START_MS + 60_000) },
      },
    ]);
  });

  it('that is repeated gives the first one again', () => {
    const meta = { commandId: 'k', bodyDigest: 'd' };
    const first = history.answer(invite('i'), meta);
    expect(history.answer(invite('j'), meta)).toEqual(first);
    expect(history.events).toHaveLength(1);
  });

  it('lets one agent join', () => {
    given(invite('i'));
    expect(history.when(join('web1', 'K1', 'i'))).toEqual([
      { type: 'daybook.agent.joined', data: { node: 'web1', publicKey: 'K1', invitation: 'i' } },
    ]);
    expect(refusalOf(join('web2', 'K2', 'i'))).toEqual(INVALID);
  });

  it.each([
    ['another id', join('web1', 'K1', 'j')],
    ['another digest', join('web1', 'K1', 'i', 'digest-j')],
    ['a shorter digest', join('web1', 'K1', 'i', 'digest-')],
    ['a longer digest', join('web1', 'K1', 'i', 'digest-ii')],
    ['no digest', join('web1', 'K1', 'i', '')],
  ])('does not let one join with %s', (_, command) => {
    given(invite('i'));
    expect(refusalOf(command)).toEqual(INVALID);
  });

  it('lets nobody join from the moment on at which it expires', () => {
    given(invite('i', null, 60), invite('j', null, 60));
    history.after(59_999);
    given(join('web1', 'K1', 'i'));
    history.after(1);
    expect(refusalOf(join('web2', 'K2', 'j'))).toEqual(INVALID);
  });

  it('for a node is for no other, and stays', () => {
    given(invite('i', 'web1'));
    expect(refusalOf(join('web2', 'K2', 'i'))).toEqual(refused('web2', 'another-node'));
    expect(typesOf(history.when(join('web1', 'K1', 'i')))).toEqual(['agent.joined']);
  });

  it('for a node is void when that is revoked', () => {
    given(invite('i'), join('web1', 'K1', 'i'), invite('j', 'web1'), invite('k', 'web2'), revoke('web1'));
    expect(refusalOf(join('web1', 'K2', 'j'))).toEqual(INVALID);
    expect(typesOf(history.when(join('web2', 'K2', 'k')))).toEqual(['agent.joined']);
  });

  it('that has expired leaves the state with the next one', () => {
    given(invite('i', null, 60));
    history.after(60_000);
    given(invite('j'));
    expect([...history.state.agents.invitations.keys()]).toEqual(['j']);
  });
});

describe('an agent', () => {
  beforeEach(() => given(invite('i'), join('web1', 'K1', 'i')));

  it('is known since it joined', () => {
    expect([...history.state.agents.known.values()]).toEqual([
      { node: 'web1', publicKey: 'K1', sinceMs: START_MS, tokenDigest: 'digest-i' },
    ]);
  });

  it('whose answer was lost joins again with what it joined with, which changes nothing', () => {
    expect(history.when(join('web1', 'K1', 'i'))).toEqual([]);
    expect(refusalOf(join('web1', 'K1', 'i', 'digest-j'))).toEqual(INVALID);
  });

  it('keeps its name: no other key joins under it', () => {
    given(invite('j'));
    expect(refusalOf(join('web1', 'K2', 'j'))).toEqual(refused('web1', 'joined'));
  });

  it('keeps its key: it joins under no other name', () => {
    given(invite('j'));
    expect(refusalOf(join('web2', 'K1', 'j'))).toEqual(refused('web2', 'key-taken'));
    expect(refusalOf(joinHere('web2', 'K1'))).toEqual(refused('web2', 'key-taken'));
  });

  it('says nothing of names and keys to one without a token', () => {
    expect(refusalOf(join('web1', 'K2', 'j'))).toEqual(INVALID);
    expect(refusalOf(join('web2', 'K1', 'j'))).toEqual(INVALID);
  });

  it('that was revoked is not known, and joins again with another key', () => {
    expect(history.when(revoke('web1'))).toEqual([{ type: 'daybook.agent.revoked', data: { node: 'web1' } }]);
    expect(history.state.agents.known.size).toBe(0);
    given(invite('j'));
    expect(refusalOf(join('web1', 'K1', 'j'))).toEqual(refused('web1', 'key-taken'));
    expect(typesOf(history.when(join('web1', 'K2', 'j')))).toEqual(['agent.joined']);
  });

  it('that is revoked takes its node out of all that queries find', () => {
    history.facts('web1');
    expect(typesOf(history.when(revoke('web1')))).toEqual(['agent.revoked', 'node.forgotten']);
    expect(history.state.nodes.list).toEqual([]);
  });

  it('that is not known cannot be revoked', () => {
    expect(refusalOf(revoke('web2'))).toEqual({ code: 'unknown-agent', node: 'web2' });
  });

  it("of the server's own machine joins without an invitation, and again whenever it starts", () => {
    expect(typesOf(history.when(joinHere('localhost', 'K2')))).toEqual(['agent.joined']);
    expect(history.when(joinHere('localhost', 'K2'))).toEqual([]);
    given(revoke('localhost'));
    expect(typesOf(history.when(joinHere('localhost', 'K2')))).toEqual(['agent.joined']);
  });

  it("of the server's own machine takes the place of the one that has its name", () => {
    expect(typesOf(history.when(joinHere('web1', 'K2')))).toEqual(['agent.revoked', 'agent.joined']);
    expect([...history.state.agents.known.values()]).toMatchObject([{ node: 'web1', publicKey: 'K2' }]);
  });
});

describe('whatever is commanded', () => {
  it('a node has one key, a key one node, and a token is used once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(agentCommand, fc.integer({ min: 0, max: 30_000 }))), (steps) => {
        history = new History();
        const open = new Set<string>();
        const allowed = new Map<string, string>();
        const revokedKeys = new Set<string>();
        for (const [command, ms] of steps) {
          history.after(ms);
          for (const event of eventsOf(command)) {
            if (event.type === 'daybook.agent.invited') open.add(event.data.id);
            if (event.type === 'daybook.agent.revoked') {
              revokedKeys.add(allowed.get(event.data.node)!);
              expect(allowed.delete(event.data.node)).toBe(true);
            }
            if (event.type === 'daybook.agent.joined') {
              const { node, publicKey, invitation } = event.data;
              expect(allowed.has(node)).toBe(false);
              expect([...allowed.values()]).not.toContain(publicKey);
              if (invitation !== null) {
                expect(open.delete(invitation)).toBe(true);
                expect(revokedKeys).not.toContain(publicKey);
              }
              allowed.set(node, publicKey);
            }
          }
          const known = Array.from(history.state.agents.known.values(), ({ node, publicKey }) => [node, publicKey]);
          expect(known).toEqual([...allowed]);
        }
      }),
    );
  });

  function eventsOf(command: AgentCommand): readonly DomainEvent[] {
    try {
      return history.when(command);
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      return [];
    }
  }
});
