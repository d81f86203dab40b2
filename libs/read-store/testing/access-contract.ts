import { ADMINISTRATORS } from '#domain';
import { subject } from '../../domain/testing/subject.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, timeOf } from './history.js';

const role = { id: 2, display_name: 'R', description: '', permissions: [] };

const token = { subject: 'u', label: 'l', description: 'd', expiresAt: timeOf(99), byLogin: false };

const target = {
  id: 1,
  display_name: 't',
  all_tasks: false,
  tasks: ['echo'],
  nodes: ['n1'],
  node_groups: [],
  pql_query: null,
};

/** What is shown of users, roles, tokens and task targets. */
export function accessContract(opened: () => Opened): void {
  describe('access', () => {
    const queries = () => opened().store.queries;

    beforeAll(async () => {
      const history = new History().subject('u', 'kate').subject('t', 'tim');
      history.add('daybook.subject.password-set', { id: 'u', password: 'SECRET' });
      history.add('daybook.subject.login-failed', { id: 'u', failures: 1, lockedUntil: null });
      history.add('daybook.role.defined', role);
      history.add('daybook.role.defined', { ...role, id: 3 });
      history.add('daybook.role.deleted', { id: 3 });
      history.add('daybook.role.defined', { ...role, description: 'changed' });
      history.add('daybook.token.issued', { ...token, id: 1, digest: 'SECRET' });
      history.add('daybook.token.issued', { ...token, id: 2, digest: 'SECRET', label: null, expiresAt: null });
      history.add('daybook.token.revoked', { id: 1 });
      history.add('daybook.task-target.created', target);
      await rebuild(opened().store.projections, history.events);
    });

    it('shows users as they are', async () => {
      expect(await queries().users()).toEqual([subject('t', 'tim'), subject('u', 'kate')]);
      expect(await queries().user('u')).toEqual(subject('u', 'kate'));
      expect(await queries().user('nobody')).toBeNull();
    });

    it('shows roles as they are, the built-in one first', async () => {
      const changed = { ...role, description: 'changed' };
      expect(await queries().roles()).toEqual([ADMINISTRATORS, changed]);
      expect(await queries().role(2)).toEqual(changed);
      expect(await queries().role(3)).toBeNull();
    });

    it('shows all of a token but what tells which it is', async () => {
      const { subject: _subject, ...shown } = token;
      const user = subject('u', 'kate');
      expect(await queries().tokens()).toEqual([
        { ...shown, id: 1, user, issuedAt: timeOf(9), revokedAt: timeOf(11) },
        { ...shown, id: 2, user, label: null, expiresAt: null, issuedAt: timeOf(10), revokedAt: null },
      ]);
    });

    it('shows task targets', async () => {
      expect(await queries().taskTargets()).toEqual([target]);
      expect(await queries().taskTarget(1)).toEqual(target);
      expect(await queries().taskTarget(2)).toBeNull();
    });

    it('has nothing secret in any table', async () => {
      const tables = await Promise.all(['subjects', 'roles', 'tokens'].map((table) => opened().database.rowsOf(table)));
      expect(JSON.stringify(tables)).not.toContain('SECRET');
    });
  });
}
