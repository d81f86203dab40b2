import type { Hello } from './messages.js';

/** Milliseconds within which an agent says hello again when it was asked for nothing else. */
export const HELLO_MS = 1000;

/** Hellos of all agents together, about; each costs broker, server and agent some work. */
const HELLOS_PER_S = 2000;

/** How much later than promised a hello may be heard before its agent counts as not connected. */
const LATE_MS = 2000;

/** Agents that came at the same time do not stay together: each says hello by so much earlier, at random. */
const SPREAD = 0.25;

/** Milliseconds within which each of so many agents is to say hello again: it is heard twice within the grace. */
export function helloAgainMs(agents: number, graceMs: number): number {
  return Math.max(HELLO_MS, Math.min((agents / HELLOS_PER_S) * 1000, graceMs / 2));
}

/** Milliseconds after which an agent says hello that has promised to within `againMs`. */
export function helloPauseMs(againMs: number): number {
  return againMs * (1 - SPREAD * Math.random());
}

/** Milliseconds for which whoever says so is connected. */
export function connectedForMs({ againMs }: Pick<Hello, 'againMs'>): number {
  return (againMs ?? HELLO_MS) + LATE_MS;
}
