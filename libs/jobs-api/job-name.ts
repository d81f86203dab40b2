import type { PipeTransform } from '@nestjs/common';
import { nameIsEmpty } from './errors/jobs-api-error.js';

/** For `@Param('name', jobName)`: any name but a blank one. What else is none, no job has. */
export const jobName: PipeTransform<string, string> = {
  transform(name) {
    if (name.trim() === '') throw nameIsEmpty();
    return name;
  },
};
