import type { InvalidPlanKind } from '../../index.js';

/** Plans that are refused when they are read, or when they are put together from `main` on. */
export interface MalformedPlan {
  readonly title: string;
  /** Texts by the names of the plans. */
  readonly files: Readonly<Record<string, string>>;
  readonly kind: InvalidPlanKind;
  /** What the message says. */
  readonly message: string;
}

/** One plan that is refused when it is read. */
export const invalid = (title: string, text: string, message: string, kind: InvalidPlanKind = 'bolt/invalid-plan') => ({
  title,
  files: { main: text },
  kind,
  message,
});

/** One plan that has what Daybook leaves out. */
export const unsupported = (title: string, text: string, what: string) =>
  invalid(title, text, `${what} is not supported`, 'bolt/not-supported');

/** A plan that returns what code gives, on line 3 from column 3 on. */
export const code = (text: string) => `steps: []\nreturn: |\n  ${text.replaceAll('\n', '\n  ')}\n`;
/** A plan of one step, its first key on line 2 at column 3. */
export const step = (text: string) => `steps:\n- ${text.replaceAll('\n', '\n  ')}\n`;
