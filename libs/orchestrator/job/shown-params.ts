import type { JsonObject } from '#domain';
import type { ShownSpec } from '#read-store';
import { shownValue } from '../stored/whole-value.js';

type ShownTaskSpec = Extract<ShownSpec, { readonly command: 'task' }>;

/** The tasks that do what is no task: commands, scripts, and files that are copied. */
const SHIM = 'bolt_shim::';

/** The parameters of a task as answers show them: of files that are copied or run without what is in them. */
export function shownParams({ task, params }: ShownTaskSpec): JsonObject {
  const shown = shownValue(params);
  if (!task.startsWith(SHIM)) return shown;
  const { content: _, ...others } = shown;
  return others;
}
