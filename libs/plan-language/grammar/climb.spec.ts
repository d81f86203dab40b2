import fc from 'fast-check';

import { climb } from './climb.js';
import { BINARY_OPERATORS } from './syntax.js';
import type { BinaryOperator, Syntax } from './syntax.js';

const level = (operator: BinaryOperator) =>
  BINARY_OPERATORS.findIndex((operators) => operators.some((each) => each === operator));
const operand = (value: number): Syntax => ({ is: 'literal', at: value, value });
const rowOf = (syntax: Syntax): (number | string)[] =>
  syntax.is === 'binary' ? [...rowOf(syntax.left), syntax.operator, ...rowOf(syntax.right)] : [syntax.at];

const row = fc.array(fc.constantFrom(...BINARY_OPERATORS.flat()), { maxLength: 30 });
const grouped = (operators: readonly BinaryOperator[]) =>
  climb(
    operand(0),
    operators.map((operator, i) => ({ operator, right: operand(i + 1) })),
  );

describe('a row of operators', () => {
  it('keeps its order', () => {
    fc.assert(
      fc.property(row, (operators) => {
        expect(rowOf(grouped(operators))).toEqual([0, ...operators.flatMap((operator, i) => [operator, i + 1])]);
      }),
    );
  });

  it('has what binds tighter within what binds less', () => {
    const check = (syntax: Syntax): void => {
      if (syntax.is !== 'binary') return;
      const { left, right, operator } = syntax;
      const own = level(operator);
      if (left.is === 'binary') expect(level(left.operator)).toBeLessThanOrEqual(operator === '=' ? own - 1 : own);
      if (right.is === 'binary') expect(level(right.operator)).toBeLessThanOrEqual(operator === '=' ? own : own - 1);
      check(left);
      check(right);
    };
    fc.assert(fc.property(row, (operators) => check(grouped(operators))));
  });
});
