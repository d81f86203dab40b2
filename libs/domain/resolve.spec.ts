import { Refusal } from './refusal.js';
import type { Scope } from './scope.js';
import { ALL_NODES } from './node-group/node-groups.js';
import { History, spec, typesOf } from './testing/given.js';

const QUERY = { query: 'nodes[certname] { certname ~ "web" }' };

function withNodes(...names: readonly string[]): History {
  const history = new History();
  for (const name of names) history.facts(name);
  return history;
}

function group(history: History, id: string, rule: readonly string[] | null, parent = ALL_NODES.id) {
  return history.when({ type: 'define-node-group', group: { id, name: id, description: '', parent, rule } });
}

function run(history: History, scope: Scope) {
  const said = { spec, scope, owner: 'a', description: '', userdata: {} };
  return history.when({ type: 'create-job', ...said })[0]!.data;
}

const refusal = (code: string) =>
  expect.objectContaining({ reason: expect.objectContaining({ code }) as object }) as Error;

describe('the scope of a job', () => {
  it('by a query holds the nodes that match when the job is made', () => {
    const history = withNodes('web2', 'db1', 'web1');
    expect(run(history, QUERY)).toMatchObject({ nodes: ['web1', 'web2'], scope: QUERY });
  });

  it('by a group holds the nodes that match its rule and those of its parents', () => {
    const history = withNodes('web1', 'web2', 'db1');
    group(history, 'web', ['~', 'name', 'web']);
    group(history, 'odd', ['~', 'name', '1$'], 'web');
    expect(run(history, { node_group: 'odd' })).toMatchObject({ nodes: ['web1'] });
    expect(run(history, { node_group: ALL_NODES.id })).toMatchObject({ nodes: ['db1', 'web1', 'web2'] });
  });

  it('may be all nodes of its environment', () => {
    const history = withNodes('web1');
    history.facts('web2', '1', 'test');
    expect(run(history, { whole_environment: true })).toMatchObject({ nodes: ['web1'] });
  });

  it('of named nodes is those, whether or not they are known', () => {
    expect(run(new History(), { nodes: ['b', 'a'] })).toMatchObject({ nodes: ['b', 'a'], scope: null });
  });

  it.each<[Scope, string]>([
    [{ nodes: [] }, 'empty-target'],
    [QUERY, 'empty-target'],
    [{ query: 'nodes {' }, 'query-error'],
    [{ query: ['nonsense'] }, 'query-error'],
    [{ node_group: 'nosuch' }, 'unknown-node-group'],
    [{ node_group: 'ruleless' }, 'unknown-node-group'],
    [{ whole_environment: true }, 'empty-environment'],
    [{ nodes: Array.from({ length: 15_001 }, (_, i) => `n${i}`) }, 'too-many-nodes'],
    [{ nodes: Array.from({ length: 4_000 }, (_, i) => `${i}`.padEnd(100, 'é')) }, 'too-many-nodes'],
  ])('%j is refused as %s', (scope, code) => {
    const history = new History();
    group(history, 'ruleless', null);
    const before = history.events.length;
    expect(() => run(history, scope)).toThrow(refusal(code));
    expect(() => history.scheduleScope(scope, history.nowMs + 1000)).toThrow(refusal(code));
    expect(history.events.length).toBe(before);
  });
});

describe('the scope of a schedule', () => {
  it('is resolved again at every run', () => {
    const history = withNodes('web1');
    history.scheduleScope(QUERY, history.nowMs + 1000, 60);
    expect(history.after(1000)[1]).toMatchObject({ data: { nodes: ['web1'] } });
    history.ended(1, 'web1');
    history.facts('web2');
    expect(history.after(60_000)[1]).toMatchObject({ data: { nodes: ['web1', 'web2'], scope: QUERY } });
  });

  it('that holds no node any more makes the occurrence a skipped one, and the next one is tried', () => {
    const history = withNodes('web1');
    group(history, 'web', ['~', 'name', 'web']);
    history.scheduleScope({ node_group: 'web' }, history.nowMs + 1000, 60);
    history.when({ type: 'delete-node-group', id: 'web' });
    expect(history.after(1000)).toMatchObject([
      {
        type: 'daybook.scheduled-job.skipped',
        data: { reason: 'submission-error', count: 1, refusal: { code: 'unknown-node-group', id: 'web' } },
      },
    ]);
    group(history, 'web', ['~', 'name', 'web']);
    expect(typesOf(history.after(60_000))).toEqual(['scheduled-job.fired', 'job.created']);
  });
});

describe('a node group', () => {
  it.each([
    ['with an unknown parent', () => group(new History(), 'g', null, 'nosuch')],
    ['that is its own parent', () => group(new History(), 'g', null, 'g')],
    [
      'below one that is below it',
      () => {
        const history = new History();
        group(history, 'g', null);
        group(history, 'h', null, 'g');
        return group(history, 'g', null, 'h');
      },
    ],
    [
      'with the name of another one',
      () => {
        const history = new History();
        group(history, 'g', null);
        const other = { id: 'h', name: 'g', description: '', parent: ALL_NODES.id, rule: null };
        return history.when({ type: 'define-node-group', group: other });
      },
    ],
    ['that is the topmost one', () => group(new History(), ALL_NODES.id, null)],
    [
      'that has others below it, when it is deleted,',
      () => {
        const history = new History();
        group(history, 'g', null);
        group(history, 'h', null, 'g');
        return history.when({ type: 'delete-node-group', id: 'g' });
      },
    ],
    [
      'that always exists, when it is deleted,',
      () => new History().when({ type: 'delete-node-group', id: ALL_NODES.id }),
    ],
  ])('%s is refused', (_, attempt) => {
    expect(attempt).toThrow(refusal('node-group-conflict'));
  });

  it('that does not exist cannot be deleted', () => {
    expect(() => new History().when({ type: 'delete-node-group', id: 'g' })).toThrow(Refusal);
  });

  it('that is defined as it is already is no event', () => {
    const history = new History();
    group(history, 'g', null);
    expect(group(history, 'g', null)).toEqual([]);
  });
});

describe('the facts of a node', () => {
  it('are an event when they come first and when they change', () => {
    const history = new History();
    expect(typesOf(history.facts('a'))).toEqual(['node.registered', 'node.facts-reported']);
    expect(history.facts('a')).toEqual([]);
    expect(typesOf(history.facts('a', '2'))).toEqual(['node.facts-reported']);
    expect(typesOf(history.facts('a', '2', 'test'))).toEqual(['node.facts-reported']);
  });
});
