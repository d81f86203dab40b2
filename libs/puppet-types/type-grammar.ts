import peggy from 'peggy';
import { lazy } from '#platform';

/** What the grammar yields: a name with arguments, not yet looked at for sense. */
export interface TypeCall {
  readonly form: 'type';
  readonly name: string;
  readonly args: readonly TypeArg[];
}

export type TypeArg =
  | TypeCall
  | { readonly form: 'string' | 'regex'; readonly text: string }
  | { readonly form: 'number'; readonly value: number }
  | { readonly form: 'default' }
  | { readonly form: 'hash'; readonly entries: readonly { readonly key: TypeArg; readonly type: TypeArg }[] };

// The depth is counted, as V8 ends the whole process when it compiles a regular expression at the end of the stack.
const GRAMMAR = String.raw`
{
  let depth = 0;
  function enter() { if (++depth > 100) error('it is nested too deeply'); return true; }
  function leave() { depth--; return true; }
}

start = _ @type _

type = name:name args:(_ "[" _ @args _ "]")? { return { form: 'type', name, args: args ?? [] }; }
name = $([A-Z] [A-Za-z0-9_]* ("::" [A-Z] [A-Za-z0-9_]*)*)
args = @(arg|1.., _ "," _|) (_ ",")?

arg = &{ return enter(); } @argument &{ return leave(); } / &{ leave(); return false; }
argument = type / string / regex / number / default / hash / bare
bare = text:$([a-z_] [A-Za-z0-9_-]*) { return { form: 'string', text }; }
default = "default" ![A-Za-z0-9_-] { return { form: 'default' }; }
number = text:$("-"? [0-9]+ ("." [0-9]+)? ([eE] [+-]? [0-9]+)?) { return { form: 'number', value: Number(text) }; }

string = "'" chars:single* "'" { return { form: 'string', text: chars.join('') }; }
  / '"' chars:double* '"' { return { form: 'string', text: chars.join('') }; }
single = "\\" @("\\" / "'") / [^']
double = "\\n" { return '\n'; } / "\\r" { return '\r'; } / "\\t" { return '\t'; } / "\\s" { return ' '; }
  / "\\" @[\\"'$] / [^"]

regex = "/" chars:("\\/" { return '/'; } / $("\\" .) / [^/\\\n])+ "/" { return { form: 'regex', text: chars.join('') }; }

hash = "{" _ entries:entry|.., _ "," _| (_ ",")? _ "}" { return { form: 'hash', entries }; }
entry = key:arg _ "=>" _ type:type { return { key, type }; }

_ = [ \t\r\n]*
`;

const parser = lazy(() => peggy.generate(GRAMMAR));

/** @throws peggy's SyntaxError when the text is no type; RangeError when it is nested too deeply */
export function readTypeCall(text: string): TypeCall {
  return parser().parse(text) as TypeCall;
}
