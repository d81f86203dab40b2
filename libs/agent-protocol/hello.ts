import type { Hello } from './messages.js';

/** Milliseconds within which an agent says hello again when it was asked for nothing else. */
export const HELLO_MS = 1000;

/** Hellos of all agents together, about; each costs broker, server and agent some work. */
const HELLOS_PER_S = 2000;

/** Agents that came at the same time do not stay together: each says hello by so much earlier, at random. */
const SPREAD = 0.25;

/** Milliseconds within which each of so many agents is to say hello again; half of the grace is left for what delays it. */
export function helloAgainMs(agents: number, graceMs: number): number {
  return Math.max(HELLO_MS, Math.min((agents / HELLOS_PER_S) * 1000, graceMs / 2));
}

/** Milliseconds after which an agent says hello that has promised to within `againMs`. */
export function helloPauseMs(againMs: number): number {
  return againMs * (1 - SPREAD * Math.random());
}

/** Milliseconds for which whoever says so is connected: one hello may be missed, and the next be a second late. */
export function connectedForMs({ againMs = HELLO_MS }: Pick<Hello, 'againMs'>): number {
  return 2 * againMs + 1000;
}
