import { COUNT, FLAG, named, objectOf, orNull, TEXT, TIME } from '#http';
import type { presentToken } from './present-token.js';

export const TOKEN = named(
  'Token',
  objectOf<ReturnType<typeof presentToken>>({
    id: COUNT,
    user_id: TEXT,
    login: TEXT,
    label: orNull(TEXT),
    description: TEXT,
    creation: TIME,
    expiration: orNull(TIME),
    revocation: orNull(TIME),
    by_login: FLAG,
  }),
);
