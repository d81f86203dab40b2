import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, PlanSpec } from '#domain';
import { answerOf } from '#http';
import { DEFAULT_ENVIRONMENT } from '#tasks';
import type { Receipt } from '#writer';
import { storedSpec } from '../plan-request/plan-spec.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { paramsOr400 } from '../task-request/params-or-400.js';
import type { StartPlanBody } from './start-plan.body.js';

export class StartPlan extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: StartPlanBody,
    readonly owner: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(StartPlan)
export class StartPlanHandler implements ICommandHandler<StartPlan> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, owner, meta }: StartPlan) {
    const { description = '', userdata = {} } = body;
    const spec = await this.specOf(body, meta.commandId);
    const receipt = await this.ports.gateway.execute(
      { type: 'create-plan-job', spec, owner, description, userdata, runsElsewhere: true },
      meta,
    );
    return { id: answerOf(receipt, 'plan-created').planJob, receipt };
  }

  /** Of sensitive parameters only the names come; they are kept as those of secrets that nobody opens. */
  private specOf(body: StartPlanBody, commandId: string): Promise<PlanSpec> {
    const { plan_name: plan, environment = DEFAULT_ENVIRONMENT, timeout, params = {}, sensitive = [] } = body;
    const how = { plan, environment, found: {}, timeoutS: timeout ?? null };
    const named = Object.fromEntries(sensitive.map((name) => [name, null]));
    return paramsOr400(storedSpec(how, { ...named, ...params }, sensitive, commandId, this.ports), { plan });
  }
}
