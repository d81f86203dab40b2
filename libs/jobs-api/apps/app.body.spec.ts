import { readAppBody } from './app.body.js';

const read = (body: unknown) => readAppBody(Buffer.from(JSON.stringify(body)));

describe('the body of an app', () => {
  it('has addresses, and what else there is to say', () => {
    const body = {
      addresses: ['http://127.0.0.1:6001', 'https://app.example.com/x'],
      token: 'secret',
      natsKey: 'UD4EYQD2ZFZAJYSKOEMI2BHSCXABDBGOP6WNSZ6IZNSPCZ5YUYA6ERGC',
      callsAtOnce: 8,
    };
    expect(read(body)).toEqual(body);
    expect(read({ addresses: [], token: null })).toEqual({ addresses: [] });
  });

  it.each([
    [{}, 'addresses is missing, expected at most 100 URLs'],
    [{ addresses: ['http://a', 'ftp://b'] }, "addresses[1] is 'ftp://b', expected an http or https URL without login"],
    [{ addresses: Array(101).fill('http://a') }, 'addresses is an array, expected at most 100 URLs'],
    [{ addresses: ['http://a', 'http://169.254.169.254/x'] }, 'the address of a metadata service, to which nothing'],
    [{ addresses: ['http://[fe80::1]:80'] }, 'link-local, to which nothing is sent'],
    [{ addresses: [5] }, 'addresses[0] is 5'],
    [{ addresses: [], token: '' }, 'token is a string, expected a string of 1 to 1000 characters'],
    [{ addresses: [], token: 'two words' }, 'token has a character that is not printable ASCII'],
    [{ addresses: [], natsKey: 'U' }, "natsKey is 'U', expected the public nkey of a user"],
    [{ addresses: [], callsAtOnce: 0 }, 'callsAtOnce is 0, expected an integer from 1 to 1000'],
  ])('is refused as %j', (body, message) => {
    expect(() => read(body)).toThrow(message);
  });

  it('is refused where there is none', () => {
    expect(() => readAppBody(null)).toThrow('The body is empty');
  });
});
