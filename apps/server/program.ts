import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('#package.json') as { version: string };

/** Name and version, as the log and the status pages have it. */
export const PROGRAM = `daybook ${version}`;
