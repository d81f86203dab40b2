import { BINARY_OPERATORS } from './syntax.js';
import type { BinaryOperator, Syntax } from './syntax.js';

/** An operator and the operand after it. */
export interface Link {
  readonly operator: BinaryOperator;
  readonly right: Syntax;
}

const LEVELS = new Map<BinaryOperator, number>(
  BINARY_OPERATORS.flatMap((operators, level) => operators.map((operator) => [operator, level] as const)),
);
const levelOf = (operator: BinaryOperator) => LEVELS.get(operator)!;

/** Groups a row of operands by how tightly the operators between them bind; only `=` groups from the right. */
export function climb(first: Syntax, links: readonly Link[]): Syntax {
  const operands = [first];
  const operators: BinaryOperator[] = [];
  const reduce = () => {
    const right = operands.pop()!;
    const left = operands.pop()!;
    operands.push({ is: 'binary', at: left.at, operator: operators.pop()!, left, right });
  };
  for (const { operator, right } of links) {
    while (operators.length > 0 && bindsBefore(operators.at(-1)!, operator)) reduce();
    operators.push(operator);
    operands.push(right);
  }
  while (operators.length > 0) reduce();
  return operands[0]!;
}

const bindsBefore = (left: BinaryOperator, right: BinaryOperator) =>
  levelOf(left) < levelOf(right) || (levelOf(left) === levelOf(right) && left !== '=');
