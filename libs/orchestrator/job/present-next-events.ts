/** Where the events go on after those that an answer shows: at number `start`. */
export const presentNextEvents = (link: string, start: number) => ({
  'next-events': { id: link, event: String(start) },
});
