import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Json, JsonObject } from '#domain';

import { bundledModules } from '../index.js';

/** What the tasks of bolt_shim answer with: each of them with a part of this. */
export interface ShimResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly merged_output: string;
  readonly exit_code: number;
  readonly content: string;
  readonly mode: number;
  readonly directory: boolean;
  readonly _output: string;
  readonly _truncated?: string;
  readonly _error?: Json;
}

/** The tasks of bolt_shim, installed in a folder where tests may leave files. */
export function openShim() {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-shim-'));
  const path = (name: string) => join(folder, name);
  const task = (name: string) => path(`installed/bolt_shim/tasks/${name}.sh`);
  cpSync(join(bundledModules, 'bolt_shim'), path('installed/bolt_shim'), { recursive: true });

  function runWith(name: string, input: string) {
    const { stdout, status } = spawnSync('/bin/sh', [task(name)], { input, maxBuffer: 2 ** 26 });
    return { status, result: JSON.parse(stdout.toString()) as ShimResult };
  }

  return {
    path,
    /** The executable of a task. */
    task,
    /** Runs a task with what stands on its standard input. */
    runWith,
    /** Runs a task as an agent does. */
    run: (name: string, params: JsonObject) =>
      runWith(name, JSON.stringify({ ...params, _task: `bolt_shim::${name}`, _installdir: path('installed') })),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export type Shim = ReturnType<typeof openShim>;

export const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64');

/** Base64 as Ruby writes it. */
export const base64InLines = (content: string | Buffer) => base64(content).replaceAll(/.{1,60}/g, '$&\n');
