import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const ROOT = dirname(createRequire(import.meta.url).resolve('#package.json'));

/** A folder that comes with Daybook beside its code. */
export const packageFolder = (name: 'modules' | 'schemas'): string => join(ROOT, name);
