import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The same from the sources as from the built program. */
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('#package.json')), 'schemas');

/** The texts of the JSON Schemas that come with Daybook, by their address: `/schemas/<type>/<version>`. */
export type KeptSchemas = ReadonlyMap<string, string>;

/** Reads the schema of every version that any event has had. */
export const readKeptSchemas = (): KeptSchemas =>
  new Map(
    globSync('*/*.json', { cwd: FOLDER }).map((path) => [
      `/schemas/${path.slice(0, -'.json'.length)}`,
      readFileSync(join(FOLDER, path), 'utf8'),
    ]),
  );
