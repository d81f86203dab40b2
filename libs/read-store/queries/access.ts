import type { Role, Subject, TaskTarget } from '#domain';
import type { TokenDetailsJson } from '../orchestrator/access.js';
import type { AccessQueries } from '../queries.js';
import type { Database } from './database.js';

export function accessQueries(database: Database): AccessQueries {
  const details = (table: 'subjects' | 'roles' | 'task_targets') =>
    database.selectFrom(table).select('details').orderBy('id');

  return {
    users: async () => (await details('subjects').execute()).map((row) => parse<Subject>(row.details)),
    async user(id) {
      const row = await details('subjects').where('id', '=', id).executeTakeFirst();
      return row ? parse<Subject>(row.details) : null;
    },
    roles: async () => (await details('roles').execute()).map((row) => parse<Role>(row.details)),
    async role(id) {
      const row = await details('roles').where('id', '=', id).executeTakeFirst();
      return row ? parse<Role>(row.details) : null;
    },
    async tokens() {
      const rows = await database
        .selectFrom('tokens as token')
        .innerJoin('subjects as subject', 'subject.id', 'token.subject')
        .selectAll('token')
        .select('subject.details as owner')
        .orderBy('token.id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        user: parse<Subject>(row.owner),
        ...parse<TokenDetailsJson>(row.details),
        issuedAt: iso(row.issued_at),
        revokedAt: row.revoked_at === null ? null : iso(row.revoked_at),
      }));
    },
    taskTargets: async () => (await details('task_targets').execute()).map((row) => parse<TaskTarget>(row.details)),
    async taskTarget(id) {
      const row = await details('task_targets').where('id', '=', id).executeTakeFirst();
      return row ? parse<TaskTarget>(row.details) : null;
    },
  };
}

const parse = <T>(text: string) => JSON.parse(text) as T;
const iso = (ms: number) => new Date(ms).toISOString();
