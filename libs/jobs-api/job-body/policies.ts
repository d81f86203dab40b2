import { parseProtoDuration } from '#domain';
import type { FailurePolicy, Misfire, Overlap } from '#domain';
import { choice, decimal, integer, oneKeyOf, scalar, shape } from './fields.js';
import type { Field } from './fields.js';

const UINT32 = 2 ** 32 - 1;

/** Missed occurrences that may be asked for one by one: the writer looks for them. */
const MOST_MISSED = 1000;

const duration = scalar('a duration in seconds like 1.5s', (value) =>
  typeof value === 'string' && parseProtoDuration(value) !== null ? value : undefined,
);

const distance = scalar('a duration in seconds like 1.5s, not negative', (value) =>
  typeof value === 'string' && (parseProtoDuration(value) ?? -1) >= 0 ? value : undefined,
);

export const failurePolicy = oneKeyOf({
  drop: shape({}),
  constant: shape({ interval: duration, maxRetries: integer(0, UINT32) }),
  exponential: shape({
    interval: distance,
    maxInterval: distance,
    factor: decimal(1, 1000),
    maxRetries: integer(0, UINT32),
  }),
}) as Field<FailurePolicy | undefined>;

const OVERLAPS = { queue: 'queue', skip: 'skip', allow: 'allow', cancelRunning: 'cancel-running' } as const;

export const overlapPolicy: Field<Overlap> = {
  read: (source, path) => OVERLAPS[choice(...names(OVERLAPS)).read(source, path)],
};

/** An overlap as bodies name it. */
export const overlapName = (overlap: Overlap) => names(OVERLAPS).find((name) => OVERLAPS[name] === overlap)!;

const names = <T extends object>(values: T) => Object.keys(values) as (keyof T & string)[];

export const DEFAULT_MISFIRE: Misfire = { fire: 'all', thresholdMs: 60_000, limit: null };

const misfires = oneKeyOf({
  all: shape({ limit: integer(1, MOST_MISSED), threshold: distance }),
  last: shape({ threshold: distance }),
  none: shape({ threshold: distance }),
});

export const misfirePolicy: Field<Misfire | undefined> = {
  read(source, path) {
    const given = misfires.read(source, path);
    if (given === undefined) return undefined;
    const { all, last, none } = given;
    const { threshold } = all ?? last ?? none ?? {};
    return {
      fire: all ? 'all' : last ? 'last' : 'none',
      thresholdMs: threshold === undefined ? DEFAULT_MISFIRE.thresholdMs : Math.ceil(parseProtoDuration(threshold)!),
      limit: all?.limit ?? null,
    };
  },
};

/** A misfire as bodies say it. */
export function misfireObject({ fire, thresholdMs, limit }: Misfire) {
  const isUsual = thresholdMs === DEFAULT_MISFIRE.thresholdMs;
  return { [fire]: { ...(limit !== null && { limit }), ...(!isUsual && { threshold: `${thresholdMs / 1000}s` }) } };
}

export const dstPolicy = shape({ gap: choice('shift', 'skip'), fold: choice('first', 'both') });
