import fc from 'fast-check';

import type { JsonObject, RecordedEvent } from '#domain';

import type { AuditFilter, AuditPage, AuditRow } from '../audit-queries.js';
import { ASKED_FOR, AUDIT_ROLES } from '../audit/roles.js';
import { said } from '../audit/said.js';
import type { AuditedType } from '../audit/roles.js';
import { withoutSecrets } from '../audit/without-secrets.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, planSpec, spec, timeOf } from './history.js';
import { histories } from './random-history.js';

const WHOLE: AuditPage = { order: 'asc', after: null, limit: null };

const ACTORS = ['subject/admin', 'app/orders', 'daybook', 'agent/n1'];

/** The same history, asked for by all sorts of actors. */
const asked = (events: readonly RecordedEvent[]) =>
  events.map((event, index) => ({ ...event, actor: ACTORS[index % ACTORS.length]! }));

/** What is known of each subject after the events before, by the meaning of each alone. */
function* standing(events: readonly RecordedEvent[]) {
  const known = new Map<string, JsonObject>();
  for (const event of events) {
    const { type, subject } = event as RecordedEvent & { readonly type: AuditedType };
    const role = AUDIT_ROLES[event.type];
    const says = role === 'ignore' ? null : said(type, withoutSecrets(event) as JsonObject);
    const replaced = event.type === 'daybook.app-job.scheduled' ? event.data.replaces : null;
    yield { event, was: known.get(replaced === null ? subject : `app-job/${replaced}`) ?? null };
    if (role === 'ends') known.delete(subject);
    else if (says) known.set(subject, role === 'changes' ? { ...known.get(subject), ...says } : says);
  }
}

