import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from '#http';
import type { HasSchema, Parameter } from '#http';
import { DEFAULT_ENVIRONMENT, ENVIRONMENT } from '#tasks';

const ENVIRONMENT_EXPECTED = 'small letters, digits and underscores';

const ENVIRONMENT_SCHEMA = { type: 'string', pattern: ENVIRONMENT.source, examples: [DEFAULT_ENVIRONMENT] };

const environment: Parameter<string> = {
  expected: ENVIRONMENT_EXPECTED,
  read: (text) => (ENVIRONMENT.test(text) ? text : undefined),
  absent: DEFAULT_ENVIRONMENT,
  schema: ENVIRONMENT_SCHEMA,
};

/** Of everything that the catalogue shows. */
export const IN_ENVIRONMENT = { environment };

/** For `@Param('environment', environmentName)`. */
export const environmentName: PipeTransform<string, string> & HasSchema = {
  schema: ENVIRONMENT_SCHEMA,
  transform(name) {
    if (ENVIRONMENT.test(name)) return name;
    throw invalid(`environment is ${shown(name)}, expected ${ENVIRONMENT_EXPECTED}`, { environment: name });
  },
};

const NAME_SEGMENT = /^[a-z][a-z0-9_]*$/;

/** For `@Param('module', nameSegment)`: one part of the name of a task or a plan. */
export const nameSegment: PipeTransform<string, string> & HasSchema = {
  schema: { type: 'string', pattern: NAME_SEGMENT.source },
  transform(segment, { data }) {
    if (NAME_SEGMENT.test(segment)) return segment;
    throw invalid(`${data} is ${shown(segment)}, expected a small letter, then small letters, digits and underscores`, {
      [data!]: segment,
    });
  },
};
