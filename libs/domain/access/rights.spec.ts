import { History, iso, spec, typesOf } from '../testing/given.js';
import type { Scope } from '../scope.js';
import { permission, EVERYTHING } from './permission.js';
import type { Permission } from './permission.js';

const VIEW = permission('orchestrator', 'view');

/** A world with a user `u` who has these permissions. */
function worldOf(...permissions: readonly Permission[]) {
  const history = new History();
  const user = { login: 'u', email: '', display_name: 'U', role_ids: [] };
  history.when({ type: 'create-user', id: 'u', user });
  const role = { display_name: 'R', description: '', permissions };
  history.when({ type: 'define-role', id: null, role, users: ['u'] });
  const meta = { actor: 'subject/u' };
  const said = { spec, owner: 'u', description: '', userdata: {} };
  return {
    history,
    run: (scope: Scope, task = 'echo') =>
      history.when({ type: 'create-job', ...said, spec: { ...spec, task }, scope }, meta),
    schedule: (nodes: readonly string[], inMs = 1000) =>
      history.when(
        { type: 'schedule-job', ...said, scope: { nodes }, scheduledTimeMs: history.nowMs + inMs, intervalS: 5 },
        meta,
      ),
    as: (command: Parameters<History['when']>[0]) => history.when(command, meta),
    allow: (...next: readonly Permission[]) =>
      history.when({ type: 'define-role', id: 2, role: { ...role, permissions: next }, users: ['u'] }),
  };
}

const lacks = (wanted: Permission) => JSON.stringify({ code: 'not-permitted', permission: wanted });

const target = (over: object) => ({
  type: 'create-task-target' as const,
  target: {
    display_name: 't',
    all_tasks: false,
    tasks: ['echo'],
    nodes: ['n1', 'n2'],
    node_groups: [],
    pql_query: null,
    ...over,
  },
});

describe('the right to run', () => {
  it('is for a task, and beside it one needs to see', () => {
    expect(() => worldOf(VIEW).run({ nodes: ['n1'] })).toThrow(lacks(permission('tasks', 'run', 'echo')));
    expect(() => worldOf(permission('tasks', 'run')).run({ nodes: ['n1'] })).toThrow(lacks(VIEW));
    const world = worldOf(VIEW, permission('tasks', 'run', 'echo'));
    expect(typesOf(world.run({ nodes: ['n1'] }))).toEqual(['job.created']);
    expect(() => world.run({ nodes: ['n1'] }, 'facts')).toThrow(lacks(permission('tasks', 'run', 'facts')));
    expect(() => world.run({ query: 'nodes[certname] {}' })).toThrow(lacks(permission('nodes', 'view_data')));
    expect(() => world.run({ node_group: 'g' })).toThrow(lacks(permission('node_groups', 'view', 'g')));
  });

  it('of Puppet is one of its own', () => {
    const { task: _task, params: _params, sealed: _sealed, ...rest } = spec;
    const deploy = { ...rest, command: 'deploy', enforceEnvironment: true, noNoop: false, flags: {} } as const;
    const command = {
      type: 'create-job',
      spec: deploy,
      scope: { nodes: ['n1'] },
      owner: 'u',
      description: '',
      userdata: {},
    } as const;
    expect(() => worldOf(VIEW, permission('tasks', 'run')).as(command)).toThrow(
      lacks(permission('puppet_agent', 'run')),
    );
    expect(typesOf(worldOf(VIEW, permission('puppet_agent', 'run')).as(command))).toEqual(['job.created']);
  });

  it('with constraints leaves out the nodes that are in no task target, and is refused where none is left', () => {
    const world = worldOf(VIEW, permission('tasks', 'run_with_constraints', '1'));
    world.history.when(target({}));
    world.history.when(target({ nodes: ['n3'] }));
    expect(world.run({ nodes: ['n3', 'n2', 'n4'] })).toMatchObject([{ data: { nodes: ['n2'] } }]);
    expect(() => world.run({ nodes: ['n3', 'n4'] })).toThrow(lacks(permission('tasks', 'run', 'echo')));
    expect(() => world.run({ nodes: ['n1'] }, 'facts')).toThrow(lacks(permission('tasks', 'run', 'facts')));
  });

  it('with constraints takes in what queries and groups find, and nothing where they cannot', () => {
    const world = worldOf(VIEW, permission('tasks', 'run_with_constraints'));
    const group = {
      id: 'g',
      name: 'g',
      description: '',
      parent: '00000000-0000-4000-8000-000000000000',
      rule: ['=', 'name', 'n5'],
    };
    world.history.when({ type: 'define-node-group', group });
    for (const node of ['n5', 'n6']) {
      const facts = { environment: 'production', digest: node, takenAt: iso(world.history.nowMs), facts: {} };
      world.history.when({ type: 'report-facts', node, ...facts });
    }
    const nodes = ['n5', 'n6', 'n7'];
    world.history.when(target({ all_tasks: true, tasks: [], nodes: [], node_groups: ['gone', 'g'] }));
    expect(world.run({ nodes }, 'facts')).toMatchObject([{ data: { nodes: ['n5'] } }]);
    world.history.when(target({ nodes: [], pql_query: "inventory[certname] { certname = 'n6' }" }));
    world.history.when(target({ nodes: [], pql_query: 'no query' }));
    expect(world.run({ nodes })).toMatchObject([{ data: { nodes: ['n5', 'n6'] } }]);
  });
});

