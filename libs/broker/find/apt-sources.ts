/** Where a machine's apt gets packages from, and the keys that it trusts there. */
export interface AptSource {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Value of `Signed-By` as it stands there, several lines for a key inside; null: the keys that apt trusts anyway. */
  readonly signedBy: string | null;
}

/** Reads a file of `/etc/apt`, in the style that its name tells. @see sources.list(5) */
export function parseAptSources(text: string, name: string): AptSource[] {
  return name.endsWith('.sources') ? parseStanzas(text) : text.split('\n').flatMap(parseLine);
}

/** `deb [signed-by=/path arch=amd64] uri suite component…` */
function parseLine(line: string): AptSource[] {
  const match = /^\s*deb\s+(?:\[(?<options>[^\]]*)\]\s*)?(?<uri>[^\s#]+)\s+(?<suite>[^\s#]+)(?<rest>[^#]*)/.exec(line);
  if (!match?.groups) return [];
  const { options = '', uri = '', suite = '', rest = '' } = match.groups;
  const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1] ?? null;
  return [{ uri, suites: [suite], components: words(rest), signedBy: signedBy?.replaceAll(',', ' ') ?? null }];
}

/** Stanzas of `Field: value` with indented further lines, parted by empty lines (deb822). */
function parseStanzas(text: string): AptSource[] {
  const withoutComments = text.replace(/^#.*(\n|$)/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, string>();
    for (const [, field = '', value = ''] of stanza.matchAll(/^([^\s:]+):((?:.*)(?:\n[ \t].*)*)/gm)) {
      fields.set(field.toLowerCase(), value.trim());
    }
    const list = (field: string) => words(fields.get(field) ?? '');
    if (!list('types').includes('deb') || fields.get('enabled') === 'no') return [];
    const common = {
      suites: list('suites'),
      components: list('components'),
      signedBy: fields.get('signed-by') || null,
    };
    return list('uris').map((uri) => ({ uri, ...common }));
  });
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
