import fc from 'fast-check';
import { EVENT_VERSIONS } from '#domain';
import type { EventType } from '#domain';
import { feedSubject } from './feed-subject.js';

const TYPES = Object.keys(EVENT_VERSIONS) as EventType[];

describe('the subject of an event in the feed', () => {
  it.each([
    ['daybook.job.node-finished', 'job/117', 'daybook.events.job.117.node-finished'],
    ['daybook.agent.joined', 'agent/web1.example.com', 'daybook.events.agent.web1%2Eexample%2Ecom.joined'],
    ['daybook.agent.invited', 'invitation/x', 'daybook.events.invitation.x.invited'],
    ['daybook.writer.opened', 'writer', 'daybook.events.writer.-.opened'],
    ['daybook.app.defined', 'app/a > b/*', 'daybook.events.app.a%20%3E%20b%2F%2A.defined'],
  ] as const)('of %s about %s is %s', (type, subject, expected) => {
    expect(feedSubject({ type, subject })).toBe(expected);
  });

  it('has five tokens and no wildcard whatever it is about, and tells two ids apart', () => {
    const id = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), id, id, (type, one, another) => {
        const [first, second] = [one, another].map((each) => feedSubject({ type, subject: `app/${each}` }));
        expect(first).toMatch(/^daybook\.events\.app\.[\w%-]+\.[\w-]+$/);
        expect(first === second).toBe(one === another);
      }),
    );
  });
});
