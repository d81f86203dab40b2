import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from '#http';
import { APP_ID_EXPECTED, isAppId } from '#platform';

/** For `@Param('id', appId)`. */
export const appId: PipeTransform<string, string> = {
  transform(id) {
    if (isAppId(id)) return id;
    throw invalid(`app is ${shown(id)}, expected ${APP_ID_EXPECTED}`, { id });
  },
};
