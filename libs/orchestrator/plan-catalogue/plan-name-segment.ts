import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from '#http';
import type { HasSchema } from '#http';

const OWN_NAME = /^[a-z][a-z0-9_]*(::[a-z][a-z0-9_]*)*$/;

const EXPECTED = 'words of small letters, digits and underscores, with :: between them';

/** For `@Param('plan', planNameSegment)`: the name of a plan within its module, `init` for the module's own. */
export const planNameSegment: PipeTransform<string, string> & HasSchema = {
  schema: { type: 'string', pattern: OWN_NAME.source },
  transform(plan) {
    if (OWN_NAME.test(plan)) return plan;
    throw invalid(`plan is ${shown(plan)}, expected ${EXPECTED}`, { plan });
  },
};
