#!/usr/bin/env node
import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { readSettings } from '#platform';
import { startServer } from './server.js';
import { UndoList } from './undo.js';

/** How long a server that stops may take. */
const STOP_MS = 9_500;

const undo = new UndoList();

/** Takes everything down and leaves; what does not end in time is left behind. */
function leave(status: number): void {
  // Not `process.exit`: that waits for file reads that may never end.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_MS).unref();
  undo.all().then(
    () => process.exit(status),
    (error: unknown) => fail(error),
  );
}

function fail(error: unknown): void {
  process.stderr.write(`daybook: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  leave(1);
}

// The flag of `npm start` is for this thread alone: it would overrule the limits that the others are given.
setFlagsFromString('--max-semi-space-size=0');

const say = (line: string) => void process.stdout.write(`${line}\n`);

process.once('SIGTERM', () => leave(0));
process.once('SIGINT', () => leave(0));
try {
  await startServer(readSettings(process.env), undo, say, fail);
} catch (error) {
  if ((error as Error).name !== 'StoppedWhileStarting') fail(error);
}
