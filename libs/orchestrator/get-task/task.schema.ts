import { COUNT, FREE, LINK, listOf, named, objectOf, TEXT } from '#http';
import { ENVIRONMENT_REFERENCE } from '../task-catalogue/task-catalogue.schema.js';
import type { presentTask } from './present-task.js';

type Presented = ReturnType<typeof presentTask>;
type File = Presented['files'][number];

const FILE = objectOf<File>({
  filename: TEXT,
  uri: objectOf<File['uri']>({ path: TEXT, params: objectOf<File['uri']['params']>({ environment: TEXT }) }),
  sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  size_bytes: COUNT,
});

export const TASK = named(
  'Task',
  objectOf<Presented>({
    id: LINK,
    name: TEXT,
    environment: ENVIRONMENT_REFERENCE,
    metadata: FREE,
    files: listOf(FILE),
  }),
);
