import type { InputMethod } from '#agent-protocol';
import type { Json, JsonObject } from '#domain';

import { parseType } from '#puppet-types';
import type { PuppetType } from '#puppet-types';

export interface TaskParameter {
  readonly type: PuppetType;
  /** As the metadata writes it. */
  readonly typeText: string;
  /** Undefined: there is none. */
  readonly default: Json | undefined;
  readonly sensitive: boolean;
}

/** One of several executables of a task, for nodes that have all of its requirements. */
export interface Implementation {
  readonly file: string;
  readonly requirements: readonly string[];
  readonly inputMethod: InputMethod | null;
  readonly files: readonly string[];
}

/** What a task's metadata says, with its defaults. @see https://puppetlabs.github.io/bolt/bolt_task_reference.html */
export interface TaskMetadata {
  readonly description: string | null;
  readonly inputMethod: InputMethod | null;
  /** Null: any parameters are accepted. */
  readonly parameters: ReadonlyMap<string, TaskParameter> | null;
  readonly supportsNoop: boolean;
  readonly private: boolean;
  readonly remote: boolean;
  readonly implementations: readonly Implementation[];
  readonly files: readonly string[];
  /** Whether a run may be started again when its process was lost. */
  readonly rerun: boolean;
  /** The metadata as written. */
  readonly json: JsonObject;
}

/** A piece of metadata is not what it should be; the message says which. */
export class InvalidMetadata extends Error {
  override readonly name = 'InvalidMetadata';
}

const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Reads the text of a metadata file; an empty one says nothing, so all defaults hold.
 * @throws InvalidMetadata
 */
export function parseMetadata(text: string): TaskMetadata {
  const json = object('metadata', text.trim() === '' ? {} : parseJson(text)) ?? {};
  const version = json['puppet_task_version'] ?? 1;
  if (version !== 1) throw new InvalidMetadata(`puppet_task_version is ${JSON.stringify(version)}, expected 1`);
  const extensions = object('extensions.daybook', object('extensions', json['extensions'])?.['daybook']);
  return {
    description: string('description', json['description']),
    inputMethod: inputMethod(json['input_method']),
    parameters: parameters(json['parameters']),
    supportsNoop: boolean('supports_noop', json['supports_noop'], false),
    private: boolean('private', json['private'], false),
    remote: boolean('remote', json['remote'], false),
    implementations: array('implementations', json['implementations']).map(implementation),
    files: strings('files', json['files']),
    rerun: boolean('extensions.daybook.rerun', extensions?.['rerun'], true),
    json,
  };
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch (error) {
    throw new InvalidMetadata(`metadata is not JSON: ${(error as Error).message}`);
  }
}

function parameters(json: Json | undefined): TaskMetadata['parameters'] {
  const declared = object('parameters', json);
  if (declared === null) return null;
  return new Map(
    Object.entries(declared).map(([name, value]) => {
      if (!NAME.test(name)) wrong('name of a parameter', name, 'small letters, digits and _, a letter first');
      return [name, parameter(`parameters.${name}`, object(`parameters.${name}`, value) ?? {})];
    }),
  );
}

function parameter(subject: string, json: JsonObject): TaskParameter {
  const typeText = string(`${subject}.type`, json['type']) ?? 'Any';
  try {
    const type = parseType(typeText);
    // A type that only mentions the word makes a value secret that need not be, which harms nobody.
    const sensitive = boolean(`${subject}.sensitive`, json['sensitive'], false) || typeText.includes('Sensitive');
    return { type, typeText, default: json['default'], sensitive };
  } catch (error) {
    throw new InvalidMetadata(`${subject}: ${(error as Error).message}`);
  }
}

function implementation(json: Json, index: number): Implementation {
  const subject = `implementations[${index}]`;
  const entry = object(subject, json) ?? {};
  const file = string(`${subject}.name`, entry['name']);
  if (file === null || !/^\w[\w.-]*$/.test(file)) return wrong(`${subject}.name`, entry['name'] ?? null, 'a file name');
  return {
    file,
    requirements: strings(`${subject}.requirements`, entry['requirements']),
    inputMethod: inputMethod(entry['input_method']),
    files: strings(`${subject}.files`, entry['files']),
  };
}

const INPUT_METHODS: readonly InputMethod[] = ['stdin', 'environment', 'both', 'powershell'];

function inputMethod(json: Json | undefined): InputMethod | null {
  const text = string('input_method', json);
  if (text === null) return null;
  return (
    INPUT_METHODS.find((each) => each === text) ?? wrong('input_method', text, `one of ${INPUT_METHODS.join(', ')}`)
  );
}

function object(subject: string, json: Json | undefined): JsonObject | null {
  if (json === undefined || json === null) return null;
  if (typeof json !== 'object' || Array.isArray(json)) wrong(subject, json, 'an object');
  return json as JsonObject;
}

function array(subject: string, json: Json | undefined): readonly Json[] {
  if (json === undefined || json === null) return [];
  return Array.isArray(json) ? (json as Json[]) : wrong(subject, json, 'an array');
}

function strings(subject: string, json: Json | undefined): string[] {
  return array(subject, json).map((each) => (typeof each === 'string' ? each : wrong(subject, each, 'only strings')));
}

function string(subject: string, json: Json | undefined): string | null {
  if (json === undefined || json === null) return null;
  return typeof json === 'string' ? json : wrong(subject, json, 'a string');
}

function boolean(subject: string, json: Json | undefined, otherwise: boolean): boolean {
  if (json === undefined || json === null) return otherwise;
  return typeof json === 'boolean' ? json : wrong(subject, json, 'true or false');
}

function wrong(subject: string, actual: Json, expected: string): never {
  throw new InvalidMetadata(`${subject} is ${JSON.stringify(actual).slice(0, 80)}, expected ${expected}`);
}
