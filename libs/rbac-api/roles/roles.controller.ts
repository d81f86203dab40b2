import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#domain';
import { bodyOf, commandMetaOf, Documents, listOf, ReadYourWrites, shownAfter, showPosition } from '#http';
import type { Receipt } from '#writer';
import type { RbacPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { demandView } from '../demand-view.js';
import { presentRole } from './present-role.js';
import { RoleBody } from './role.body.js';
import { roleId } from './role-id.js';
import { ROLE } from './role.schema.js';

const BODY = {
  display_name: 'Operators',
  permissions: [{ object_type: 'tasks', action: 'run', instance: '*' }],
  user_ids: [],
};

/** What roles allow, and who has them. */
@Controller('rbac-api/v1/roles')
@UseInterceptors(ReadYourWrites)
export class RolesController {
  constructor(@Inject(PORTS) private readonly ports: RbacPorts) {}

  @Get()
  @Documents({ summary: 'List the roles', answer: listOf(ROLE) })
  async listRoles(@Req() request: FastifyRequest) {
    demandView(request);
    const [roles, users] = await Promise.all([this.ports.queries.roles(), this.ports.queries.users()]);
    return roles.map((role) => presentRole(role, users));
  }

  @Get(':id')
  @Documents({ summary: 'Get a role', answer: ROLE, example: { id: '1' } })
  async getRole(@Param('id', roleId) id: number, @Req() request: FastifyRequest) {
    demandView(request);
    return this.#roleOr404(id);
  }

  async #roleOr404(id: number) {
    const [role, users] = await Promise.all([this.ports.queries.role(id), this.ports.queries.users()]);
    if (!role) throw new Refusal({ code: 'unknown-role', id });
    return presentRole(role, users);
  }

  @Post()
  @Documents({ summary: 'Create a role, whose place is in the header Location', answer: null, example: { body: BODY } })
  async createRole(
    @Body(bodyOf(RoleBody)) body: RoleBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { answer } = await this.#define(null, body, request, reply);
    if (answer.kind === 'role-defined') void reply.header('location', `/rbac-api/v1/roles/${answer.role}`);
  }

  @Put(':id')
  @Documents({ summary: 'Say anew what a role allows and who has it', answer: ROLE, example: { id: '2', body: BODY } })
  async updateRole(
    @Param('id', roleId) id: number,
    @Body(bodyOf(RoleBody)) body: RoleBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const receipt = await this.#define(id, body, request, reply);
    return shownAfter(receipt.position, this.ports.positions, () => this.#roleOr404(id));
  }

  @Delete(':id')
  @Documents({ summary: 'Delete a role', answer: null, example: { id: '2' } })
  @HttpCode(200)
  async deleteRole(
    @Param('id', roleId) id: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = commandMetaOf(request, this.ports.digest);
    showPosition(reply, await this.ports.gateway.execute({ type: 'delete-role', id }, meta));
  }

  async #define(id: number | null, body: RoleBody, request: FastifyRequest, reply: FastifyReply): Promise<Receipt> {
    const { display_name, description = '', user_ids: users } = body;
    const permissions = body.permissions.map(({ object_type, action, instance }) => ({
      object_type,
      action,
      instance,
    }));
    const role = { display_name, description, permissions };
    const meta = commandMetaOf(request, this.ports.digest);
    const receipt = await this.ports.gateway.execute({ type: 'define-role', id, role, users }, meta);
    showPosition(reply, receipt);
    return receipt;
  }
}
