import { COUNT, FLAG, TEXT } from '#http';
import type { Schema } from '#http';
import type { deployOptions } from './deploy-options.js';

type Key = keyof ReturnType<typeof deployOptions>;

/** Flags that answers show only where they were given. */
const GIVEN = {
  use_cached_catalog: FLAG,
  usecacheonfailure: FLAG,
  filetimeout: COUNT,
  http_connect_timeout: COUNT,
  http_keepalive_timeout: COUNT,
  http_read_timeout: COUNT,
  ordering: TEXT,
  skip_tags: TEXT,
  tags: TEXT,
} satisfies Partial<Record<Key, Schema>>;

export const GIVEN_FLAGS = Object.keys(GIVEN) as (keyof typeof GIVEN)[];

/** How Puppet is to run, as `deployOptions` shows it. */
export const DEPLOY_OPTIONS: Readonly<Record<Key, Schema>> = {
  no_noop: FLAG,
  debug: FLAG,
  trace: FLAG,
  evaltrace: FLAG,
  enforce_environment: FLAG,
  ...GIVEN,
};
