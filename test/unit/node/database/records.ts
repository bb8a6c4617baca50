export interface RecordMore {
  readonly name?: string;
  readonly fixed?: string;
  readonly modified?: string;
  readonly withdrawn?: string;
}

/** Returns a record in the OSV format about one package. */
export function record(id: string, more: RecordMore = {}): object {
  const { name = 'it', fixed = '1.2.0', modified = '2026-11-20T10:00:00Z', withdrawn } = more;
  return {
    schema_version: '1.7.5',
    id,
    modified,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    affected: [
      {
        package: { ecosystem: 'npm', name },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
      },
    ],
    database_specific: { severity: 'HIGH' },
  };
}

export const FIRST = 'GHSA-2222-3333-4444';
export const SECOND = 'GHSA-2222-3333-5555';
