import { type PolicyLookup, resolveExtends } from '../../core/read/policy-file/extends/resolve-extends.ts';
import type { PolicyProblem } from '../../core/read/policy-file/policy.ts';
import { readPolicy } from '../../core/read/policy-file/read-policy.ts';
import { indexLines } from '../../core/read/text/lines/line-index.ts';
import { parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { asClause } from '../../core/read/text/words/clause.ts';
import type { FilesPort } from '../ports.ts';

/**
 * Describes the first fault of a policy that the user named, or of what it extends, as a clause; undefined if all of it
 * can be used.
 */
export async function policyFault(
  uri: Uri,
  text: string,
  files: Pick<FilesPort, 'read' | 'list'>,
): Promise<string | undefined> {
  const policy = readPolicy(uri, text);
  let [fault]: readonly PolicyProblem[] = policy.problems;
  if (fault === undefined && policy.extends.length > 0) {
    const top = await topOf(parentUri(uri), files);
    const known = new Map<Uri, PolicyLookup>();
    for (let isWhole = false; !isWhole; ) {
      const pending: Uri[] = [];
      const { problems } = resolveExtends(policy, top, (at) => {
        const found = known.get(at);
        if (found === undefined) pending.push(at);
        return found ?? 'pending';
      });
      for (const at of pending) {
        const read = await files.read(at);
        if (read.type === 'text') known.set(at, readPolicy(at, read.text));
        else known.set(at, read.type === 'missing' ? 'missing' : { refused: read.reason });
      }
      isWhole = pending.length === 0;
      fault = problems[0];
    }
  }
  if (fault === undefined) return undefined;
  const line = indexLines(text).positionAt(fault.span.start).line + 1;
  return `is invalid in line ${line}: ${asClause(fault.message)}`;
}

/** Returns the nearest folder with a git repository, or else the folder itself. */
async function topOf(folder: Uri, { list }: Pick<FilesPort, 'list'>): Promise<Uri> {
  for (let at = folder; ; at = parentUri(at)) {
    if ((await list(at))?.some(({ name }) => name === '.git') === true) return at;
    if (at === parentUri(at)) return folder;
  }
}
