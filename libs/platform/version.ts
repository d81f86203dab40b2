import { createRequire } from 'node:module';

/** Of Daybook, as package.json has it. */
export const { version: VERSION } = createRequire(import.meta.url)('#package.json') as { version: string };

/** Name and version, as the log and the status pages have it. */
export const PROGRAM = `daybook ${VERSION}`;
