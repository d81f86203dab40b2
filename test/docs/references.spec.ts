import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorOf, codeIn, codeSpans, documents, firstTable, read, section, withoutCode } from './markdown.js';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const SOURCES = globSync('{apps,libs,test,modules}/**/*.{ts,js,sh,json}').map((path) => `/${path}`);

describe.each(documents)('%s', (path) => {
  const text = read(path);

  it('links only to files and headings that exist', () => {
    const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!);
    const broken = links.filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const place = file === '' ? path : join(dirname(path), file);
      if (!existsSync(place)) return true;
      if (anchor === undefined) return false;
      const headings = Array.from(withoutCode(read(place)).matchAll(/^#+ (.+)$/gm), ([, heading]) =>
        anchorOf(heading!),
      );
      return !headings.includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names only scripts of package.json', () => {
    const named = Array.from(text.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g), ([, run, short]) => run ?? short!);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('names only source files that exist', () => {
    const files = codeSpans(text).filter((code) => /^[\w/.-]+\.(?:ts|sh)$/.test(code));
    expect(files.filter((file) => !SOURCES.some((source) => source.endsWith(`/${file}`)))).toEqual([]);
  });

  it('names only folders that exist', () => {
    const folders = codeSpans(text).filter((code) => /^(?:apps|libs|test|modules)\/[\w/-]+$/.test(code));
    expect(folders.filter((folder) => !existsSync(folder))).toEqual([]);
  });

  it('holds no path of a machine', () => {
    expect(text.match(/(?<![\w.:])\/(?:work|home|root|tmp|mnt|opt|Users)\/\S*/g)).toBeNull();
  });
});

describe('the documents', () => {
  it('are all on the map of the README', () => {
    const map = section(read('README.md'), 'Map');
    expect(documents.filter((path) => /^docs\/[^/]+$/.test(path) && !map.includes(`](${path})`))).toEqual([]);
  });

  it('list exactly the scripts of package.json, without the one that npm itself runs', () => {
    const listed = firstTable(section(read('README.md'), 'Scripts')).map(([script]) => codeIn(script!));
    const expected = Object.keys(scripts).filter((name) => name !== 'prepare');
    expect(listed.sort()).toEqual(
      expected.map((name) => `npm ${/^(start|test)$/.test(name) ? '' : 'run '}${name}`).sort(),
    );
  });
});

describe('the promises of the README', () => {
  const promises = firstTable(section(read('README.md'), 'What it promises'));

  it.each(promises)('%s', (_promise, tests) => {
    const named = Array.from(tests.matchAll(/`([^`]+\.spec\.ts)`: ((?:"[^"]+"(?:, )?)+)/g), ([, file, names]) => ({
      source: read(file!),
      names: Array.from(names!.matchAll(/"([^"]+)"/g), ([, name]) => name!),
    }));
    const quoted = Array.from(tests.matchAll(/"[^"]+"/g)).length;
    expect(quoted).toBeGreaterThan(0);
    expect(named.flatMap(({ names }) => names)).toHaveLength(quoted);
    for (const { source, names } of named) {
      expect(names.filter((name) => !source.includes(`it('${name}'`))).toEqual([]);
    }
  });
});
