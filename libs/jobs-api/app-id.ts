import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalid, shown } from '#http';
import { APP_ID_EXPECTED, isAppId } from '#platform';

/** The app of a request that names none. */
const DEFAULT_APP = 'default';

/** The app that a request names in `dapr-app-id`. @throws ApiError when it cannot be the name of one */
export function appOf({ headers }: FastifyRequest): string {
  const { 'dapr-app-id': id = DEFAULT_APP } = headers;
  if (typeof id === 'string' && isAppId(id)) return id;
  throw invalid(`dapr-app-id is ${shown(id)}, expected ${APP_ID_EXPECTED}`);
}

/** As `appOf`, for answers that say that something is wrong. */
export function shownAppOf({ headers }: FastifyRequest): string {
  return String(headers['dapr-app-id'] ?? DEFAULT_APP);
}

/** For a parameter of a controller: as `appOf`. */
export const AppId = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  appOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
