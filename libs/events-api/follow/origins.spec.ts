import fc from 'fast-check';
import type { RecordedEvent } from '#domain';
import type { Origin } from './origins.js';
import { Origins } from './origins.js';
import { SharedEvent } from './shared-event.js';

const SCHEDULES = 3;
const ENVIRONMENTS = ['production', 'staging', 'test'];

interface Step {
  readonly schedule: number;
  readonly environment: string;
  readonly isEdit: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    schedule: fc.integer({ min: 1, max: SCHEDULES }),
    environment: fc.constantFrom(...ENVIRONMENTS),
    isEdit: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Three schedules are made, and then edited, or fire. With each event stands its origin. */
function historyOf(what: readonly Step[]) {
  const standing = new Map<number, Origin>();
  const history: { readonly event: RecordedEvent; readonly origin: Origin }[] = [];
  const add = (id: number, type: string, data: object, origin: Origin) => {
    standing.set(id, origin);
    const event = { type, subject: `scheduled-job/${id}`, data: { id, ...data } } as unknown as RecordedEvent;
    history.push({ event, origin });
  };
  for (let id = 1; id <= SCHEDULES; id++) {
    const origin = { owner: `owner-${id}`, environment: 'production', planJob: null };
    add(id, 'daybook.scheduled-job.scheduled', { owner: origin.owner, spec: origin }, origin);
  }
  for (const { schedule, environment, isEdit } of what) {
    const before = standing.get(schedule)!;
    if (isEdit) add(schedule, 'daybook.scheduled-job.edited', { spec: { environment } }, { ...before, environment });
    else add(schedule, 'daybook.scheduled-job.fired', {}, before);
  }
  /** What a job was before an event, as tables tell that have all of it. */
  const before = (subject: string, number: number) =>
    history.slice(0, number - 1).findLast(({ event }) => event.subject === subject)?.origin ?? null;
  return { history, before };
}

/** Of what never ends. */
const nextOf = <T>(stream: fc.Stream<T>) => stream.next().value as T;

describe('the origins of events', () => {
  it('are those of their moment, wherever reading begins, and while others are noted', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.nat(),
        fc.infiniteStream(fc.tuple(fc.nat({ max: 3 }), fc.nat())),
        async (what, from, turns) => {
          const { history, before } = historyOf(what);
          const first = from % history.length;
          const events = history.slice(first).map(({ event }, index) => new SharedEvent(event, first + 1 + index));
          let noted = 0;
          /** The log goes on. */
          const note = (count: number) => {
            origins.note(events.slice(noted, noted + count));
            noted = Math.min(events.length, noted + count);
          };
          const origins = new Origins(async (subject, number) => {
            note(nextOf(turns)[0]);
            return Promise.resolve(before(subject, number));
          });
          while (noted < events.length) {
            const [count, back] = nextOf(turns);
            note(count + 1);
            // Somebody comes who needs the last few.
            await origins.resolve(events.slice(back % noted, noted));
          }
          await origins.resolve(events);
          expect(events.map(({ origin }) => origin)).toEqual(history.slice(first).map(({ origin }) => origin));
        },
      ),
    );
  });
});
