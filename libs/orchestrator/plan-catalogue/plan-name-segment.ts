import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from '#http';
import type { HasSchema } from '#http';
import { QUALIFIED_NAME } from '#plan-language';

const EXPECTED = 'words of small letters, digits and underscores, with :: between them';

/** For `@Param('plan', planNameSegment)`: the name of a plan within its module, `init` for the module's own. */
export const planNameSegment: PipeTransform<string, string> & HasSchema = {
  schema: { type: 'string', pattern: QUALIFIED_NAME.source },
  transform(plan) {
    if (QUALIFIED_NAME.test(plan)) return plan;
    throw invalid(`plan is ${shown(plan)}, expected ${EXPECTED}`, { plan });
  },
};
