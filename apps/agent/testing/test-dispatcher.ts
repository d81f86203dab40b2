import { createHash } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { headers } from '@nats-io/transport-node';
import type { Msg, NatsConnection } from '@nats-io/transport-node';

import { agentSubjects, dispatchSubjects, isReport, nodeOf } from '#agent-protocol';
import type {
  Accepted,
  DeployRunMessage,
  FactsMessage,
  FetchChunk,
  Hello,
  Report,
  TaskFile,
  TaskRunMessage,
  Welcome,
} from '#agent-protocol';

/** The other end of the protocol, with a memory of all that agents said. */
export class TestDispatcher {
  readonly reports: Report[] = [];
  readonly hellos: Hello[] = [];
  readonly facts: FactsMessage[] = [];
  /** Why facts are not taken; null: they are. */
  refusesFacts: string | null = null;
  readonly stored = new Map<string, Buffer>();
  /** Which reports are confirmed. */
  confirms: (report: Report) => boolean = () => true;
  /** Whether facts need not be told. */
  knowsFacts = ({ factsDigest }: Hello) => this.facts.at(-1)?.digest === factsDigest;
  /** How soon agents are to say hello again. */
  againMs = 1000;
  /** Whether hellos are answered. */
  welcomes = true;
  readonly #files = new Map<string, Buffer>();
  readonly #heard = new EventEmitter();

  constructor(private readonly nats: NatsConnection) {
    this.#heard.setMaxListeners(0);
    const subjects = dispatchSubjects('*');
    this.#serve(subjects.hello, (request) => {
      this.hellos.push({ ...request.json<Hello>(), node: nodeOf(request.subject) });
      const hello = this.hellos.at(-1)!;
      if (!this.welcomes) return;
      const wantsFacts = hello.factsDigest !== null && !this.knowsFacts(hello);
      request.respond(
        JSON.stringify({
          maxMessageBytes: 1024 * 1024,
          reign: 'log/1',
          wantsFacts,
          againMs: this.againMs,
        } satisfies Welcome),
      );
    });
    this.#serve(subjects.reports, (request) => {
      const reports = request.json<Report[]>();
      if (!reports.every((report) => isReport(report))) throw new Error(`no reports: ${request.string()}`);
      this.reports.push(...reports);
      const confirmed = reports.filter((each) => this.confirms(each)).map((each) => each.reportId);
      request.respond(JSON.stringify({ confirmed }));
    });
    this.#serve(subjects.facts, (request) => {
      this.facts.push(request.json<FactsMessage>());
      request.respond(JSON.stringify({ refused: this.refusesFacts }));
    });
    this.#serve(subjects.fetch, (request) => {
      const { sha256, offset } = request.json<FetchChunk>();
      const file = this.#files.get(sha256);
      const about = headers();
      if (file === undefined) about.set('Daybook-Missing', 'true');
      else about.set('Daybook-Size', String(file.length));
      request.respond(file?.subarray(offset, offset + 1000), { headers: about });
    });
    this.#serve(subjects.store, (request) => {
      const [sha256, offset] = ['Daybook-Sha256', 'Daybook-Offset'].map((name) => request.headers!.get(name)) as [
        string,
        string,
      ];
      const before = (this.stored.get(sha256) ?? Buffer.alloc(0)).subarray(0, Number(offset));
      this.stored.set(sha256, Buffer.concat([before, request.data]));
      request.respond(JSON.stringify({ next: Number(offset) + request.data.length }));
    });
  }

  #serve(subject: string, answer: (request: Msg) => void): void {
    this.nats.subscribe(subject, {
      callback: (error, request) => {
        if (error) throw error;
        answer(request);
        this.#heard.emit('heard');
      },
    });
  }

  /** A file that agents can fetch. */
  file(path: string, content: string | Buffer): TaskFile {
    const bytes = Buffer.from(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#files.set(sha256, bytes);
    return { path, sha256, size: bytes.length };
  }

  /** A run of a shell script. */
  run(node: string, runId: string, script: string, more: Partial<TaskRunMessage> = {}): Promise<void> {
    const message: TaskRunMessage = {
      kind: 'task',
      runId,
      job: 1,
      task: 'test',
      noop: false,
      params: { value: {} },
      secrets: {},
      target: null,
      targetSecrets: null,
      runAs: null,
      inputMethod: 'both',
      executable: 'test/tasks/init.sh',
      files: [this.file('test/tasks/init.sh', `#!/bin/sh\n${script}\n`)],
      timeoutS: null,
      rerun: true,
      ...more,
    };
    return this.#offer(agentSubjects(node).runs, message);
  }

  /** A run of Puppet, by the node's own settings. */
  deploy(node: string, runId: string, more: Partial<DeployRunMessage> = {}): Promise<void> {
    const message: DeployRunMessage = {
      kind: 'deploy',
      runId,
      job: 1,
      environment: '',
      enforceEnvironment: false,
      noop: false,
      noNoop: false,
      flags: {},
      timeoutS: null,
      rerun: true,
      ...more,
    };
    return this.#offer(agentSubjects(node).runs, message);
  }

  stop(node: string, runId: string): Promise<void> {
    return this.#offer(agentSubjects(node).stops, { runId });
  }

  async #offer(subject: string, message: { readonly runId: string }): Promise<void> {
    for (;;) {
      const answer = await this.nats.request(subject, JSON.stringify([message]), { timeout: 2_000 }).catch(() => null);
      if (answer?.json<Accepted>().accepted.includes(message.runId)) return;
      if (answer === null) await this.until(() => true, true);
    }
  }

  /** Resolves as soon as a value can be found, looked for at once and after each message of an agent. */
  async until<T>(find: () => T | undefined | false, onlyLater = false): Promise<T> {
    const heard = on(this.#heard, 'heard')[Symbol.asyncIterator]();
    for (let later = onlyLater; ; later = false) {
      const found = later ? undefined : find();
      if (found !== undefined && found !== false) {
        await heard.return!();
        return found;
      }
      await heard.next();
    }
  }

  started(runId: string, attempt = 1): Promise<Report> {
    return this.until(() =>
      this.reports.find((each) => each.runId === runId && each.kind === 'started' && each.attempt === attempt),
    );
  }

  ended(runId: string): Promise<Exclude<Report, { kind: 'started' }>> {
    return this.until(() =>
      this.reports.find(
        (each): each is Exclude<Report, { kind: 'started' }> => each.runId === runId && each.kind !== 'started',
      ),
    );
  }

  /** The next hello that fits; by then the agent has done what came before it. */
  async hello(fits: (hello: Hello) => boolean = () => true): Promise<Hello> {
    const from = this.hellos.length;
    return this.until(() => this.hellos.slice(from).find(fits));
  }
}
