import type { NatsConnection } from '@nats-io/transport-node';
import type { RecordedEvent, State } from '#domain';
import type { LargeValues } from '#large-values';
import type { Logger } from '#platform';
import type { Sealer } from '#sealing';
import type { TaskCatalogue } from '#tasks';
import { reignOf } from '#agent-protocol';
import { Dispatcher } from './dispatcher.js';
import { takeFacts, wantsFacts } from './facts.js';
import type { FactsToWriter } from './facts.js';
import { inTurns } from './in-turns.js';
import { openAgentChannel, serveAgents } from './nats-channel.js';
import { takeReports } from './reports.js';
import type { ReportToWriter } from './reports.js';
import { runMessage } from './run-message.js';
import { runIds } from './run.js';
import { ServedFiles } from './served-files.js';
import { Uploads } from './uploads.js';

/** How often the nodes that have fallen silent are looked for. */
const SWEEP_MS = 500;

export interface DispatchOptions {
  readonly nc: NatsConnection;
  readonly streamId: string;
  readonly catalogue: TaskCatalogue;
  readonly sealer: Pick<Sealer, 'open'>;
  readonly largeValues: LargeValues;
  readonly report: ReportToWriter & FactsToWriter;
  /** How long a node may be unseen before a run that waits for it is errored. */
  readonly graceMs: number;
  /** Told of every hello of an agent. */
  readonly onSeen: (node: string) => void;
  readonly logger: Logger;
}

/** The dispatcher at work: it follows the writer's commits, and carries runs to agents and their reports back. */
export interface Dispatch {
  /** Begins with the runs that are outstanding in the state of a new reign. */
  reset(state: State): void;
  apply(events: readonly RecordedEvent[], state: State): void;
  /** Lets go of agents and runs until the next `reset`. */
  suspend(): void;
}

export function startDispatch(options: DispatchOptions): Dispatch {
  const { nc, catalogue, sealer, largeValues, report, graceMs, onSeen, logger } = options;
  const ids = runIds(options.streamId);
  const files = new ServedFiles(largeValues);
  const uploads = new Uploads(largeValues);
  const parts = { catalogue, sealer, largeValues, onTask: files.add.bind(files) };
  const soon = inTurns();
  const dispatcher = new Dispatcher({
    ids,
    channel: openAgentChannel(nc, () => reign, soon),
    soon,
    message: (run, spec) => runMessage(run, spec, parts),
    onErrored: (run, kind, msg) =>
      report(
        {
          type: 'report-run',
          job: run.job,
          node: run.node,
          kind: 'errored',
          startedAt: null,
          error: { kind, msg, details: { node: run.node } },
        },
        { commandId: `${run.id}/errored`, actor: 'daybook', correlationId: `job/${run.job}` },
      ),
    graceMs,
    logger,
  });
  let reign = reignOf(options.streamId, 0);
  let present: State;
  let sweep: NodeJS.Timeout | undefined;
  let stopServing: (() => void) | null = null;

  return {
    reset(state) {
      present = state;
      reign = reignOf(options.streamId, state.reign);
      dispatcher.reset(state);
      clearInterval(sweep);
      sweep = setInterval(() => {
        dispatcher.sweep(performance.now());
        uploads.sweep(performance.now());
      }, SWEEP_MS);
      stopServing ??= serveAgents(
        nc,
        {
          hello(hello) {
            const againMs = dispatcher.hello(hello);
            onSeen(hello.node);
            return { maxMessageBytes: nc.info!.max_payload, reign, wantsFacts: wantsFacts(hello, present), againMs };
          },
          reports: (agent, reports) => takeReports(agent, reports, (id) => dispatcher.runOf(agent, id), report),
          facts: (node, message) => takeFacts(node, message, report),
          fetch: (_node, chunk) => files.read(chunk),
          store: (node, chunk, bytes) => uploads.add(node, chunk, bytes),
        },
        soon,
        logger,
      );
    },
    apply: (events, state) => dispatcher.apply(events, state),
    suspend() {
      clearInterval(sweep);
      stopServing?.();
      stopServing = null;
      dispatcher.suspend();
      uploads.sweep(Infinity);
    },
  };
}