/** What auditors are shown. */
export function auditContract(opened: () => Opened): void {
  const all = async (filter: AuditFilter = {}, page: Partial<AuditPage> = {}) =>
    (await Array.fromAsync(opened().store.queries.audit.entries(filter, { ...WHOLE, ...page }))).flat();
  const numbers = async (...asked: Parameters<typeof all>) => (await all(...asked)).map(({ number }) => number);

  describe('the audit log', () => {
    it('has each event once that somebody asked for, and each that changes a thing, in any batches', async () => {
      await fc.assert(
        fc.asyncProperty(histories.map(asked), fc.integer({ min: 1, max: 9 }), async (events, batchSize) => {
          await rebuild(opened().store.projections, events, batchSize);
          const expected = events.filter(({ type, actor }) => {
            if (AUDIT_ROLES[type] === 'ignore') return false;
            return !ASKED_FOR.has(type) || /^(subject|app)\//.test(actor);
          });
          expect(await numbers()).toEqual(expected.map(({ id }) => Number(id)));
        }),
        { numRuns: 20 },
      );
    });

    it('tells of each change what stood there until then', async () => {
      await fc.assert(
        fc.asyncProperty(histories.map(asked), async (events) => {
          await rebuild(opened().store.projections, events);
          const was = new Map(Array.from(standing(events), (step) => [Number(step.event.id), step] as const));
          for (const entry of await all()) {
            const step = was.get(entry.number)!;
            const role = AUDIT_ROLES[entry.type];
            if (role === 'tells') expect([entry.before, entry.after]).toEqual([null, null]);
            else if (role === 'changes') expect(entry.before).toEqual(pick(step.was!, Object.keys(entry.after!)));
            else if (role === 'begins' && entry.type !== 'daybook.app-job.scheduled') expect(entry.before).toBeNull();
            // A job that ended by itself, or was deleted together with others, is not replaced.
            else expect(entry.before).toEqual(step.was);
          }
        }),
        { numRuns: 20 },
      );
    });

    it('comes in pages of any size that together are the whole, in both orders', async () => {
      await fc.assert(
        fc.asyncProperty(
          histories.map(asked),
          fc.integer({ min: 1, max: 7 }),
          fc.constantFrom('asc' as const, 'desc' as const),
          fc.constantFrom<AuditFilter>(
            {},
            { actor: 'admin' },
            { types: ['daybook.job.created', 'daybook.token.issued'] },
          ),
          async (events, limit, order, filter) => {
            await rebuild(opened().store.projections, events);
            const pages: AuditRow[] = [];
            for (let page = await all(filter, { order, limit }); page.length > 0;) {
              pages.push(...page);
              page = await all(filter, { order, limit, after: page.at(-1)!.number });
            }
            expect(pages).toEqual(await all(filter, { order }));
          },
        ),
        { numRuns: 15 },
      );
    });
  });

  describe('the filters of the audit log', () => {
    beforeAll(async () => {
      const history = new History().subject('u', 'kate').subject('t', 'tim').by('subject/u', 'r1', 'c1').schedule(1);
      history.by('subject/t', 'r2', 'c2').add('daybook.role.defined', ROLE);
      history.by('subject/u', 'r3', 'c3').add('daybook.scheduled-job.deleted', { id: 1 });
      history.by('daybook').add('daybook.token.issued', { ...TOKEN, id: 1 });
      history.by('subject/t', 'r2', 'c4').add('daybook.token.revoked', { id: 1 });
      await rebuild(opened().store.projections, history.events);
    });

    it.each<[string, AuditFilter, readonly number[]]>([
      ['a login', { actor: 'kate' }, [3, 5]],
      ['the id of a user', { actor: 't' }, [4, 7]],
      ['an actor', { actor: 'subject/u' }, [3, 5]],
      ['Daybook itself', { actor: 'daybook' }, [1, 2, 6]],
      ['nobody', { actor: 'nobody' }, []],
      ['a subject', { subject: 'scheduled-job/1' }, [3, 5]],
      ['types', { types: ['daybook.token.revoked', 'daybook.scheduled-job.scheduled'] }, [3, 7]],
      ['a request', { correlation: 'r2' }, [4, 7]],
      ['a command', { command: 'c4' }, [7]],
      ['numbers', { from: { number: 3 }, to: { number: 5 } }, [3, 4, 5]],
      ['times', { from: { ms: Date.parse(timeOf(6)) - 1 }, to: { ms: Date.parse(timeOf(7)) } }, [6, 7]],
      ['a time after all', { from: { ms: Date.parse(timeOf(8)) } }, []],
      ['a time before all', { to: { ms: Date.parse(timeOf(0)) } }, []],
      ['several at once', { actor: 'tim', types: ['daybook.token.revoked'], correlation: 'r2' }, [7]],
      ['what fits nothing', { actor: 'kate', subject: 'role/2' }, []],
    ])('find by %s', async (_, filter, expected) => {
      expect(await numbers(filter)).toEqual(expected);
      expect(await numbers(filter, { order: 'desc' })).toEqual(expected.toReversed());
    });

    it('find between any two times what happened then', async () => {
      const times = (await all()).map(({ time }) => Date.parse(time));
      const time = fc.integer({ min: times[0]! - 2, max: times.at(-1)! + 2 });
      const bound = fc.option(fc.oneof(time, fc.constantFrom(...times)), { nil: undefined });
      await fc.assert(
        fc.asyncProperty(bound, bound, async (from, to) => {
          const filter = { ...(from && { from: { ms: from } }), ...(to && { to: { ms: to } }) };
          const isThen = (ms: number) => ms >= (from ?? ms) && ms <= (to ?? ms);
          expect((await all(filter)).map(({ time }) => Date.parse(time))).toEqual(times.filter(isThen));
        }),
      );
    });

    it('tell the login of an actor, and no secret', async () => {
      const [created, , , token] = await all({ from: { number: 3 } });
      expect(created).toMatchObject({ actor: 'subject/u', login: 'kate', correlation: 'r1', command: 'c1' });
      expect(token).toMatchObject({ actor: 'daybook', login: null, after: { subject: 'u', label: 'l' } });
      expect(JSON.stringify(await all())).not.toContain('SECRET');
    });

    it('find few among many, and give others their turn meanwhile', async () => {
      const history = new History().subject('u', 'kate').by('daybook', 'rare');
      history.add('daybook.subject.password-set', { id: 'u', password: 'SECRET' });
      history.by('daybook');
      for (let id = 1; id <= 4500; id++) history.add('daybook.token.issued', { ...TOKEN, id });
      history.by('daybook', 'rare').add('daybook.token.revoked', { id: 3 });
      await rebuild(opened().store.projections, history.events);
      let turns = 0;
      let turn = setImmediate(function other() {
        turns++;
        turn = setImmediate(other);
      });
      expect(await numbers({ correlation: 'rare' })).toEqual([2, 4503]);
      clearImmediate(turn);
      expect(turns).toBeGreaterThan(0);
      expect(await numbers({ correlation: 'rare', actor: 'daybook' }, { order: 'desc', limit: 1 })).toEqual([4503]);
      expect(await numbers({ types: ['daybook.token.issued'] })).toHaveLength(4500);
    });
  });

  describe('changes in the audit log', () => {
    const changes = async (history: History) => {
      await rebuild(opened().store.projections, history.events);
      return (await all()).map(({ before, after, details }) => ({ before, after, details }));
    };

    it('of a schedule have the keys that the edit names, and all of them where it ends', async () => {
      const sealed = { commandId: 'c', values: { password: 'CIPHERTEXT' } };
      const history = new History().schedule(1, { spec: { ...spec(), sealed }, intervalS: 60 });
      const said = { id: 1, scope: { nodes: ['n2'] }, description: 'd', userdata: {}, nextRun: timeOf(9) };
      history.add('daybook.scheduled-job.edited', { ...said, spec: { ...spec('other'), sealed }, timing: null });
      history.add('daybook.scheduled-job.resealed', { id: 1, sealed: { ...sealed, values: { password: 'OTHER' } } });
      const timing = { scheduledTime: timeOf(9), intervalS: null };
      history.add('daybook.scheduled-job.edited', { ...said, spec: spec('third'), timing });
      history.add('daybook.scheduled-job.deleted', { id: 1 });
      const [created, edited, resealed, timed, deleted] = await changes(history);
      const fingerprint = expect.stringMatching(/^sealed [0-9a-f]{12}$/) as unknown;
      expect(created).toMatchObject({ before: null, after: { intervalS: 60, sealed: { password: fingerprint } } });
      expect(edited).toMatchObject({ before: { spec: { task: 'echo' } }, after: { spec: { task: 'other' } } });
      expect(edited!.before).not.toHaveProperty('intervalS');
      expect(edited!.before!['sealed']).toEqual(edited!.after!['sealed']);
      expect(resealed!.before).toEqual({ sealed: edited!.after!['sealed'] });
      expect(timed).toMatchObject({ before: { intervalS: 60, sealed: resealed!.after!['sealed'] } });
      expect(timed!.after).toMatchObject({ intervalS: null, sealed: null });
      expect(deleted).toEqual({ before: { ...timed!.after, owner: 'admin' }, after: null, details: null });
    });

    it('of a job of an app begin with the one whose place it takes', async () => {
      const history = new History();
      history.add('daybook.app-job.scheduled', { ...APP_JOB, id: 1, replaces: null });
      history.add('daybook.app-job.paused', { id: 1, version: 2 });
      history.add('daybook.app-job.scheduled', { ...APP_JOB, id: 2, replaces: 1, payload: '2' });
      const [first, paused, second] = await changes(history);
      expect([paused!.before, paused!.after]).toEqual([{ paused: false }, { paused: true }]);
      expect(second!.before).toEqual({ ...first!.after, paused: true });
      expect(second!.after).toMatchObject({ payload: '2', paused: false });
    });

    it('of what is there again after it ended have nothing before', async () => {
      const history = new History();
      for (const name of ['a', 'b']) {
        history.add('daybook.node-group.defined', { id: 'g', name, description: '', parent: 'g', rule: null });
        history.add('daybook.node-group.deleted', { id: 'g' });
      }
      expect(await changes(history)).toMatchObject([
        { before: null, after: { name: 'a' } },
        { before: { name: 'a' }, after: null },
        { before: null, after: { name: 'b' } },
        { before: { name: 'b' }, after: null },
      ]);
    });

    it('are none where something happens; secrets of plans and apps are told apart, not told', async () => {
      const history = new History().subject('admin', 'admin').by('subject/u');
      const values = { token: 'CIPHERTEXT' };
      const app = { id: 'orders', addresses: [], natsKey: null, callsAtOnce: 1 };
      history.plan(1, { spec: { ...planSpec(), sealed: { commandId: 'c', values } } }).job(1);
      history.add('daybook.job.stopping', { id: 1, force: true, nodes: { new: 1 } });
      history.add('daybook.app.defined', { ...app, token: { commandId: 'c', values } });
      const [, , , stopping] = await changes(history);
      expect(stopping).toEqual({ before: null, after: null, details: { force: true, nodes: { new: 1 } } });
      expect(JSON.stringify(await all())).not.toContain('CIPHERTEXT');
    });
  });
}

const pick = (object: JsonObject, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));

const ROLE = { id: 2, display_name: 'R', description: '', permissions: [] };

const TOKEN = { subject: 'u', digest: 'SECRET', label: 'l', description: '', expiresAt: null, byLogin: true };

const APP_JOB = {
  app: 'orders',
  name: 'backup',
  form: 'bare',
  spec: {
    schedule: '@every 1h',
    dueTime: null,
    ttl: null,
    repeats: null,
    failurePolicy: null,
    overlap: 'queue',
    misfire: { fire: 'all', thresholdMs: 60_000, limit: null },
    zone: 'UTC',
    gap: 'shift',
    fold: 'first',
  },
  payload: '1',
  large: null,
  expires: null,
  nextRun: timeOf(99),
  version: 1,
} as const;
