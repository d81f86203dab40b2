import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: { readonly start: string };
};

/** What `npm start` gives to node: its own flags, then the program. */
export const [, ...START] = scripts.start.split(' ') as [string, ...string[]];
