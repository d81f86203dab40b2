import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import type { Receipt } from '#writer';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class StopPlan extends Command<Receipt> {
  constructor(
    readonly id: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(StopPlan)
export class StopPlanHandler implements ICommandHandler<StopPlan> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  execute({ id, meta }: StopPlan) {
    return this.ports.gateway.execute({ type: 'stop-plan-job', id }, meta);
  }
}
