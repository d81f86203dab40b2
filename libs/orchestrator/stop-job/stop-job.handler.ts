import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, NodeCounts } from '#domain';
import { projectionStopped, READ_WAIT_MS } from '#http';
import type { Receipt } from '#writer';
import { NotAccepted } from '#writer';
import { answerOf } from '../answer-of.js';
import { jobOr404 } from '../job/job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class StopJob extends Command<{ readonly nodes: NodeCounts; readonly receipt: Receipt }> {
  constructor(
    readonly id: number,
    readonly force: boolean,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(StopJob)
export class StopJobHandler implements ICommandHandler<StopJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id, force, meta }: StopJob) {
    const receipt = await this.ports.gateway.execute({ type: 'stop-job', id, force }, meta);
    const answer = answerOf(receipt, 'stopping', 'had-ended');
    return { nodes: answer.kind === 'stopping' ? answer.nodes : await this.finalCounts(id, receipt.position), receipt };
  }

  /** The writer forgets a job that has ended; the read models have its counts. */
  private async finalCounts(id: number, position: number): Promise<NodeCounts> {
    const { positions, queries } = this.ports;
    const outcome = await positions.waitFor(position, READ_WAIT_MS);
    if (outcome === 'stopped') throw projectionStopped(positions);
    if (outcome === 'late') throw new NotAccepted('busy', 1);
    return (await jobOr404(queries, id)).nodeCounts;
  }
}
