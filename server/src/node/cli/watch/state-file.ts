import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseJson } from '../../../core/know/registry/documents/document-kind.ts';
import { asObject, member } from '../../../core/know/registry/documents/json-value.ts';
import { shownText } from '../../../core/read/lockfile/model/shown-text.ts';
import { relativeUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import { readRecord, recordText } from '../../../core/show/watch/read-record.ts';
import type { WatchRecords } from '../../../engine/watch/watch-records.ts';
import { reasonOf } from '../../files/file-problem.ts';
import { readBoundedText } from '../../files/read-bounded.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { WrongUse } from '../exit-code.ts';

const FORM = 1;
const MAX_STATE = 256 * 1024 * 1024;

/**
 * Keeps the records of all projects in a file of the user, by their paths below the directory, so that another checkout
 * continues with it. Throws `WrongUse` for a file that cannot be read or holds something else.
 */
export async function stateFile(typed: string, root: Uri): Promise<WatchRecords> {
  const path = resolve(typed);
  const known = new Map(Object.entries(await stored(typed, path)));
  let writing: Promise<boolean> = Promise.resolve(true);
  const write = async () => {
    const projects = Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1)));
    try {
      await replaceFile(path, `${JSON.stringify({ form: FORM, projects }, undefined, 2)}\n`);
      return true;
    } catch {
      return false;
    }
  };
  const keyOf = (project: Uri) => relativeUri(root, project) || '.';
  return {
    async read(project) {
      const text = known.get(keyOf(project));
      return typeof text === 'string' ? readRecord(text) : undefined;
    },
    write(project, record) {
      const text = recordText(record);
      // It would end the next run.
      if (readRecord(text) === undefined) return Promise.resolve(false);
      known.set(keyOf(project), text);
      // One after the other, so that the last one written has all.
      writing = writing.then(write);
      return writing;
    },
  };
}

async function stored(typed: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readBoundedText(path, { maxBytes: MAX_STATE });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      // Asking takes minutes, and what cannot be written would be asked again.
      if ((await stat(dirname(path)).catch(() => undefined)) !== undefined) return {};
      throw new WrongUse(
        `--state ${typed} is in a folder that does not exist; make it, or give another file.`,
      );
    }
    throw new WrongUse(`--state ${typed} ${reasonOf(error) ?? 'cannot be read'}; give another file.`);
  }
  const state = asObject(parseJson(text));
  const projects = asObject(member(state, 'projects'));
  // An empty file is a new one, as made by "mktemp".
  if (text.trim() === '') return {};
  if (member(state, 'form') !== FORM || projects === undefined)
    throw new WrongUse(`--state ${typed} is not a state of this command; give another file.`);
  // A first run reports nothing, so what happened since would be lost without a word.
  for (const [project, record] of Object.entries(projects))
    if (typeof record !== 'string' || readRecord(record) === undefined)
      throw new WrongUse(
        `--state ${typed} has a record of ${shownText(project)} that cannot be read; restore the file, or delete it to start over.`,
      );
  return projects;
}
