import { IsIn } from 'class-validator';
import { bodyCheck, Expects, parseJsonBody } from '#http';

const STATUSES = ['SUCCESS', 'RETRY', 'DROP'] as const;

class StatusBody {
  @IsIn(STATUSES)
  @Expects(`one of ${STATUSES.join(', ')}`)
  status!: (typeof STATUSES)[number];
}

const check = bodyCheck(StatusBody);

/** @throws ApiError when it says none */
export const readStatus = (bytes: Buffer | null) => check(bytes === null ? undefined : parseJsonBody(bytes)).status;
