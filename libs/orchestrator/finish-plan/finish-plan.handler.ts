import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, Json, PlanEndState } from '#domain';
import { planResult } from '#specs';
import type { Receipt } from '#writer';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class FinishPlan extends Command<Receipt> {
  constructor(
    readonly id: number,
    readonly state: PlanEndState,
    readonly result: Json,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(FinishPlan)
export class FinishPlanHandler implements ICommandHandler<FinishPlan> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id, state, result, meta }: FinishPlan) {
    const { gateway, largeValues } = this.ports;
    const said = await planResult(result, largeValues);
    return gateway.execute({ type: 'end-plan-job', id, state, ...said, stopsJobs: false }, meta);
  }
}
