import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { hashPassword, newSalt } from '#access';
import { ApiError } from '#http';
import type { CommandGateway, Receipt } from '#writer';
import { newToken } from './new-token.js';
import type { LogInBody } from './token.body.js';

/** When an attempt that fails is answered, from the hashing on; by then any of them is decided. */
const FAILED_MS = 100;

const FAILED =
  'The login or the password is wrong, or too many were wrong before: ten in a row lock a login for 15 minutes';

/**
 * A token for a login and its password. What is wrong shows neither in the answer nor in its time: also where there is
 * no such user a password is hashed.
 * @throws ApiError when they do not fit or the login is locked
 */
export async function logIn(
  body: LogInBody,
  gateway: CommandGateway,
  correlationId: string,
): Promise<{ readonly secret: string; readonly receipt: Receipt }> {
  const { secret, token } = newToken(body);
  const { login } = body;
  const meta = () => ({ commandId: randomUUID(), actor: 'daybook', correlationId });
  const asked = await gateway.execute({ type: 'ask-salt', login }, meta());
  const salt = (asked.answer.kind === 'salt' ? asked.answer.salt : null) ?? newSalt();
  const password = await hashPassword(body.password, salt);
  const failing = delay(FAILED_MS);
  const receipt = await gateway.execute({ type: 'log-in', login, password, token }, meta());
  if (receipt.answer.kind === 'token-issued') return { secret, receipt };
  await failing;
  throw new ApiError('user-unauthenticated', FAILED, null);
}
