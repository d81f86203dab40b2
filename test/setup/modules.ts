import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject } from '#domain';

export interface TestTask {
  /** What the task does, in the language of /bin/sh. */
  readonly script: string;
  readonly metadata?: JsonObject;
}

/** A module path of a test's own. */
export interface TestModules {
  /** The value of DAYBOOK_MODULEPATH. */
  readonly path: string;
  remove(): void;
}

/**
 * Writes a module for each task, which is its `init`.
 * @param files further files, by their path below the module path
 */
export function writeModules(
  tasks: Readonly<Record<string, TestTask>>,
  files: Readonly<Record<string, string>> = {},
): TestModules {
  const path = mkdtempSync(join(tmpdir(), 'daybook-modules-'));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  for (const [name, { script, metadata = {} }] of Object.entries(tasks)) {
    write(`${name}/tasks/init.sh`, `#!/bin/sh\n${script}\n`);
    write(`${name}/tasks/init.json`, JSON.stringify(metadata));
  }
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
