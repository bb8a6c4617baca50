import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InventoryAnswer } from '../../core/show/report/inventory/answer-text.ts';
import type { InventoryFormat } from './inventory-table.ts';
import { type Column, MEMBER_COLUMNS, PACKAGE_COLUMNS, REPOSITORY_COLUMNS } from './inventory-table.ts';

/** What is used of `@duckdb/node-api`. */
interface DuckDb {
  readonly DuckDBInstance: {
    create(
      path: string,
      settings: Readonly<Record<string, string>>,
    ): Promise<{
      connect(): Promise<DuckDbConnection>;
      closeSync(): void;
    }>;
  };
}

interface DuckDbConnection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ columnNames(): string[]; getRowsJS(): unknown[][] }>;
  closeSync(): void;
}

export const DUCKDB = '@duckdb/node-api';
/** A query that DuckDB refuses, as DuckDB says it. */
export class RefusedQuery extends Error {}

/**
 * Loads DuckDB from the installation that dephygiene is part of, never from the folder that it is run in: a repository could
 * bring its own. Undefined if it is not installed.
 */
function loadDuckDb(): DuckDb | undefined {
  try {
    return createRequire(import.meta.url)(DUCKDB) as DuckDb;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Runs a query over the files of a folder. Undefined if DuckDB is not installed. Throws `RefusedQuery`. */
export async function queryInventory(
  folder: string,
  format: InventoryFormat,
  sql: string,
): Promise<InventoryAnswer | undefined> {
  const duckDb = loadDuckDb();
  if (duckDb === undefined) return undefined;
  const instance = await duckDb.DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    for (const statement of viewsOf(folder, format)) await connection.run(statement);
    const reader = await connection.runAndReadAll(sql).catch((error: unknown) => {
      throw new RefusedQuery(error instanceof Error ? error.message : String(error));
    });
    return { columns: reader.columnNames(), rows: reader.getRowsJS() };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Returns the statements that make the tables, and let a query read nothing but the folder. */
function viewsOf(folder: string, format: InventoryFormat): readonly string[] {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const view = (name: string, columns: readonly Column<never>[], pattern: string) => {
    // A folder may have characters of patterns in its path, so files are listed one by one.
    const files = globSync(pattern, { cwd: folder }).sort();
    const types = columns.map((each) => `${quoted(each.name)}: ${quoted(each.duckdb)}`).join(', ');
    const list = `[${files.map((file) => quoted(join(folder, file))).join(', ')}]`;
    const reading =
      format === 'parquet'
        ? `read_parquet(${list})`
        : `read_json(${list}, format = 'newline_delimited', columns = {${types}})`;
    return `CREATE VIEW ${name} AS SELECT * FROM ${reading}`;
  };
  return [
    `SET allowed_directories = [${quoted(folder)}]`,
    'SET enable_external_access = false',
    view('history', PACKAGE_COLUMNS, `packages/*/*.${format}`),
    view('all_members', MEMBER_COLUMNS, `members/*/*.${format}`),
    view('repositories', REPOSITORY_COLUMNS, `repositories.${format}`),
    ...LATEST,
    'SET lock_configuration = true',
  ];
}

/** The rows of the latest commit of each repository. The same in every engine. */
const LATEST: readonly string[] = [
  'CREATE VIEW packages AS SELECT * FROM history WHERE (repository, commit) IN (SELECT repository, commit FROM repositories)',
  'CREATE VIEW members AS SELECT * FROM all_members WHERE (repository, commit) IN (SELECT repository, commit FROM repositories)',
];
