import type { BasicType } from 'hyparquet-writer';
import type { InventoryMember, InventoryRow } from '../../core/read/inventory/inventory-rows.ts';

export type InventoryFormat = 'parquet' | 'ndjson';
export const INVENTORY_FORMATS = ['parquet', 'ndjson'] as const;

/** Where rows come from. */
export interface RowPlace {
  readonly repository: string;
  readonly commit: string;
  /** In milliseconds since 1970. */
  readonly committed: number;
}

export interface LockfileRows {
  /** The path of the lockfile. */
  readonly lockfile: string;
  readonly rows: readonly PublishedRow[];
  readonly members: readonly InventoryMember[];
}

type Value = string | number | boolean | Date | null;

/** A column: its name, its type in Parquet and in DuckDB. */
export interface Column<T> {
  readonly name: string;
  readonly type: BasicType;
  readonly duckdb: string;
  readonly of: (row: T) => Value;
}

function column<T>(
  name: string,
  of: Column<T>['of'],
  type: BasicType = 'STRING',
  duckdb = 'VARCHAR',
): Column<T> {
  return { name, type, duckdb, of };
}

/** A row, with who published the version, if this machine has that. */
export type PublishedRow = InventoryRow & { readonly publisher: string | undefined };

type PackageRow = RowPlace & PublishedRow & { readonly lockfile: string };
type MemberRow = RowPlace & InventoryMember & { readonly lockfile: string };

const place = [
  column<RowPlace>('repository', (row) => row.repository),
  column<RowPlace>('commit', (row) => row.commit),
  column<RowPlace>('committed', (row) => new Date(row.committed), 'TIMESTAMP', 'TIMESTAMP'),
];

/** The columns of a locked package. Their names and types stay; later versions may add some at the end. */
export const PACKAGE_COLUMNS: readonly Column<PackageRow>[] = [
  ...place,
  column('lockfile', (row) => row.lockfile),
  column('manager', (row) => row.manager),
  column('name', (row) => row.name),
  column('version', (row) => row.version ?? null),
  column('integrity', (row) => row.integrity ?? null),
  column('source', (row) => row.source),
  column('registry', (row) => row.registry ?? null),
  column('depth', (row) => row.depth ?? null, 'INT32', 'INTEGER'),
  column('scope', (row) => row.scope ?? null),
  column('license', (row) => row.license ?? null),
  column('install_script', (row) => row.installScript ?? null, 'BOOLEAN', 'BOOLEAN'),
  column('publisher', (row) => row.publisher ?? null),
];

/** The columns of a package that a repository consists of. */
export const MEMBER_COLUMNS: readonly Column<MemberRow>[] = [
  ...place,
  column('lockfile', (row) => row.lockfile),
  column('path', (row) => row.path),
  column('name', (row) => row.name),
  column('version', (row) => row.version ?? null),
];

/** The columns of the list of repositories, each with the commit that was read last. */
export const REPOSITORY_COLUMNS: readonly Column<RowPlace>[] = place;

/** Returns the bytes of a file with these rows. */
export async function tableBytes<T>(
  columns: readonly Column<T>[],
  rows: readonly T[],
  format: InventoryFormat,
): Promise<Uint8Array> {
  if (format === 'ndjson') {
    const line = (row: T) =>
      JSON.stringify(Object.fromEntries(columns.map(({ name, of }) => [name, of(row)])));
    return Buffer.from(rows.map((row) => `${line(row)}\n`).join(''));
  }
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = columns.map(({ name, type, of }) => ({ name, type, data: rows.map(of) }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'dephygiene' }));
}
