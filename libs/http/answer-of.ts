import type { Answer } from '#domain';
import type { Receipt } from '#writer';

type AnswerOf<K extends Answer['kind']> = Extract<Answer, { kind: K }>;

/** The answer of a receipt, which must be of the kind that its command leads to. */
export function answerOf<K extends Answer['kind']>(receipt: Receipt, ...kinds: readonly K[]): AnswerOf<K> {
  const { answer } = receipt;
  if (!(kinds as readonly string[]).includes(answer.kind)) {
    throw new Error(`the writer answered '${answer.kind}', expected ${kinds.join(' or ')}`);
  }
  return answer as AnswerOf<K>;
}
