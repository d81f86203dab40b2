import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf } from '#http';
import type { Receipt } from '#writer';
import type { PlanNowBody } from '../plan-request/plan-body.js';
import { planSpecOf } from '../plan-request/plan-spec.js';
import type { GivenParams } from '../plan-request/wrapped-params.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class RunPlan extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: PlanNowBody,
    readonly given: GivenParams,
    readonly owner: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(RunPlan)
export class RunPlanHandler implements ICommandHandler<RunPlan> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, given, owner, meta }: RunPlan) {
    const { plan_name: plan, environment, timeout, description = '', userdata = {} } = body;
    const spec = await planSpecOf({ plan, environment, timeout, ...given }, meta.commandId, this.ports);
    const receipt = await this.ports.gateway.execute(
      { type: 'create-plan-job', spec, owner, description, userdata, runsElsewhere: false },
      meta,
    );
    return { id: answerOf(receipt, 'plan-created').planJob, receipt };
  }
}
