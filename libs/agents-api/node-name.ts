import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { NODE_NAME } from '#agent-protocol';
import { Expects, invalid, shown } from '#http';

const EXPECTED = "1 to 255 letters, digits, '.', '_' and '-'";

/** Declares the name of a node. */
export const IsNodeName = () => applyDecorators(Matches(NODE_NAME), Expects(EXPECTED));

/** For `@Param('node', …)`. @throws ApiError when it is none */
export const nodeName = {
  schema: { type: 'string', pattern: NODE_NAME.source, examples: ['localhost'] },
  transform(text: string): string {
    if (NODE_NAME.test(text)) return text;
    throw invalid(`node is ${shown(text)}, expected ${EXPECTED}`, { parameter: 'node', value: text });
  },
};
