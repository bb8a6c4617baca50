import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckedFile } from '../../../../server/src/core/read/project/checked-file.ts';
import { indexLines } from '../../../../server/src/core/read/text/lines/line-index.ts';
import { relativeUri, type Uri } from '../../../../server/src/core/read/text/paths/uri.ts';
import type { Span } from '../../../../server/src/core/read/text/span.ts';
import type { ProjectSnapshot } from '../../../../server/src/engine/session.ts';
import { openFiles } from '../../../workspace.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/managers');

/** One workspace as each package manager locks it; three of its packages were tampered with afterwards. */
export const MANAGERS = {
  npm: 'package-lock.json',
  'yarn-classic': 'yarn.lock',
  'yarn-berry': 'yarn.lock',
  pnpm: 'pnpm-lock.yaml',
  bun: 'bun.lock',
} as const;

export type ManagerFixture = keyof typeof MANAGERS;

export interface OpenFixture {
  readonly owner: ProjectSnapshot;
  /** The lockfile's path in the fixture. */
  readonly lockfile: string;
  file(path: string): CheckedFile;
  /** Returns the offset after the first character of the first `needle` after the first `after`. */
  offset(path: string, needle: string, after?: string): number;
  /** Returns `path:line token`, with lines counted from 1. */
  show(place: { readonly uri: Uri; readonly span: Span }): string;
}

export async function openFixture(name: ManagerFixture): Promise<OpenFixture> {
  const folder = join(FOLDER, name);
  const paths = globSync(['**/*', '**/.*'], { cwd: folder, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name));
  const files = new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
  const { snapshot, uri } = await openFiles(files);
  const owner = snapshot.projectOf(uri('package.json'));
  assert.ok(owner, `${name} is a project`);
  return {
    owner,
    lockfile: MANAGERS[name],
    file(path) {
      const file = owner.files.get(uri(path));
      assert.ok(file, `${path} is checked`);
      return file;
    },
    offset(path, needle, after = '') {
      const text = snapshot.textOf(uri(path)) ?? '';
      const from = text.indexOf(after);
      const at = text.indexOf(needle, from);
      assert.ok(from !== -1 && at !== -1, `${path} has ${needle} behind "${after}"`);
      return at + 1;
    },
    show({ uri: place, span }) {
      const text = snapshot.textOf(place) ?? '';
      const line = indexLines(text).positionAt(span.start).line + 1;
      return `${relativeUri(owner.project.root, place)}:${line} ${text.slice(span.start, span.end)}`;
    },
  };
}
