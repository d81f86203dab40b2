import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from '#http';
import type { HasSchema } from '#http';

/** For `@Param('event', eventId)`: the number of an event in its path. */
export const eventId: PipeTransform<string, number> & HasSchema = {
  schema: { type: 'integer', minimum: 0, maximum: 999_999_999_999_999, examples: [1] },
  transform(id) {
    if (!/^\d{1,15}$/.test(id))
      throw invalid(`event-id is ${shown(id)}, expected an integer of 1 to 15 digits`, { id });
    return Number(id);
  },
};
