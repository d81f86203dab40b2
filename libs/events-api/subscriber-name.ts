import { invalid, shown } from '#http';

const NAME = /^[\w-]{1,64}$/;

/** For `@Param('name', …)`. @throws ApiError when it is none */
export const subscriberName = {
  schema: { type: 'string', pattern: NAME.source, examples: ['analytics'] },
  transform(text: string): string {
    if (NAME.test(text)) return text;
    throw invalid(`name is ${shown(text)}, expected 1 to 64 letters, digits, '_' and '-'`, {
      parameter: 'name',
      value: text,
    });
  },
};
