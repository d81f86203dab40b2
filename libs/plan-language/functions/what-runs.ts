import { QUALIFIED_NAME } from '../names.js';
import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';

/** @throws Mistake when it is none of a task */
export function taskName(name: string): string {
  if (QUALIFIED_NAME.test(name)) return name;
  throw new Mistake(`the task is ${describe(name)}, expected a name such as module::task`);
}

/** @throws Mistake when it is blank */
export function commandLine(command: string): string {
  if (command.trim() !== '') return command;
  throw new Mistake('the command is empty, expected one');
}

/** A file of a module, or one by its absolute path. @throws Mistake */
export function filePath(file: string): string {
  const isPath = /^(\/|[A-Za-z]:[\\/])./.test(file) || /^[a-z][a-z0-9_]*\/./.test(file);
  if (isPath && !file.split(/[\\/]/).includes('..')) return file;
  throw new Mistake(`the file is ${describe(file)}, expected module/path or an absolute path, without '..'`);
}
