import { COUNT, FLAG, FREE, LINK, listOf, NAME, named, objectOf, orNull, TEXT, textOf, TIME, SUBJECT } from '#http';
import { DEPLOY_OPTIONS, GIVEN_FLAGS } from '../job/deploy-options.schema.js';
import { INTERVAL } from '../list-scheduled-jobs/scheduled-job.schema.js';
import { SCOPE } from '../scope/scope.schema.js';
import type { presentEnvironmentJob } from './present-environment-job.js';

type Presented = ReturnType<typeof presentEnvironmentJob>;
type Input = Presented['input'];
type NamedInput = Extract<Input, { readonly name: string }>;
type TaskInput = Extract<NamedInput, { readonly scope: unknown }>;
type Run = NonNullable<Presented['last_run']>;

const LIMITED = { scope: SCOPE, noop: FLAG, concurrency: orNull(COUNT), timeout: orNull(COUNT) };

const NAMED = { name: TEXT, parameters: FREE, sensitive_parameters: listOf(TEXT) };

const INPUT = {
  anyOf: [
    objectOf<TaskInput>({ ...LIMITED, ...NAMED }),
    objectOf<Exclude<NamedInput, TaskInput>>({ ...NAMED, timeout: orNull(COUNT) }),
    objectOf<Exclude<Input, NamedInput>>({ ...LIMITED, ...DEPLOY_OPTIONS }, GIVEN_FLAGS),
  ],
};

/** Has made a job, or not; then `submission_error` says why. */
const RUN = objectOf<Run>({
  time: TIME,
  job: objectOf<Run['job']>({ id: LINK, name: orNull(NAME), submission_error: FREE }, ['id', 'submission_error']),
});

export const ENVIRONMENT_JOB = named(
  'EnvironmentJob',
  objectOf<Presented>({
    id: LINK,
    name: NAME,
    enabled: FLAG,
    type: textOf('task', 'plan', 'deploy'),
    environment: TEXT,
    owner: SUBJECT,
    description: TEXT,
    input: INPUT,
    userdata: FREE,
    schedule: objectOf<Presented['schedule']>({ start_time: TIME, interval: orNull(INTERVAL) }),
    next_run: orNull(objectOf<NonNullable<Presented['next_run']>>({ time: TIME })),
    last_run: orNull(RUN),
  }),
);
