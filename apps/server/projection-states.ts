import type { EndedState, ProjectionState, ProjectionStates, RunningState } from '#projections-api';
import type { FromProjectorThread, ToProjectorThread } from './projector-messages.js';

/** Follows what the projector's thread tells. */
export interface FollowedProjections extends ProjectionStates {
  apply(message: FromProjectorThread): void;
  /** What keeps projections from going on, in sentences. */
  troubles(): readonly string[];
}

/** @param post has the thread begin with a work */
export function followProjections(post: (message: ToProjectorThread) => void, now: () => number): FollowedProjections {
  const states = new Map<string, ProjectionState>();
  let running: { readonly projection: string; readonly work: RunningState } | null = null;
  let lastId = 0;

  const change = (name: string, to: Partial<ProjectionState>) => {
    const fresh = { name, version: 0, position: 0, stopped: null, running: null, ended: null };
    states.set(name, { ...fresh, ...states.get(name), ...to });
  };
  const run = (projection: string, work: RunningState) => {
    running = { projection, work };
    change(projection, { running: work });
    return work;
  };
  const end = (how: Pick<EndedState, 'outcome' | 'failure'>) => {
    const { projection, work } = running!;
    const { id, work: kind, startedMs } = work;
    running = null;
    change(projection, { running: null, ended: { id, work: kind, startedMs, finishedMs: now(), ...how } });
  };

  return {
    list: () => [...states.values()],
    begin(work, projection) {
      if (running !== null) return { kind: 'busy', ...running };
      const progress = { phase: 'folding', done: 0, total: 0 } as const;
      const begun = run(projection, { id: ++lastId, work, startedMs: now(), progress });
      post({ type: 'work', id: begun.id, work, projection });
      return { kind: 'begun', work: begun };
    },
    apply(message) {
      switch (message.type) {
        case 'opened':
          for (const { name, version } of message.projections) change(name, { version });
          return;
        case 'position':
          return change(message.projection, { position: message.position, stopped: null });
        case 'stopped':
          return change(message.projection, { stopped: { event: message.event, reason: message.reason } });
        case 'progress':
          run(running!.projection, { ...running!.work, progress: message.progress });
          return;
        case 'worked':
          return end({ outcome: message.outcome, failure: null });
        case 'not-worked':
          return end({ outcome: null, failure: message.reason });
        case 'failed':
          if (running !== null) end({ outcome: null, failure: message.message });
      }
    },
    troubles: () =>
      [...states.values()].flatMap(({ name, stopped }) =>
        stopped === null ? [] : [`projection ${name} has stopped: ${stopped.reason}`],
      ),
  };
}
