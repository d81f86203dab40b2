import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { digestOf } from '#access';
import { permission, permits } from '#domain';
import {
  bodyCheck,
  bodyOf,
  callerOf,
  commandMetaOf,
  Documents,
  invalid,
  listOf,
  objectOf,
  queryOf,
  ReadYourWrites,
  showPosition,
  TEXT,
  text,
} from '#http';
import type { QueryOf } from '#http';
import type { RbacPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { logIn } from './log-in.js';
import { newToken } from './new-token.js';
import { presentToken } from './present-token.js';
import { CreateTokenBody, LogInBody, RevokeTokensBody } from './token.body.js';
import { TOKEN } from './token.schema.js';

const TOLD = objectOf<{ token: string }>({ token: TEXT });

const LISTS = {
  revoke_tokens: text,
  revoke_tokens_by_usernames: text,
  revoke_tokens_by_labels: text,
  revoke_tokens_by_ids: text,
};

const checkLists = bodyCheck(RevokeTokensBody);

/** What lets programs in. A token is told once, when it is made. */
@Controller('rbac-api')
@UseInterceptors(ReadYourWrites)
export class TokensController {
  constructor(@Inject(PORTS) private readonly ports: RbacPorts) {}

  @Post('v1/auth/token')
  @RouteConfig({ needsToken: false })
  @HttpCode(200)
  @Documents({
    summary: 'Log in',
    answer: TOLD,
    example: { body: { login: 'ann', password: 'a password', lifetime: '2h' } },
  })
  async logIn(
    @Body(bodyOf(LogInBody)) body: LogInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { secret, receipt } = await logIn(body, this.ports.gateway, request.id);
    showPosition(reply, receipt);
    return { token: secret };
  }

  @Post('v1/tokens')
  @HttpCode(200)
  @Documents({ summary: 'Create a token', answer: TOLD, example: { body: { lifetime: '30d', label: 'ci' } } })
  async createToken(
    @Body(bodyOf(CreateTokenBody)) body: CreateTokenBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { secret, token } = newToken(body);
    const subject = body.user_id ?? callerOf(request).subject.id;
    // What is told once cannot be told again: a key that repeats a command would bring a token that nobody knows.
    const meta = { ...commandMetaOf(request, this.ports.digest), commandId: randomUUID() };
    showPosition(reply, await this.ports.gateway.execute({ type: 'issue-token', subject, token }, meta));
    return { token: secret };
  }

  /** The caller's own, and those that he may revoke. */
  @Get('v1/tokens')
  @Documents({
    summary: 'List the tokens, without what they are',
    answer: objectOf<{ items: unknown }>({ items: listOf(TOKEN) }),
  })
  async listTokens(@Req() request: FastifyRequest) {
    const { subject, permissions } = callerOf(request);
    const mayRevoke = (id: string) => id === subject.id || permits(permissions, permission('tokens', 'revoke', id));
    const tokens = await this.ports.queries.tokens();
    return { items: tokens.filter(({ user }) => mayRevoke(user.id)).map(presentToken) };
  }

  @Delete('v2/tokens')
  @Documents({ summary: 'Revoke tokens', example: { revoke_tokens_by_labels: 'ci' } })
  @HttpCode(204)
  async revokeTokens(
    @Query(queryOf(LISTS)) query: QueryOf<typeof LISTS>,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const lists = checkLists(body ?? {});
    const all = (name: keyof typeof LISTS) => [...(query[name]?.split(',') ?? []), ...(lists[name] ?? [])].map(String);
    const ids = all('revoke_tokens_by_ids').map(Number);
    const command = {
      type: 'revoke-tokens',
      digests: all('revoke_tokens').map(digestOf),
      ids,
      labels: all('revoke_tokens_by_labels'),
      logins: all('revoke_tokens_by_usernames'),
    } as const;
    if (command.digests.length + ids.length + command.labels.length + command.logins.length === 0) {
      throw invalid(`No token is named, expected at least one of ${Object.keys(LISTS).join(', ')}`);
    }
    if (!ids.every(Number.isSafeInteger)) throw invalid('revoke_tokens_by_ids has what is no id, expected integers');
    const meta = commandMetaOf(request, this.ports.digest);
    showPosition(reply, await this.ports.gateway.execute(command, meta));
  }
}
