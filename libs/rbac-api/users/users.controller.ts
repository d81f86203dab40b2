import { Body, Controller, Get, Inject, Param, Post, Put, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashPassword, newSalt } from '#access';
import { Refusal } from '#domain';
import type { Subject, UserChanges } from '#domain';
import { bodyOf, callerOf, commandMetaOf, invalid, queryOf, shown, showPosition, text } from '#http';
import type { QueryOf } from '#http';
import { uuidOf } from '#platform';
import type { RbacPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ReadYourWrites } from '../read-your-writes.js';
import { shownAfter } from '../shown-after.js';
import { NewUserBody, UserBody } from './user.body.js';

const LIST_USERS = { id: text };

/** Who may log in, and with which roles. */
@Controller('rbac-api/v1/users')
@UseInterceptors(ReadYourWrites)
export class UsersController {
  constructor(@Inject(PORTS) private readonly ports: RbacPorts) {}

  @Get()
  async listUsers(@Query(queryOf(LIST_USERS)) { id }: QueryOf<typeof LIST_USERS>): Promise<readonly Subject[]> {
    const users = await this.ports.queries.users();
    const wanted = id?.split(',');
    return wanted ? users.filter((user) => wanted.includes(user.id)) : users;
  }

  @Get('current')
  getCurrentUser(@Req() request: FastifyRequest): Promise<Subject> {
    return this.#userOr404(callerOf(request).subject.id);
  }

  @Get(':id')
  getUser(@Param('id') id: string): Promise<Subject> {
    return this.#userOr404(id);
  }

  @Post()
  async createUser(
    @Body(bodyOf(NewUserBody)) body: NewUserBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = commandMetaOf(request, this.ports.digest);
    // The same key names the same user.
    const id = uuidOf(`user ${meta.commandId}`);
    const { login, email = '', display_name = login, role_ids = [] } = body;
    const user = { login, email, display_name, role_ids, ...(await hashed(body)) };
    showPosition(reply, await this.ports.gateway.execute({ type: 'create-user', id, user }, meta));
    void reply.header('location', `/rbac-api/v1/users/${id}`);
  }

  @Put(':id')
  async updateUser(
    @Param('id') id: string,
    @Body(bodyOf(UserBody)) body: UserBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Subject> {
    if (body.id !== undefined && body.id !== id)
      throw invalid(`id is ${shown(body.id)}, expected '${id}'`, { key: 'id' });
    const { login, email, display_name, role_ids, is_revoked } = body;
    const said = Object.entries({ login, email, display_name, role_ids, is_revoked, ...(await hashed(body)) });
    const changes = Object.fromEntries(said.filter(([, value]) => value !== undefined)) as UserChanges;
    const meta = commandMetaOf(request, this.ports.digest);
    const receipt = await this.ports.gateway.execute({ type: 'update-user', id, changes }, meta);
    showPosition(reply, receipt);
    return shownAfter(receipt, this.ports, () => this.#userOr404(id));
  }

  async #userOr404(id: string): Promise<Subject> {
    const user = await this.ports.queries.user(id);
    if (!user) throw new Refusal({ code: 'unknown-user', user: id });
    return user;
  }
}

async function hashed({ password }: Pick<UserBody, 'password'>): Promise<{ readonly password?: string }> {
  return password === undefined ? {} : { password: await hashPassword(password, newSalt()) };
}
