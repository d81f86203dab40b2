import peggy from 'peggy';

import type { Json } from '#domain';
import { lazy } from '#platform';

import type { Field } from './query.js';
import { MAX_DEPTH } from './refusal.js';

/**
 * PQL after PuppetDB's own grammar. It yields PuppetDB's AST, so that both notations are checked in one place, and
 * notes where each of its arrays began. What PuppetDB knows and this does not is named in a refusal.
 */
const GRAMMAR = String.raw`
{
  function at(node) { options.starts.set(node, offset()); return node; }
  // A number that is rounded when it is read would match its neighbours.
  function exact(digits) { return Number.isSafeInteger(Number(digits)) ? Number(digits) : error(digits + ' is too large a number'); }
  // Counted, as V8 ends the whole process when it compiles a regular expression at the end of the stack.
  let depth = 0;
  function enter() { if (++depth > 200) error('nested too deeply, expected at most ${MAX_DEPTH} levels'); return true; }
  function leave() { depth--; return true; }
  function tooMuch(what) { error(what + ' is not supported'); }
}

start = _ @query _

query = entity:entity _ extract:(@projection _)? "{" _ where:(@or _)? paging:paging* "}" {
  const filter = where === null ? [] : [where];
  const body = extract === null || extract.length === 0 ? filter : [at(['extract', extract, ...filter])];
  return at(['from', entity, ...body, ...paging]);
}
entity = @$("nodes" / "inventory" / "facts") !word
  / otherEntity
otherEntity "unsupported" = name:$("factsets" / "fact_contents" / "fact_paths" / "resources" / "catalogs" / "reports"
  / "events" / "edges" / "environments" / "packages" / "package_inventory" / "producers") &(_ ("[" / "{")) {
  tooMuch('the entity ' + name);
}
projection = "[" _ @projected|.., _ "," _| _ "]"
projected = function / field
function "unsupported" = name:$("count" / "avg" / "sum" / "min" / "max" / "to_string") _ "(" { tooMuch('the function ' + name); }

or = head:and tail:(__ "or" __ @and)* { return tail.length === 0 ? head : at(['or', head, ...tail]); }
and = head:not tail:(__ "and" __ @not)* { return tail.length === 0 ? head : at(['and', head, ...tail]); }
not = &{ return enter(); } @negatable &{ return leave(); } / &{ leave(); return false; }
negatable = "!" _ of:not { return at(['not', of]); } / "(" _ @or _ ")" / related / fieldsIn / condition

related = entity:entity _ "{" _ where:(@or _)? modifiers? "}" {
  return at(['subquery', entity, ...(where === null ? [] : [where])]);
}
modifiers "unsupported" = name:$("limit" / "offset" / "order by" / "group by") __ { tooMuch(name + ' in a subquery without in'); }
fieldsIn = "[" _ fields:field|1.., _ "," _| _ "]" _ "in" _ values:values { return at(['in', fields, values]); }
condition = field:field _ rest:rest { return at(rest(field)); }
rest = "is" __ "null" !word { return (field) => ['null?', field, true]; }
  / "is" __ "not" __ "null" !word { return (field) => ['null?', field, false]; }
  / "in" _ values:values { return (field) => ['in', field, values]; }
  / pathPattern
  / "~" _ value:string { return (field) => ['~', field, value]; }
  / "!~" _ value:string { return (field) => ['not', at(['~', field, value])]; }
  / "=" _ value:literal { return (field) => ['=', field, value]; }
  / "!=" _ value:literal { return (field) => ['not', at(['=', field, value])]; }
  / operator:("<=" / ">=" / "<" / ">") _ value:(string / number) { return (field) => [operator, field, value]; }
pathPattern "unsupported" = "~>" { tooMuch('the operator ~>'); }
values = query / "[" _ list:literals _ "]" { return at(['array', list]); }

paging = @clause _
clause = "limit" __ count:natural { return at(['limit', count]); }
  / "offset" __ count:natural { return at(['offset', count]); }
  / "order" __ "by" __ orders:order|1.., _ "," _| { return at(['order_by', orders]); }
  / grouping
grouping "unsupported" = "group" __ "by" !word { tooMuch('group by'); }
order = field:field direction:(__ @$("asc" / "desc") !word)? { return direction === null ? field : at([field, direction]); }

field = $path
path = column:$("facts" / "trusted") below:("." @step)+ { return [column, ...below.flat()]; }
  / parameters
  / column:column { return [column]; }
column "a field" = $([A-Za-z0-9_]+ "?"?)
parameters "unsupported" = "parameters." { tooMuch('the field parameters'); }
step = match / name:(quoted / plain) indexes:("[" @index "]")* { return [name, ...indexes]; }
match "unsupported" = "match" _ "(" { tooMuch('match(...) in a field'); }
quoted "a quoted name" = '"' @$[^"]* '"'
plain "a name" = $[^ \t\r\n\f\v."\[\],!<=>~(){}]+
index "an index" = digits:$[0-9]+ { return exact(digits); }

literal = string / number / boolean / list
literals = literal|1.., _ "," _|
list = &{ return enter(); } "[" _ @literals _ "]" &{ return leave(); } / &{ leave(); return false; }
boolean = "true" !word { return true; } / "false" !word { return false; }
string = doubleQuote characters:double* '"' { return characters.join(''); }
  / singleQuote characters:single* "'" { return characters.join(''); }
doubleQuote "a string" = '"'
singleQuote "a string" = "'"
double "a character" = $[^"\\]+ / escape:$("\\" ([\\"/bfnrt] / "u" [0-9a-fA-F]|4|)) { return JSON.parse('"' + escape + '"'); }
single "a character" = $[^'\\]+ / "\\'" { return "'"; } / $("\\" [^'])
number "a number" = text:$("-"? [0-9]+ "." [0-9]+ ([eE] [+-]? [0-9]+)?) { return Number(text); }
  / digits:$("-"? [0-9]+) { return exact(digits); }
natural "a number of rows" = digits:$[0-9]+ { return exact(digits); }

word = [A-Za-z0-9_?]
__ "whitespace" = [ \t\r\n\f\v]+
_ "whitespace" = [ \t\r\n\f\v]*
`;

const parser = lazy(() => peggy.generate(GRAMMAR, { allowedStartRules: ['start', 'path'] }));

/** What the functions of this file throw where text cannot be read. */
export type PqlSyntaxError = peggy.parser.SyntaxError;

export const isPqlSyntaxError = (error: unknown): error is PqlSyntaxError => error instanceof parser().SyntaxError;

/** Where the arrays of an AST began in the text from which they were read. */
export type Starts = WeakMap<object, number>;

/** @throws PqlSyntaxError when the text is no PQL, or nested too deeply */
export function readPql(text: string, starts: Starts): Json {
  return parser().parse(text, { startRule: 'start', starts }) as Json;
}

/** Reads a field such as `facts.disks."a b"[0].size`. @throws PqlSyntaxError when the text is none */
export function readPath(text: string): Field {
  return parser().parse(text, { startRule: 'path' }) as Field;
}
