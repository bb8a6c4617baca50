/** Returns a full document in the registry's own format, of a small package with three versions. */
export function samplePackument(name = 'left-pad'): Record<string, unknown> {
  const version = (number: string, publisher: string, more: object = {}) => ({
    name,
    version: number,
    description: 'String left pad',
    license: 'MIT',
    dependencies: { wrappy: '^1.0.0' },
    scripts: { test: 'node test' },
    maintainers: [{ name: 'anna', email: 'anna@example.test' }],
    _npmUser: { name: publisher, email: `${publisher}@example.test` },
    dist: {
      tarball: `https://registry.public.example.test/${name}/-/${name}-${number}.tgz`,
      shasum: '0123456789012345678901234567890123456789',
      integrity: `sha512-${number}`,
      unpackedSize: 1234,
      signatures: [{ keyid: 'SHA256:x', sig: 'x' }],
    },
    ...more,
  });
  return {
    _id: name,
    _rev: '3-abc',
    name,
    description: 'String left pad',
    'dist-tags': { latest: '1.2.0', next: '2.0.0-rc.1' },
    versions: {
      '1.0.0': version('1.0.0', 'anna', { deprecated: '' }),
      '1.1.0': version('1.1.0', 'anna', { deprecated: 'use 1.2.0' }),
      '1.2.0': version('1.2.0', 'bert', {
        scripts: { postinstall: 'node install.js', test: 'x' },
        deprecated: false,
      }),
    },
    time: {
      created: '2020-03-01T10:00:00.000Z',
      modified: '2026-10-02T10:00:00.000Z',
      '1.0.0': '2020-03-01T10:00:00.000Z',
      '1.1.0': '2024-05-06T10:00:00+00:00',
      '1.2.0': '2026-09-12T10:00:00.000Z',
    },
    maintainers: [{ name: 'anna', email: 'anna@example.test' }, { name: 'bert' }],
    homepage: 'https://left-pad.example.test/',
    repository: { type: 'git', url: 'git+https://git.example.test/anna/left-pad.git' },
    license: 'MIT',
    readme: '# left-pad',
  };
}
