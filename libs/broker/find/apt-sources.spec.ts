import fc from 'fast-check';
import { parseAptSources } from './apt-sources.js';
import type { AptSource } from './apt-sources.js';

describe('apt sources of one line each', () => {
  it('are read with their options', () => {
    const text = [
      '# deb http://old.example bookworm main',
      'deb http://a.example/debian bookworm main contrib # ours',
      'deb-src http://a.example/debian bookworm main',
      'deb [arch=amd64 signed-by=/k/a.gpg,/k/b.gpg] https://b.example/debian bookworm-updates main',
    ].join('\n');
    expect(parseAptSources(text, 'sources.list')).toEqual([
      { uri: 'http://a.example/debian', suites: ['bookworm'], components: ['main', 'contrib'], signedBy: null },
      {
        uri: 'https://b.example/debian',
        suites: ['bookworm-updates'],
        components: ['main'],
        signedBy: '/k/a.gpg /k/b.gpg',
      },
    ]);
  });
});

describe('apt sources in stanzas', () => {
  it('are read without those that are off or hold no packages', () => {
    const text = [
      'Types: deb deb-src',
      '# a comment inside',
      'URIs: http://a.example/debian http://b.example/debian',
      'Suites: bookworm',
      ' bookworm-updates',
      'Components: main',
      'Signed-By:',
      ' -----BEGIN PGP PUBLIC KEY BLOCK-----',
      ' .',
      ' mDME',
      '',
      'Types: deb',
      'Enabled: no',
      'URIs: http://off.example',
      'Suites: bookworm',
      'Components: main',
      '',
      'Types: deb-src',
      'URIs: http://source.example',
      'Suites: bookworm',
      'Components: main',
    ].join('\n');
    const common = {
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main'],
      signedBy: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mDME',
    };
    expect(parseAptSources(text, 'debian.sources')).toEqual([
      { uri: 'http://a.example/debian', ...common },
      { uri: 'http://b.example/debian', ...common },
    ]);
  });
});

describe('apt sources of either style', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const source = fc.record<AptSource>({
    uri: fc.webUrl().filter((uri) => !/[#\s]/.test(uri)),
    suites: fc.tuple(word),
    components: fc.array(word, { minLength: 1, maxLength: 3 }),
    signedBy: fc.option(word.map((name) => `/keys/${name}.gpg`)),
  });

  it('say the same', () => {
    fc.assert(
      fc.property(fc.array(source), (sources) => {
        const lines = sources.map(
          ({ uri, suites, components, signedBy }) =>
            `deb ${signedBy === null ? '' : `[signed-by=${signedBy}] `}${uri} ${suites.join()} ${components.join(' ')}`,
        );
        const stanzas = sources.map(
          ({ uri, suites, components, signedBy }) =>
            `Types: deb\nURIs: ${uri}\nSuites: ${suites.join()}\nComponents: ${components.join(' ')}` +
            (signedBy === null ? '' : `\nSigned-By: ${signedBy}`),
        );
        expect(parseAptSources(lines.join('\n'), 'a.list')).toEqual(sources);
        expect(parseAptSources(stanzas.join('\n\n'), 'a.sources')).toEqual(sources);
      }),
    );
  });
});
