import type { Bounds, PuppetType, StructField } from './puppet-type.js';
import { accepts } from './matches.js';

/** A type in Puppet's notation; `parseType` reads the same type back. */
export function printType(type: PuppetType): string {
  const args = printArgs(type);
  return args.length === 0 ? type.kind : `${type.kind}[${args.join(', ')}]`;
}

function printArgs(type: PuppetType): string[] {
  switch (type.kind) {
    case 'String':
    case 'Integer':
    case 'Float':
    case 'Collection':
      return printBounds(type);
    case 'Enum':
      return type.values.map(quote);
    case 'Pattern':
      return type.patterns.map(
        (pattern) => `/${pattern.replace(/\\[^]|\//g, (part) => (part === '/' ? '\\/' : part))}/`,
      );
    case 'Array':
      return [printType(type.of), ...printBounds(type)];
    case 'Hash':
      return [printType(type.key), printType(type.value), ...printBounds(type)];
    case 'Tuple':
      return [...type.of.map(printType), ...printBounds(type)];
    case 'Struct':
      return [`{${type.fields.map(printField).join(', ')}}`];
    case 'Variant':
      return type.of.map(printType);
    case 'Optional':
    case 'NotUndef':
    case 'Sensitive':
      return [printType(type.of)];
    case 'Any':
    case 'Data':
    case 'RichData':
    case 'Scalar':
    case 'ScalarData':
    case 'Numeric':
    case 'Boolean':
    case 'Undef':
    case 'TargetSpec':
    case 'Target':
    case 'Result':
    case 'ResultSet':
    case 'Regexp':
    case 'Type':
    case 'Default':
      return [];
    case 'Error':
      return type.of === null ? [] : [quote(type.of)];
  }
}

function printBounds({ min, max }: Bounds): string[] {
  if (min === null && max === null) return [];
  return max === null ? [String(min)] : [min === null ? 'default' : String(min), String(max)];
}

function printField({ name, optional, type }: StructField): string {
  const key = optional ? `Optional[${quote(name)}]` : accepts(type, null) ? `NotUndef[${quote(name)}]` : quote(name);
  return `${key} => ${printType(type)}`;
}

const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
