import { CANARY } from './canary.js';
import { COLLECTIONS } from './collections.js';
import { CONTROL } from './control.js';
import { CONVERSIONS, MAKERS } from './conversions.js';
import type { PlanFunction } from './function.js';
import { ITERATION } from './iteration.js';
import { MESSAGES } from './messages.js';
import { NUMBERS } from './numbers.js';
import { RESULT_SETS } from './result-sets.js';
import { RUN_FUNCTIONS } from './run-functions.js';
import { SORT } from './sort.js';
import { STRINGS } from './strings.js';
import { TARGETS } from './targets.js';

/** All functions by their names. */
export const FUNCTIONS: ReadonlyMap<string, PlanFunction> = new Map(
  [
    CANARY,
    COLLECTIONS,
    CONTROL,
    CONVERSIONS,
    ITERATION,
    MESSAGES,
    NUMBERS,
    RESULT_SETS,
    RUN_FUNCTIONS,
    SORT,
    STRINGS,
    TARGETS,
  ].flatMap((functions) => Object.entries(functions)),
);

/** A function by its name; null: there is none. */
export const functionOf = (name: string): PlanFunction | null => FUNCTIONS.get(name.replace(/^::/, '')) ?? null;

/** The function that makes a value of a type; null: the type makes none. */
export const makerOf = (type: string): PlanFunction | null =>
  Object.hasOwn(MAKERS, type) ? (MAKERS[type] ?? null) : null;

const NOT_SUPPORTED: ReadonlySet<string> = new Set([
  ...['add_facts', 'add_to_group', 'apply', 'apply_prep', 'background', 'dir::children', 'facts', 'file::delete'],
  ...['file::exists', 'file::join', 'file::read', 'file::readable', 'file::write', 'get_resources', 'http_request'],
  ...['parallelize', 'prompt', 'prompt::menu', 'puppetdb_command', 'puppetdb_fact', 'remove_from_group'],
  ...['resolve_references', 'resource', 'run_container', 'run_task_with', 'set_config', 'set_feature', 'set_resources'],
  ...['set_var', 'system::env', 'vars', 'wait', 'write_file', 'run_apply', 'log_message'],
  ...[
    'lookup',
    'hiera',
    'hiera_array',
    'hiera_hash',
    'hiera_include',
    'include',
    'require',
    'contain',
    'tag',
    'tagged',
  ],
  ...[
    'realize',
    'create_resources',
    'defined',
    'file',
    'find_file',
    'template',
    'epp',
    'inline_epp',
    'inline_template',
  ],
  ...['generate', 'getvar', 'tree_each', 'break_each', 'strftime', 'eyaml_lookup_key', 'fqdn_rand', 'digest', 'md5'],
  ...['sha1', 'sha256', 'scanf', 'binary_file', 'new', 'annotate', 'call', 'import', 'shellquote', 'convert_to'],
]);

/** Whether a function is one of Bolt's or Puppet's that is left out here. */
export const isLeftOut = (name: string): boolean => NOT_SUPPORTED.has(name.replace(/^::/, ''));
