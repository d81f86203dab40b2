import fc from 'fast-check';
import { newJoinToken, readJoinToken } from './join-token.js';

describe('a join token', () => {
  it('is made anew each time, and read again as it is', () => {
    const token = newJoinToken();
    expect(readJoinToken(token.text)).toEqual(token);
    expect(newJoinToken().text).not.toBe(token.text);
    expect(JSON.stringify([token.id, token.digest])).not.toContain(token.text.split('.')[1]);
  });

  it('is no text of another form', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(readJoinToken(text)).toBeNull()));
    for (const text of [`${newJoinToken().text}\n`, newJoinToken().text.slice(1), ` ${newJoinToken().text}`]) {
      expect(readJoinToken(text)).toBeNull();
    }
  });
});
