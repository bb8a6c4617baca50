import type { NewIgnore } from '../../../read/policy-file/edit-policy-text.ts';
import type { ForeignIgnore } from '../../../read/policy-file/import/foreign-ignore.ts';
import type { Policy } from '../../../read/policy-file/policy.ts';
import { indexLines } from '../../../read/text/lines/line-index.ts';
import { hasId } from '../ignored.ts';
import { type ImportContext, importEntry } from './import-entry.ts';

/** A file with entries of other tools. */
export interface ImportSource {
  /** As displayed. */
  readonly path: string;
  readonly text: string;
  readonly ignores: readonly ForeignIgnore[];
}

/** Where an entry was found (`audit-resolve.json:12`), and what it names there. */
export interface ImportPlace {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface PlannedEntry {
  readonly entry: NewIgnore;
  /** Several if more than one entry has the same meaning. */
  readonly places: readonly ImportPlace[];
}

/** The result of an import. Every entry of every file is in one of the lists. */
export interface ImportPlan {
  readonly added: readonly PlannedEntry[];
  /** Already in the configuration file. */
  readonly present: readonly ImportPlace[];
  readonly none: readonly { readonly place: ImportPlace; readonly why: string }[];
}

export function planImport(
  sources: readonly ImportSource[],
  { ignores: present }: Pick<Policy, 'ignores'>,
  context: Omit<ImportContext, 'reason'>,
): ImportPlan {
  const added = new Map<string, { entry: NewIgnore; readonly places: ImportPlace[] }>();
  const plan = { present: [] as ImportPlace[], none: [] as ImportPlan['none'][number][] };
  for (const { path, text, ignores } of sources) {
    const lines = indexLines(text);
    for (const ignore of ignores) {
      const place = { path, line: lines.positionAt(ignore.span.start).line + 1, text: ignore.text };
      const reason = `Was accepted in ${path}; write here why.`;
      const imported = importEntry(ignore, { ...context, reason });
      if (imported.type === 'none') {
        plan.none.push({ place, why: imported.why });
        continue;
      }
      const { entry } = imported;
      if (present.some((each) => isSame(each, entry))) {
        plan.present.push(place);
        continue;
      }
      const key = JSON.stringify([entry.rule, entry.id?.toLowerCase(), entry.package, entry.version]);
      const same = added.get(key);
      if (same === undefined) added.set(key, { entry, places: [place] });
      else {
        same.entry = joined(same.entry, entry);
        same.places.push(place);
      }
    }
  }
  return { added: [...added.values()], ...plan };
}

function isSame(present: Policy['ignores'][number], entry: NewIgnore): boolean {
  const hasSameId =
    entry.id === undefined
      ? present.id === undefined
      : present.id !== undefined && hasId([present.id], entry.id);
  return (
    hasSameId &&
    present.rule === entry.rule &&
    present.package === entry.package &&
    present.version === entry.version &&
    present.path === undefined
  );
}

/** Merges both reasons and takes the earlier expiry. */
function joined(first: NewIgnore, second: NewIgnore): NewIgnore {
  const parts = [...first.reason.split('; '), ...second.reason.split('; ')];
  const reason = [...new Set(parts)].join('; ');
  const [expires] = [first.expires, second.expires].sort();
  return { ...first, reason, expires: expires! };
}
