import { IsArray, IsObject, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { bodyCheck, Expects, ExpectsSecret, IsInstant, IsInteger } from './body.js';

@JSONSchema({ description: 'a point' })
class PointBody {
  @IsInteger(0, 9)
  x!: number;

  @IsOptional()
  @Matches(/^\w+$/, { each: true })
  @IsString({ each: true })
  @IsArray()
  @Expects('words')
  names?: string[];
}

class ShapeBody {
  @IsString()
  @Expects('a word')
  name!: string;

  @ValidateNested()
  at!: PointBody;

  @IsOptional()
  @IsObject()
  @ExpectsSecret('an object')
  secret?: Record<string, unknown>;

  @IsOptional()
  @JSONSchema(() => ({
    description: 'a size in digits or words',
    anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[a-z]+$' }],
  }))
  size?: number | string;

  @IsOptional()
  @IsInstant()
  @IsString()
  when?: string;
}

const check = bodyCheck(ShapeBody);
const good = { name: 'a', at: { x: 1 } };

describe('a body', () => {
  it('is taken with keys that are not declared', () => {
    const body = { ...good, color: 'red' };
    expect(check(body)).toEqual(body);
  });

  it('may have null for unset, also in declared objects, but keeps it in free ones', () => {
    const body = { ...good, at: { x: 1, names: null }, when: null, secret: { inner: null } };
    expect(check(body)).toEqual({ ...good, secret: { inner: null } });
  });

  it.each([
    [undefined, 'The body is empty, expected a JSON object'],
    [null, 'The body is null, expected a JSON object'],
    [[], 'The body is an array, expected a JSON object'],
    ['text', "The body is 'text', expected a JSON object"],
    [{ at: { x: 1 } }, 'name is missing, expected a word'],
    [{ ...good, name: null }, 'name is missing, expected a word'],
    [{ ...good, name: 7 }, 'name is 7, expected a word'],
    [{ ...good, name: ['x'] }, 'name is an array, expected a word'],
    [{ ...good, at: 'here' }, "at is 'here', expected a point"],
    [{ ...good, at: {} }, 'at.x is missing, expected an integer from 0 to 9'],
    [{ ...good, at: { x: 1.5 } }, 'at.x is 1.5, expected an integer from 0 to 9'],
    [{ ...good, at: { x: 10 } }, 'at.x is 10, expected an integer from 0 to 9'],
    [{ ...good, at: { x: -1 } }, 'at.x is -1, expected an integer from 0 to 9'],
    [{ ...good, at: { x: 1, names: ['a', '-'] } }, /^at\.names\[1\] is '-', expected /],
    [{ ...good, size: 1.5 }, 'size is 1.5, expected a size in digits or words'],
    [{ ...good, size: '-1' }, "size is '-1', expected a size in digits or words"],
    [{ ...good, when: 'now' }, /^when is 'now', expected an ISO 8601 time with an offset/],
  ])('%j is refused', (body, message) => {
    expect(() => check(body)).toThrow(message);
  });

  it('does not repeat a secret, and only the beginning of a long value', () => {
    expect(() => check({ ...good, secret: 'hunter2' })).toThrow('secret is a string, expected an object');
    expect(() => check({ ...good, when: 'w'.repeat(200) })).toThrow(`when is '${'w'.repeat(99)}…, expected`);
  });
});
