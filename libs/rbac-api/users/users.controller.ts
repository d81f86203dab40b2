import { Body, Controller, Get, Inject, Param, Post, Put, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashPassword, newSalt } from '#access';
import { Refusal } from '#domain';
import type { Subject, UserChanges } from '#domain';
import {
  bodyOf,
  callerOf,
  commandMetaOf,
  Documents,
  invalid,
  listOf,
  queryOf,
  ReadYourWrites,
  shown,
  shownAfter,
  showPosition,
  SUBJECT,
  text,
} from '#http';
import type { QueryOf } from '#http';
import { uuidOf } from '#platform';
import type { RbacPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { demandView } from '../demand-view.js';
import { NewUserBody, UserBody } from './user.body.js';

const LIST_USERS = { id: text };

const SOMEBODY = '5f1c8a6e-2d8e-4c6b-9a53-0f6f6c1f7b21';

/** Who may log in, and with which roles. */
@Controller('rbac-api/v1/users')
@UseInterceptors(ReadYourWrites)
export class UsersController {
  constructor(@Inject(PORTS) private readonly ports: RbacPorts) {}

  @Get()
  @Documents({ summary: 'List the users', answer: listOf(SUBJECT) })
  async listUsers(
    @Query(queryOf(LIST_USERS)) { id }: QueryOf<typeof LIST_USERS>,
    @Req() request: FastifyRequest,
  ): Promise<readonly Subject[]> {
    demandView(request);
    const users = await this.ports.queries.users();
    const wanted = id?.split(',');
    return wanted ? users.filter((user) => wanted.includes(user.id)) : users;
  }

  @Get('current')
  @Documents({ summary: 'Get the user whose token this is', answer: SUBJECT })
  getCurrentUser(@Req() request: FastifyRequest): Promise<Subject> {
    return this.#userOr404(callerOf(request).subject.id);
  }

  @Get(':id')
  @Documents({ summary: 'Get a user', answer: SUBJECT, example: { id: SOMEBODY } })
  getUser(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Subject> {
    demandView(request);
    return this.#userOr404(id);
  }

  @Post()
  @Documents({
    summary: 'Create a user, whose place is in the header Location',
    answer: null,
    example: { body: { login: 'bob', display_name: 'Bob', role_ids: [1], password: 'a password' } },
  })
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
  @Documents({
    summary: 'Change a user',
    answer: SUBJECT,
    example: { id: SOMEBODY, body: { display_name: 'Ann', is_revoked: false } },
  })
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
    return shownAfter(receipt.position, this.ports.positions, () => this.#userOr404(id));
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
