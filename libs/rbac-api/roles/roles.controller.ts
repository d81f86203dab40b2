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
import type { Role, Subject } from '#domain';
import { bodyOf, commandMetaOf, showPosition } from '#http';
import type { Receipt } from '#writer';
import type { RbacPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ReadYourWrites } from '../read-your-writes.js';
import { shownAfter } from '../shown-after.js';
import { RoleBody } from './role.body.js';
import { roleId } from './role-id.js';

/** What roles allow, and who has them. */
@Controller('rbac-api/v1/roles')
@UseInterceptors(ReadYourWrites)
export class RolesController {
  constructor(@Inject(PORTS) private readonly ports: RbacPorts) {}

  @Get()
  async listRoles() {
    const [roles, users] = await Promise.all([this.ports.queries.roles(), this.ports.queries.users()]);
    return roles.map((role) => presentRole(role, users));
  }

  @Get(':id')
  async getRole(@Param('id', roleId) id: number) {
    const [role, users] = await Promise.all([this.ports.queries.role(id), this.ports.queries.users()]);
    if (!role) throw new Refusal({ code: 'unknown-role', id });
    return presentRole(role, users);
  }

  @Post()
  async createRole(
    @Body(bodyOf(RoleBody)) body: RoleBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { answer } = await this.#define(null, body, request, reply);
    if (answer.kind === 'role-defined') void reply.header('location', `/rbac-api/v1/roles/${answer.role}`);
  }

  @Put(':id')
  async updateRole(
    @Param('id', roleId) id: number,
    @Body(bodyOf(RoleBody)) body: RoleBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const receipt = await this.#define(id, body, request, reply);
    return shownAfter(receipt, this.ports, () => this.getRole(id));
  }

  @Delete(':id')
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

function presentRole(role: Role, users: readonly Subject[]) {
  const user_ids = users.filter(({ role_ids }) => role_ids.includes(role.id)).map(({ id }) => id);
  return { ...role, user_ids, group_ids: [] };
}
