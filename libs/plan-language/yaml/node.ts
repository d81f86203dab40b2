/** A part of a plan's YAML; `at` is its offset in the file. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

/** A value that has no parts. */
export interface YamlScalar {
  readonly is: 'scalar';
  readonly at: number;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  readonly value: null | boolean | number | string;
  /** What it says as text, and where in the file each of its characters stands. */
  readonly text: SourceText;
}

/** A text that stands in the file, perhaps indented or with escapes. */
export interface SourceText {
  readonly text: string;
  readonly toFile: (offset: number) => number;
}

/** An array. */
export interface YamlList {
  readonly is: 'list';
  readonly at: number;
  readonly items: readonly YamlNode[];
}

/** A hash; each key is there once. */
export interface YamlMap {
  readonly is: 'map';
  readonly at: number;
  readonly entries: readonly YamlEntry[];
}

/** A key with its place, and its value. */
export interface YamlEntry {
  readonly key: string;
  readonly keyAt: number;
  readonly value: YamlNode;
}

/** The entry of a key; null: there is none. */
export const entryOf = (map: YamlMap, key: string): YamlEntry | null =>
  map.entries.find((entry) => entry.key === key) ?? null;

const LONGEST = 60;

/** A part as a message names it. */
export function shown(node: YamlNode): string {
  if (node.is === 'list') return 'an array';
  if (node.is === 'map') return 'a hash';
  if (typeof node.value !== 'string') return String(node.value);
  return `'${node.value.length > LONGEST ? `${node.value.slice(0, LONGEST)}…` : node.value}'`;
}
