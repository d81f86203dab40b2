import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, NodeCounts } from '#domain';
import { answerOf, shownAfter } from '#http';
import type { Receipt } from '#writer';
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
    const { gateway, positions, queries } = this.ports;
    const receipt = await gateway.execute({ type: 'stop-job', id, force }, meta);
    const answer = answerOf(receipt, 'stopping', 'had-ended');
    if (answer.kind === 'stopping') return { nodes: answer.nodes, receipt };
    // The writer forgets a job that has ended; the read models have its counts.
    const { nodeCounts } = await shownAfter(receipt.position, positions, () => jobOr404(queries, id));
    return { nodes: nodeCounts, receipt };
  }
}
