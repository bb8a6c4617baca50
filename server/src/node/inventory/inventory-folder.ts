import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject, member } from '../../core/know/registry/documents/json-value.ts';
import { crypto } from '../builtin-on-demand.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';
import {
  INVENTORY_FORMATS,
  type InventoryFormat,
  type LockfileRows,
  MEMBER_COLUMNS,
  PACKAGE_COLUMNS,
  REPOSITORY_COLUMNS,
  type RowPlace,
  tableBytes,
} from './inventory-table.ts';

/** What a folder has of one repository. */
export interface KnownRepository extends RowPlace {
  readonly lockfiles: number;
  readonly packages: number;
  /** Whether bills of materials were written. */
  readonly hasSbom: boolean;
  /** Whether everything of the commit could be read. */
  readonly isWhole: boolean;
}

/** The list of a folder. */
export interface InventoryState {
  readonly format: InventoryFormat;
  readonly repositories: ReadonlyMap<string, KnownRepository>;
}

const STATE = 'inventory.json';
const MAX_STATE = 100 * 1024 * 1024;
const VERSION = 1;

/** Reads the list of a folder; undefined if it is no inventory. */
export async function readInventory(folder: string): Promise<InventoryState | undefined> {
  const text = await readBoundedText(join(folder, STATE), { maxBytes: MAX_STATE }).catch(() => undefined);
  const json = asObject(parseJson(text ?? ''));
  const format = INVENTORY_FORMATS.find((each) => each === member(json, 'format'));
  const list = member(json, 'repositories');
  if (member(json, 'version') !== VERSION || format === undefined || !Array.isArray(list)) return undefined;
  const repositories = new Map<string, KnownRepository>();
  for (const each of list) {
    const known = repositoryIn(each);
    if (known !== undefined) repositories.set(known.repository, known);
  }
  return { format, repositories };
}

function repositoryIn(value: unknown): KnownRepository | undefined {
  const json = asObject(value);
  const text = (name: string) => {
    const found = member(json, name);
    return typeof found === 'string' ? found : undefined;
  };
  const count = (name: string) => Number(member(json, name));
  const [repository, commit, committed] = [
    text('repository'),
    text('commit'),
    Date.parse(text('committed') ?? ''),
  ];
  if (repository === undefined || commit === undefined || Number.isNaN(committed)) return undefined;
  const counts = { lockfiles: count('lockfiles'), packages: count('packages') };
  const flags = { hasSbom: member(json, 'sbom') === true, isWhole: member(json, 'whole') === true };
  return { repository, commit, committed, ...counts, ...flags };
}

/** Writes the list, after the files that it names. */
export async function writeInventory(
  folder: string,
  { format, repositories }: InventoryState,
): Promise<void> {
  const all = [...repositories.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
  await replaceFile(
    join(folder, `repositories.${format}`),
    await tableBytes(REPOSITORY_COLUMNS, all, format),
  );
  const list = all.map(({ committed, hasSbom, isWhole, ...each }) => ({
    ...each,
    ...{ committed: new Date(committed).toISOString(), sbom: hasSbom, whole: isWhole },
  }));
  const json = { version: VERSION, format, repositories: list };
  await replaceFile(join(folder, STATE), `${JSON.stringify(json, undefined, 2)}\n`);
}

/** Writes the rows of one commit of a repository. */
export async function writeRows(
  folder: string,
  place: RowPlace,
  found: readonly LockfileRows[],
  format: InventoryFormat,
): Promise<void> {
  const rows = found.flatMap(({ lockfile, rows }) => rows.map((row) => ({ ...place, ...row, lockfile })));
  const members = found.flatMap(({ lockfile, members }) =>
    members.map((each) => ({ ...place, ...each, lockfile })),
  );
  await writePart(folder, 'members', place, format, await tableBytes(MEMBER_COLUMNS, members, format));
  await writePart(folder, 'packages', place, format, await tableBytes(PACKAGE_COLUMNS, rows, format));
}

async function writePart(
  folder: string,
  table: string,
  place: RowPlace,
  format: InventoryFormat,
  bytes: Uint8Array,
): Promise<void> {
  const directory = join(folder, table, fileNameOf(place.repository));
  await mkdir(directory, { recursive: true });
  await replaceFile(join(directory, `${place.commit}.${format}`), bytes);
}

/** Checks whether the rows of a commit are there. */
export async function hasRows(folder: string, place: RowPlace, format: InventoryFormat): Promise<boolean> {
  const path = join(folder, 'packages', fileNameOf(place.repository), `${place.commit}.${format}`);
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** File systems take 255 bytes, of which endings need some. */
const LONGEST_NAME = 180;

/** Returns a name for a file that no system and no pattern takes for anything else. */
export function fileNameOf(text: string): string {
  const name = text.replace(/[^\w-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME - 65)}~${crypto().createHash('sha256').update(text).digest('hex')}`;
}
