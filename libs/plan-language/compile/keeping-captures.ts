import type { Code } from './code.js';

/** What a pattern has found in a condition is forgotten after what depends on it. */
export function keepingCaptures(code: Code): Code {
  if (code.is === 'instant') {
    return {
      ...code,
      now(frame) {
        const { captures } = frame;
        const value = code.now(frame);
        frame.captures = captures;
        return value;
      },
    };
  }
  return {
    is: 'course',
    *run(frame) {
      const { captures } = frame;
      const value = yield* code.run(frame);
      frame.captures = captures;
      return value;
    },
  };
}
