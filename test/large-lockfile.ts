/** The largest document that VS Code passes to extensions, in characters. */
export const HANDED_ON = 50 * 1024 * 1024;

export interface LargeLockfile {
  readonly text: string;
  readonly entries: number;
}

/**
 * Returns a package-lock.json of more than 50 MB, as npm would write it; the last of its packages is fetched
 * without encryption, so that reading it to the end gives a finding. Its registry is registry.example.test, its
 * only dependency `large-0`.
 */
export function largeLockfile(): LargeLockfile {
  const lines = [
    '{\n  "lockfileVersion": 3,\n  "packages": {\n    "": { "dependencies": { "large-0": "1.0.0" } },',
  ];
  let length = 0;
  let entries = 0;
  for (; length <= HANDED_ON; entries++) {
    const line = `${entryOf(`large-${entries}`, 'https', entries)},`;
    length += line.length;
    lines.push(line);
  }
  lines.push(`${entryOf('last', 'http', entries)}\n  }\n}\n`);
  return { text: lines.join('\n'), entries: entries + 1 };
}

/** Returns an entry with a hash of its own, as in real lockfiles. */
function entryOf(name: string, scheme: string, at: number): string {
  return (
    `    "node_modules/${name}": {\n      "version": "1.0.0",\n` +
    `      "resolved": "${scheme}://registry.example.test/${name}/-/${name}-1.0.0.tgz",\n` +
    `      "integrity": "sha512-${String(at).padStart(86, 'A')}==",\n      "license": "MIT",\n` +
    `      "funding": { "url": "https://funding.example.test/${'x'.repeat(500)}" }\n    }`
  );
}
