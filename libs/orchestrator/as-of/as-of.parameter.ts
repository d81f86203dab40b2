import type { EventPlace } from '#event-log';
import { INSTANT_EXPECTED, parseInstant } from '#http';
import type { Parameter } from '#http';

/** The moment of the past that a GET is about: an event, by its number, or a time. Absent: it is about now. */
export const AS_OF: { readonly as_of: Parameter<EventPlace | undefined> } = {
  as_of: {
    expected: `an event number, or ${INSTANT_EXPECTED}`,
    read(text) {
      if (/^\d{1,15}$/.test(text)) return { number: Number(text) };
      const timeMs = parseInstant(text);
      return timeMs === null ? undefined : { timeMs };
    },
    absent: undefined,
    schema: {
      description: 'answers as it would have been answered then',
      anyOf: [
        { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 },
        { type: 'string', format: 'date-time' },
      ],
    },
  },
};
