import { readFileSync } from 'node:fs';

const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly bin: Readonly<Record<string, string>> };

it.each(Object.entries(bin))('%s says what runs it', (_, program) => {
  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});
