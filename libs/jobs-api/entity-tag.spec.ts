import type { FastifyRequest } from 'fastify';
import { entityTag, wantedVersions } from './entity-tag.js';

const wanted = (tags?: string) => wantedVersions({ headers: { 'if-match': tags } } as unknown as FastifyRequest);

describe('If-Match', () => {
  it('asks for nothing where it is absent', () => {
    expect(wanted()).toBeNull();
  });

  it('asks for the versions that it lists', () => {
    expect(wanted(entityTag(7))).toEqual([7]);
    expect(wanted(' "7" , "12"')).toEqual([7, 12]);
  });

  it.each(['W/"7"', '""', '"07"', '"7.0"', '"x,y"', '"1234567890123456"'])('%s is of no job', (tags) => {
    expect(wanted(tags)).toEqual([]);
  });

  it('asks for any version by *', () => {
    expect(wanted(' * ')).toBe('any');
  });

  it.each(['', '7', '"7', '"7" "8"', '"7",', 'w/"7"'])('is refused as %j', (tags) => {
    expect(() => wanted(tags)).toThrow(/^If-Match is .*, expected ETags/);
  });
});