describe('a schedule', () => {
  it('fires with the rights that its owner has at that moment', () => {
    const world = worldOf(VIEW, permission('tasks', 'run'));
    world.schedule(['n1', 'n2']);
    world.history.when(target({ nodes: ['n2'] }));
    world.allow(VIEW, permission('tasks', 'run_with_constraints', '1'));
    expect(world.history.after(1000)).toMatchObject([{}, { data: { nodes: ['n2'] } }]);
    world.history.ended(1, 'n2');
    world.allow(VIEW);
    expect(world.history.after(5000)).toMatchObject([
      {
        type: 'daybook.scheduled-job.skipped',
        data: { reason: 'submission-error', refusal: { code: 'not-permitted' } },
      },
    ]);
    world.allow(VIEW, permission('tasks', 'run'));
    world.history.when({ type: 'update-user', id: 'u', changes: { is_revoked: true } });
    expect(typesOf(world.history.after(5000))).toEqual(['scheduled-job.skipped']);
    world.history.when({ type: 'update-user', id: 'u', changes: { is_revoked: false } });
    expect(typesOf(world.history.after(5000))).toEqual(['scheduled-job.fired', 'job.created']);
  });

  it('is deleted by its owner, and by whoever may delete those of the owner', () => {
    const world = worldOf(VIEW);
    world.history.schedule(60_000);
    world.history.schedule(60_000);
    const refusal = JSON.stringify({ code: 'not-permitted-to-delete', id: 1 });
    expect(() => world.as({ type: 'delete-scheduled-job', id: 1 })).toThrow(refusal);
    world.allow(VIEW, permission('scheduled_jobs', 'delete', 'other'));
    expect(() => world.as({ type: 'delete-scheduled-job', id: 1 })).toThrow(refusal);
    world.allow(VIEW, permission('scheduled_jobs', 'delete', 'a'));
    expect(typesOf(world.as({ type: 'delete-scheduled-job', id: 1 }))).toEqual(['scheduled-job.deleted']);
    world.allow(VIEW, permission('tasks', 'run'));
    world.schedule(['n1']);
    expect(typesOf(world.as({ type: 'delete-scheduled-job', id: 3 }))).toEqual(['scheduled-job.deleted']);
  });

  it('of somebody else is edited by nobody but an administrator', () => {
    const world = worldOf(VIEW, permission('tasks', 'run'), permission('scheduled_jobs', 'delete'));
    world.history.schedule(60_000);
    const edit = { type: 'edit-scheduled-job', id: 1, changes: { description: 'x' } } as const;
    expect(() => world.as(edit)).toThrow(lacks(EVERYTHING));
    const end = { type: 'edit-scheduled-job', id: 1, changes: { isEnded: true } } as const;
    expect(() => world.as({ ...end, changes: { ...end.changes, description: 'x' } })).toThrow(lacks(EVERYTHING));
    world.allow(EVERYTHING);
    expect(typesOf(world.as(edit))).toEqual(['scheduled-job.edited']);
  });

  it("is ended by an edit of whoever may delete another user's", () => {
    const world = worldOf(VIEW);
    world.history.schedule(60_000);
    const end = { type: 'edit-scheduled-job', id: 1, changes: { isEnded: true } } as const;
    expect(() => world.as(end)).toThrow('not-permitted-to-delete');
    world.allow(VIEW, permission('scheduled_jobs', 'delete'));
    expect(typesOf(world.as(end))).toEqual(['scheduled-job.deleted']);
  });
});

describe('whoever may see', () => {
  it('may stop a job, and not define node groups', () => {
    const world = worldOf(VIEW);
    world.history.run(['n1']);
    expect(typesOf(world.as({ type: 'stop-job', id: 1, force: false }))).toContain('job.stopping');
    const group = { id: 'g', name: 'g', description: '', parent: '00000000-0000-4000-8000-000000000000', rule: null };
    expect(() => world.as({ type: 'define-node-group', group })).toThrow('not-permitted');
  });
});
