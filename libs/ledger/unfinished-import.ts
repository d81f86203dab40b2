import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pathIn = (dataDir: string) => join(dataDir, 'import-unfinished');

/** Notes that a data folder holds a part of an import only. */
export const noteImportBegun = (dataDir: string): void => writeFileSync(pathIn(dataDir), '');

/** Notes that an import is whole. */
export const noteImportDone = (dataDir: string): void => rmSync(pathIn(dataDir), { force: true });

/** @throws Error when a data folder holds a part of an import only: whoever wrote to it now could never have the rest */
export function refuseUnfinishedImport(dataDir: string): void {
  if (!existsSync(pathIn(dataDir))) return;
  throw new Error(
    `an import into ${dataDir} is not finished, expected the same 'daybook events import' once more, or an empty folder`,
  );
}
