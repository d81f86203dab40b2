import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from '#http';

const RUN_ID = /^[\da-f]{12}-r([1-9]\d{0,14})$/;

/** For `@Param('run', runNumber)`: the number in the id of a run. */
export const runNumber: PipeTransform<string, number> = {
  transform(id) {
    const [, number] = RUN_ID.exec(id) ?? [];
    if (number === undefined) throw invalid(`run is ${shown(id)}, expected the id of a run`, { run: id });
    return Number(number);
  },
};
