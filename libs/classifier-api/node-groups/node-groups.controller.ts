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
import type { PipeTransform } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ALL_NODES, Refusal } from '#domain';
import type { CommandMeta, NodeGroup } from '#domain';
import { bodyOf, commandMetaOf, Documents, invalid, listOf, ReadYourWrites, showPosition, shown } from '#http';
import { InvalidRule, parseRule } from '#inventory-query';
import { uuidOf } from '#platform';
import type { ClassifierPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { isNodeGroupId, NodeGroupBody } from './node-group.body.js';
import { NODE_GROUP } from './node-group.schema.js';
import { presentGroup } from './present-group.js';

const WEB = 'fc500c43-5065-469b-91fc-37ed0e500e81';

const BODY = { name: 'web servers', parent: ALL_NODES.id, rule: ['~', 'name', '^web'] };

const groupId: PipeTransform<string, string> = {
  transform(id) {
    if (isNodeGroupId(id)) return id;
    throw invalid(`id is ${shown(id)}, expected the id of a node group, a UUID in small letters`, { id });
  },
};

/** Which nodes belong together, for `scope.node_group`. */
@Controller('classifier-api/v1/groups')
@UseInterceptors(ReadYourWrites)
export class NodeGroupsController {
  constructor(@Inject(PORTS) private readonly ports: ClassifierPorts) {}

  @Get()
  @Documents({ summary: 'List the node groups', answer: listOf(NODE_GROUP) })
  async listGroups() {
    return (await this.#groups()).map(presentGroup);
  }

  @Get(':id')
  @Documents({ summary: 'Get a node group', answer: NODE_GROUP, example: { id: ALL_NODES.id } })
  async getGroup(@Param('id', groupId) id: string) {
    const group = (await this.#groups()).find((each) => each.id === id);
    if (!group) throw new Refusal({ code: 'no-such-node-group', id });
    return presentGroup(group);
  }

  @Post()
  @Documents({
    summary: 'Create a node group, whose place is in the header Location',
    answer: null,
    example: { body: { ...BODY, name: 'more web servers' } },
  })
  async createGroup(
    @Body(bodyOf(NodeGroupBody)) body: NodeGroupBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    // The same key names the same group.
    const meta = commandMetaOf(request, this.ports.digest);
    const id = uuidOf(`node group ${meta.commandId}`);
    await this.#define(id, body, meta, reply);
    void reply.header('location', `/classifier-api/v1/groups/${id}`);
  }

  @Put(':id')
  @Documents({
    summary: 'Create a node group with this id, or say it anew',
    answer: NODE_GROUP,
    example: { id: WEB, body: BODY },
  })
  async putGroup(
    @Param('id', groupId) id: string,
    @Body(bodyOf(NodeGroupBody)) body: NodeGroupBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return presentGroup(await this.#define(id, body, commandMetaOf(request, this.ports.digest), reply));
  }

  @Delete(':id')
  @Documents({ summary: 'Delete a node group', example: { id: WEB } })
  @HttpCode(204)
  async deleteGroup(
    @Param('id', groupId) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = commandMetaOf(request, this.ports.digest);
    showPosition(reply, await this.ports.gateway.execute({ type: 'delete-node-group', id }, meta));
  }

  async #groups(): Promise<readonly NodeGroup[]> {
    return [ALL_NODES, ...(await this.ports.queries.nodeGroups())];
  }

  async #define(id: string, body: NodeGroupBody, meta: CommandMeta, reply: FastifyReply): Promise<NodeGroup> {
    const { name, description = '', parent, rule = null } = body;
    if (rule !== null) readRule(rule);
    const group = { id, name, description, parent, rule };
    showPosition(reply, await this.ports.gateway.execute({ type: 'define-node-group', group }, meta));
    return group;
  }
}

function readRule(rule: NonNullable<NodeGroupBody['rule']>): void {
  try {
    parseRule(rule);
  } catch (error) {
    throw error instanceof InvalidRule ? invalid(error.message, { key: 'rule' }) : error;
  }
}
