import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf } from '#http';
import type { Receipt } from '#writer';
import { deployScopeOf, deploySpecOf } from '../deploy-request/deploy-spec.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import type { RunDeployBody } from './run-deploy.body.js';

export class RunDeploy extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: RunDeployBody,
    readonly owner: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(RunDeploy)
export class RunDeployHandler implements ICommandHandler<RunDeploy> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, owner, meta }: RunDeploy) {
    const { environment, description = '', userdata = {} } = body;
    const receipt = await this.ports.gateway.execute(
      {
        type: 'create-job',
        spec: await deploySpecOf(body, environment, this.ports.catalogue),
        scope: deployScopeOf(body.scope, environment, body.target),
        owner,
        description,
        userdata,
      },
      meta,
    );
    return { id: answerOf(receipt, 'created').job, receipt };
  }
}
