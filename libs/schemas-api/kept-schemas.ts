import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '#platform';

const FOLDER = packageFolder('schemas');

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
