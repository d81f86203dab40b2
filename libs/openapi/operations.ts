import type { PipeTransform, Type } from '@nestjs/common';
import { HttpStatus, RequestMethod } from '@nestjs/common';
import {
  HTTP_CODE_METADATA,
  INTERCEPTORS_METADATA,
  METHOD_METADATA,
  PATH_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MetadataScanner } from '@nestjs/core';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { Documentation, HasSchema, QueryPipe, Schema } from '#http';
import { documentationOf, TEXT } from '#http';

/** What the code says of a route. */
export interface Operation {
  /** Name of the method that answers. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** `/orchestrator/v1/jobs/:id` */
  readonly path: string;
  /** Last part of the controller's path: what the route is about. */
  readonly group: string;
  /** Of success. */
  readonly status: number;
  readonly pathParameters: Readonly<Record<string, Schema>>;
  readonly queryParameters: QueryPipe['parameters'];
  /** Null: it takes none. */
  readonly body: Schema | null;
  /** Whether commands are given, or tables read that follow them; null: neither. */
  readonly side: 'write' | 'read' | null;
  /** Whether it needs no token, though others beside it do. */
  readonly isOpen: boolean;
  /** Null: it has none. */
  readonly documentation: Documentation | null;
}

interface RouteArgument {
  /** The name of a path parameter. */
  readonly data?: string;
  readonly pipes: readonly (PipeTransform & Partial<HasSchema & QueryPipe>)[];
}

const get = <T>(key: string, ...of: readonly [object, string?]) => Reflect.getMetadata(key, ...(of as [object])) as T;

const pathOf = (...parts: readonly string[]) =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;

/** The pipes of a method's arguments of one kind, by the argument's name. */
function pipesOf(controller: Type, name: string, kind: RouteParamtypes) {
  const all = Object.entries(
    get<Record<string, RouteArgument> | undefined>(ROUTE_ARGS_METADATA, controller, name) ?? {},
  );
  const ofKind = all.filter(([key]) => key.startsWith(`${kind}:`)).map(([, argument]) => argument);
  return ofKind.map(({ data = '', pipes }) => [data, pipes[0]] as const);
}

/** What interceptors of a controller take from the query. */
function interceptedOf(controller: Type): QueryPipe['parameters'] {
  const interceptors = get<readonly Partial<QueryPipe>[] | undefined>(INTERCEPTORS_METADATA, controller) ?? [];
  return Object.assign({}, ...interceptors.map(({ parameters }) => parameters)) as QueryPipe['parameters'];
}

function sideOf(controller: Type, name: string, method: Operation['method']): Operation['side'] {
  // Headers tell where a command stands in the log, or that a read did not come so far.
  const hasHeaders = pipesOf(controller, name, RouteParamtypes.RESPONSE).length > 0;
  if (method !== 'get') return hasHeaders ? 'write' : null;
  // Interceptors are there to wait for what was written.
  return hasHeaders || get(INTERCEPTORS_METADATA, controller) !== undefined ? 'read' : null;
}

function operationOf(controller: Type, name: string, answer: object): Operation {
  const prefix = get<string>(PATH_METADATA, controller);
  const method = RequestMethod[get<RequestMethod>(METHOD_METADATA, answer)].toLowerCase() as Operation['method'];
  const params = pipesOf(controller, name, RouteParamtypes.PARAM);
  const [query] = pipesOf(controller, name, RouteParamtypes.QUERY);
  const [body] = pipesOf(controller, name, RouteParamtypes.BODY);
  return {
    id: name,
    method,
    path: pathOf(prefix, get<string>(PATH_METADATA, answer)),
    group: prefix.split('/').at(-1) || 'server',
    status:
      get<number | undefined>(HTTP_CODE_METADATA, answer) ?? (method === 'post' ? HttpStatus.CREATED : HttpStatus.OK),
    pathParameters: Object.fromEntries(params.map(([parameter, pipe]) => [parameter, pipe?.schema ?? TEXT])),
    queryParameters: { ...query?.[1]?.parameters, ...interceptedOf(controller) },
    body: body?.[1]?.schema ?? null,
    side: sideOf(controller, name, method),
    isOpen: get<{ needsToken?: boolean } | undefined>(FASTIFY_ROUTE_CONFIG_METADATA, answer)?.needsToken === false,
    documentation: documentationOf(answer) ?? null,
  };
}

/** All routes of controllers, as their decorators declare them. */
export function operationsOf(controllers: readonly Type[]): readonly Operation[] {
  const scanner = new MetadataScanner();
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, object>;
    return scanner
      .getAllMethodNames(prototype)
      .filter((name) => get(METHOD_METADATA, prototype[name]!) !== undefined)
      .map((name) => operationOf(controller, name, prototype[name]!));
  });
}
