import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { appSubjects } from './app-subjects.js';

/** A run that is offered to an app that has subscribed to its jobs. */
export interface Offer {
  readonly runId: string;
  /** Of the job. */
  readonly name: string;
  readonly occurrence: string;
  readonly attempt: number;
  readonly traceParent: string;
  /** JSON text of the job's data; `""`: it has none. */
  readonly payload: string;
  /**
   * What comes of it; only the first answer counts, and none that comes after the time for it.
   * @param broken why there is no answer of the app itself; absent: it is one
   */
  answer(status: 'SUCCESS' | 'RETRY' | 'DROP', broken?: string): void;
}

/** Of several that have subscribed to the jobs of an app, each of which goes to one of them. */
const QUEUE = 'jobs';

/** Takes jobs of an app, from now until the function that it gives is called. */
export function subscribeToJobs(nc: NatsConnection, app: string, take: (offer: Offer) => void): () => void {
  const { jobs, here } = appSubjects(app);
  const subscription = nc.subscribe(jobs, {
    queue: QUEUE,
    callback: (error, message) => {
      if (!error) take(offerOf(message));
    },
  });
  nc.publish(here);
  return () => subscription.unsubscribe();
}

function offerOf(message: Msg): Offer {
  const header = (name: string) => message.headers?.get(name) ?? '';
  return {
    runId: header('daybook-run-id'),
    name: header('daybook-job'),
    occurrence: header('daybook-occurrence'),
    attempt: Number(header('daybook-attempt')),
    traceParent: header('traceparent'),
    payload: message.string(),
    answer: (status, broken) => void message.respond(JSON.stringify({ status, broken })),
  };
}
