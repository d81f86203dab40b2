/**
 * Puppet's expression language as far as plans need it. The depth is counted where everything that nests passes, as
 * the end of the stack must never be reached. No rule reads the same text twice, so that reading takes linear time.
 * @see https://github.com/puppetlabs/puppet-specifications/blob/master/language/expressions.md
 */
export const GRAMMAR = String.raw`
{
  let depth = 0;
  function enter() { if (++depth > options.maxDepth) error('nested too deeply, expected at most ' + options.maxDepth + ' levels'); return true; }
  function leave() { depth--; return true; }
  function node(is, fields) { return { is, at: offset(), ...fields }; }
  function refuse(what) { error(what + ' is not supported'); }
  const numberNode = (text) => {
    const value = Number(text);
    return Number.isSafeInteger(value) ? node('literal', { value }) : error('the number is ' + text + ', expected at most ' + Number.MAX_SAFE_INTEGER);
  };
}

code = _ statements:statements _ { return node('block', { statements }); }
text = parts:(textChars / escape / interpolation / dollar)* { return node('text', { parts }); }

statements = statement|.., _|
statement = @(statementCall / expression) (_ ";")*
statementCall = name:$("notice" / "info" / "warning" / "err" / "debug" / "fail" / leaving) !w [ \t]+ &(argumentStart) args:args {
    return node('call', { name, args, lambda: null });
  }
  / name:leaving !w !(_ ("(" / "=>")) { return node('call', { name, args: [], lambda: null }); }
leaving = $("return" / "next" / "break")
argumentStart = ["'$\[{0-9A-Za-z] 

expression = first:operand links:(_ operator:operator _ right:operand { return { operator, right }; })* {
    return options.climb(first, links);
  }
operator "an operator" = "==" / "=~" / "!=" / "!~" / ">=" / "<=" / ">>" / "<<" / ">" / $("<" !"|") / "+" !"=" { return '+'; } / "-" ![=>] { return '-'; }
  / "*" / "/" / "%" / @$("in" / "and" / "or") !w / "=" ![=~>] { return '='; }

operand = &{ return enter(); } @operand1 &{ return leave(); } / &{ leave(); return false; } @.
operand1 = "!" _ of:operand { return node('not', { of }); }
  / first:negativeNumber links:link* { return links.reduce((of, add) => add(of), first); }
  / "-" _ of:operand { return node('negate', { of }); }
  / "*" _ of:operand { return node('splat', { of }); }
  / first:primary links:link* { return links.reduce((of, add) => add(of), first); }
negativeNumber = "-" digits:number { return { ...digits, at: offset(), value: -digits.value }; }

link = "[" _ keys:items _ "]" { return (of) => ({ is: 'index', at: of.at, of, keys }); }
  / _ "." _ name:methodName args:callArgs? lambda:(_ @lambda)? {
      const at = offset();
      return (of) => ({ is: 'method', at: of.at, of, name, args: args ?? [], lambda });
    }
  / _ "?" _ "{" _ entries:pairs _ "}" { return (of) => ({ is: 'selector', at: of.at, of, entries }); }
methodName "a name" = $([a-z_] w*)

primary = variable / singleQuoted / doubleQuoted / number / regex / array / hash / group
  / typed / heredoc / if / unless / case / constant / reserved / named

variable = "$" name:variableName { return node('variable', { name }); }
variableName "a name" = $("::"? [a-z_] w* ("::" w+)*) / $[0-9]+
constant = "true" !w { return node('literal', { value: true }); }
  / "false" !w { return node('literal', { value: false }); }
  / "undef" !w { return node('literal', { value: null }); }
  / "default" !w { return node('default', {}); }
number "a number" = digits:$("0" [xX] [0-9A-Fa-f]+) !w { return numberNode(digits); }
  / digits:$([0-9]+ ("." [0-9]+ ([eE] [+-]? [0-9]+)? / [eE] [+-]? [0-9]+)) !w {
      return Number.isFinite(Number(digits)) ? node('float', { value: Number(digits) }) : error('the number is ' + digits + ', expected a smaller one');
    }
  / "0" digits:$[0-7]+ !w { return numberNode('0o' + digits); }
  / digits:$("0" / [1-9] [0-9]*) !w { return numberNode(digits); }
  / digits:$([0-9] w*) { error('the number is ' + digits + ', expected decimal digits, 0x with hexadecimal or 0 with octal ones'); }
regex "a pattern" = "/" source:$("\\" [^\n] / [^/\\\n])* "/" { return node('regex', { source: source.replace(/\\\//g, '/') }); }
array = "[" _ items:items _ "]" { return node('array', { items }); }
hash = "{" _ entries:pairs _ "}" { return node('hash', { entries }); }
group = "(" _ @expression _ ")"

items = @item|.., _ "," _| (_ ",")?
args = item|1.., _ "," _|
item = key:keyword _ "=>" _ value:expression { return node('pair', { key, value }); }
  / key:expression value:(_ "=>" _ @expression)? { return value === null ? key : node('pair', { key, value }); }
pairs = @pair|.., _ "," _| (_ ",")?
pair = key:(keyword / expression) _ "=>" _ value:expression { return node('pair', { key, value }); }
keyword = value:$("and" / "or" / "in" / "if" / "elsif" / "else" / "unless" / "case" / reservedWord) !w &(_ "=>") {
    return node('literal', { value });
  }
  / value:$("_" w+) &(_ "=>") { return node('literal', { value }); }

typed = type:typeText args:callArgs? lambda:(&{ return args !== null; } _ @lambda)? {
    return args === null ? node('type', { text: type }) : node('make', { type, args, lambda });
  }
typeText "a type" = $([A-Z] w* ("::" [A-Z] w*)* typeArgs?)
typeArgs = "[" (typeArgs2 / "'" ("\\" . / [^'\\])* "'" / '"' ("\\" . / [^"\\])* '"' / "/" ("\\" . / [^/\\\n])+ "/" / [^\[\]'"/])* "]"
typeArgs2 = &{ return enter(); } @typeArgs &{ return leave(); } / &{ leave(); return false; } @.

named = !(word !w) name:name args:(_ @callArgs)? lambda:(&{ return args !== null; } _ @lambda)? {
    return args === null ? node('literal', { value: name }) : node('call', { name, args, lambda });
  }
name "a name" = $("::"? [a-z] w* ("-" w+)* ("::" [a-z] w*)*)
callArgs = "(" _ @items _ ")"

lambda = "|" _ params:params _ "|" _ body:body { return { at: offset(), params, body }; }
params = @param|.., _ "," _| (_ ",")?
param = type:(@typeText s)? isRest:"*"? "$" name:$([a-z_] w*) value:(_ "=" _ @expression)? {
    return { at: offset(), name, type, isRest: isRest !== null, default: value };
  }
body = "{" _ statements:statements _ "}" { return node('block', { statements }); }

if = "if" !w _ first:branch rest:(_ "elsif" !w _ @branch)* otherwise:else? {
    return node('if', { branches: [first, ...rest], otherwise });
  }
unless = "unless" !w _ branch:branch otherwise:else? {
    return node('if', { branches: [{ ...branch, condition: { is: 'not', at: branch.condition.at, of: branch.condition } }], otherwise });
  }
branch = condition:expression _ body:body { return { condition, body }; }
else = _ "else" !w _ @body
case = "case" !w _ of:expression _ "{" _ options:option|1.., _| _ "}" { return node('case', { of, options }); }
option = values:expression|1.., _ "," _| (_ ",")? _ ":" _ body:body { return { values, body }; }

singleQuoted = singleQuote chars:(plainSingle / "\\" @$['\\] / "\\")* "'" { return node('literal', { value: chars.join('') }); }
singleQuote "a string" = "'"
plainSingle "a character" = $[^'\\]+
doubleQuoted = doubleQuote parts:(quotedChars / escape / interpolation / dollar)* '"' { return node('text', { parts }); }
doubleQuote "a string" = '"'
quotedChars "a character" = $[^"\\$]+
textChars "a character" = $[^\\$]+
escape "an escape" = "\\n" { return '\n'; } / "\\r" { return '\r'; } / "\\t" { return '\t'; } / "\\s" { return ' '; }
  / "\\u" hex:$([0-9A-Fa-f]|4|) { return String.fromCharCode(parseInt(hex, 16)); }
  / "\\u{" hex:$([0-9A-Fa-f]|1..6|) "}" { return parseInt(hex, 16) <= 0x10ffff ? String.fromCodePoint(parseInt(hex, 16)) : error('the character is ' + hex + ', expected at most 10ffff'); }
  / "\\\n" { return ''; } / "\\" @$["'$\\] / "\\"
dollar = @"$" !"{"
interpolation = "$" "{" _ inner:interpolated _ "}" { return inner; } / variable
interpolated = keyless / statements:statement|1.., _| { return statements.length === 1 ? statements[0] : node('block', { statements }); }
keyless = !(word !w) &(($([a-z_] w* ("::" w+)*) / $[0-9]+) (_ "}" / "[" / _ "." _ [a-z_])) first:bareVariable links:link*
  rest:(_ operator:operator _ right:operand { return { operator, right }; })* {
    return options.climb(links.reduce((of, add) => add(of), first), rest);
  }
bareVariable = name:variableName { return node('variable', { name }); }

heredoc "unsupported" = "@(" { refuse('a heredoc'); }
reserved "unsupported" = word:$(reservedWord) !w !"::" !(_ "(") { error("'" + word + "' is a reserved word, expected an expression"); }
word = "and" / "or" / "in" / "if" / "elsif" / "else" / "unless" / "case" / "true" / "false" / "undef" / "default"
reservedWord = "class" / "define" / "inherits" / "node" / "function" / "application" / "consumes" / "produces" / "site"
  / "attr" / "plan" / "private" / "environment" / "type" / "import"

w = [A-Za-z0-9_]
s "whitespace" = ([ \t\r\n]+ / comment)+
_ "whitespace" = ([ \t\r\n]+ / comment)*
comment = "#" [^\n]* / "/*" (!"*/" .)* "*/"
`;
