import { isIP } from 'node:net';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Length } from 'class-validator';
import { isUserKey } from '#broker';
import { refusalOf } from '#delivery';
import { bodyCheck, Expects, ExpectsSecret, invalid, IsInteger, parseJsonBody, shown } from '#http';
import { APP_ADDRESS_EXPECTED, isAppAddress } from '#platform';

export class AppBody {
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @IsArray()
  @Expects('at most 100 URLs; none: the app takes its jobs by subscription')
  addresses!: string[];

  @IsOptional()
  @Length(1, 1000)
  @IsString()
  @ExpectsSecret('a string of 1 to 1000 characters')
  token?: string;

  @IsOptional()
  @IsString()
  @Expects('the public nkey of a user')
  natsKey?: string;

  @IsOptional()
  @IsInteger(1, 1000)
  callsAtOnce?: number;
}

const check = bodyCheck(AppBody);

/** @throws ApiError when it is not what an app takes */
export function readAppBody(bytes: Buffer | null): AppBody {
  const body = check(bytes === null ? undefined : parseJsonBody(bytes));
  // What goes into a header.
  if (body.token !== undefined && !/^[\x21-\x7e]+$/.test(body.token)) {
    throw invalid('token has a character that is not printable ASCII, or a space, expected none', { key: 'token' });
  }
  if (body.natsKey !== undefined && !isUserKey(body.natsKey)) {
    throw invalid(`natsKey is ${shown(body.natsKey)}, expected the public nkey of a user`, { key: 'natsKey' });
  }
  for (const address of body.addresses.filter(isAppAddress)) demandReachable(address);
  const wrong = body.addresses.findIndex((address) => !isAppAddress(address));
  if (wrong < 0) return body;
  const key = `addresses[${wrong}]`;
  throw invalid(`${key} is ${shown(body.addresses[wrong])}, expected ${APP_ADDRESS_EXPECTED}`, { key });
}

/** Where a name leads is seen only when it is called. */
function demandReachable(address: string): void {
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
  const refusal = isIP(host) === 0 ? null : refusalOf(host);
  if (refusal !== null)
    throw invalid(`addresses has ${shown(address)}, ${refusal}, to which nothing is sent`, { key: 'addresses' });
}
