import { globSync } from 'node:fs';
import { codeIn, codeSpans, firstTable, read, section } from './markdown.js';

interface Locked {
  readonly license: string;
  readonly dev?: true;
}

const text = read('docs/dependencies.md');
const named = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

const TABLES = [
  ['To run', 'dependencies'],
  ['To build and test', 'devDependencies'],
] as const;

/** Licences whose packages are only counted. */
const USUAL = /^(?:MIT|ISC|BSD-\d-Clause|Apache-2\.0)$/;

describe.each(TABLES)('docs/dependencies.md: %s', (heading, kind) => {
  const rows = firstTable(section(text, heading)).map(([name, use, licence]) => ({
    name: codeIn(name!),
    use: use!,
    licence,
  }));

  it('has one row for each package that package.json names, and no other', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(named[kind]).sort());
  });

  it('gives the licences of package-lock.json', () => {
    const given = Object.fromEntries(rows.map(({ name, licence }) => [name, licence]));
    const locked = Object.keys(named[kind]).map((name) => [name, packages[`node_modules/${name}`]?.license]);
    expect(given).toEqual(Object.fromEntries(locked));
  });

  it('names only folders that use the package', () => {
    const places = rows.flatMap(({ name, use }) =>
      codeSpans(use)
        .filter((code) => /^(?:apps|libs|test)\//.test(code))
        .map((folder) => ({ name, folder })),
    );
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter(({ name, folder }) => !isUsed(name, folder))).toEqual([]);
  });
});

function isUsed(name: string, folder: string): boolean {
  const written = [`'${name}'`, `'${name}/`, `\`${name}/`];
  return globSync(`${folder}/**/*.{ts,js}`)
    .map(read)
    .some((source) => written.some((text) => source.includes(text)));
}

describe('docs/dependencies.md: Licences', () => {
  const installed = Object.entries(packages)
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, { license }]) => ({ name: place.replace(/^.*node_modules\//, ''), license }));
  const byLicence = Map.groupBy(installed, ({ license }) => license);
  const rows = firstTable(section(text, 'Licences'));

  it('counts the packages that are installed to run Daybook', () => {
    const counted = rows.map(([licence, count]) => [licence!, Number(count)] as const);
    expect(new Map(counted)).toEqual(new Map([...byLicence].map(([licence, of]) => [licence, of.length])));
    expect(counted).toHaveLength(byLicence.size);
  });

  it('names the packages whose licence is none of the usual ones', () => {
    const listed = rows.map(([licence, , which]) => [licence!, codeSpans(which!).sort()] as const);
    const expected = [...byLicence].map(
      ([licence, of]) => [licence, USUAL.test(licence) ? [] : of.map(({ name }) => name).sort()] as const,
    );
    expect(new Map(listed)).toEqual(new Map(expected));
  });
});
