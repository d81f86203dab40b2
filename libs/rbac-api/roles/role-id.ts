import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from '#http';

/** For `@Param('id', roleId)`. */
export const roleId: PipeTransform<string, number> = {
  transform(id) {
    if (!/^\d{1,9}$/.test(id)) throw invalid(`The id of a role is ${shown(id)}, expected an integer`, { id });
    return Number(id);
  },
};
