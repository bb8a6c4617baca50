import assert from 'node:assert/strict';
import { runCli } from '../run-cli.ts';
import { commit, type Files, reported, repository } from './changed-code.ts';

export interface Change {
  readonly base: Files;
  readonly change: Files;
}

/**
 * Commits `base`, then `change`, and returns the findings of `check --base` as `path token severity`; `diff` is a path
 * that diff must list.
 */
export function foundSince(base: Files, change: Files, diff?: string): readonly string[] {
  const directory = repository(base);
  commit(directory, change);
  if (diff !== undefined) {
    const text = diffOf(directory);
    assert.ok(text.includes(`\n${diff}: `), text);
  }
  return reported(directory, '--base', 'HEAD~1');
}

/** A repository in which each change has a folder of its own: one run for all takes less time than one for each. */
export interface Together {
  readonly directory: string;
  /** Returns the start of the paths of a change. */
  readonly prefixOf: (index: number) => string;
}

/** Commits the bases of all changes, then the changes. */
export function commitTogether(changes: readonly Change[]): Together {
  const prefixOf = (index: number) => `project-${index}/`;
  const all = (files: (change: Change) => Files): Files =>
    Object.fromEntries(
      changes.flatMap((change, index) =>
        Object.entries(files(change)).map(([path, content]) => [prefixOf(index) + path, content]),
      ),
    );
  const directory = repository(all(({ base }) => base));
  commit(
    directory,
    all(({ change }) => change),
  );
  return { directory, prefixOf };
}

/** Returns what `foundSince` does for each of the changes, by index. */
export function foundTogether(
  changes: readonly Change[],
): (index: number, diff?: string) => readonly string[] {
  let ran: (Together & { readonly findings: readonly string[]; readonly diff: string }) | undefined;
  const run = () => {
    const together = commitTogether(changes);
    const { directory } = together;
    const findings = reported(directory, '--base', 'HEAD~1');
    assert.ok(findings.every((finding) => /^project-\d+\//.test(finding)));
    assert.deepEqual(reported(directory, '--base', 'HEAD'), [], 'part of the base');
    return { ...together, findings, diff: diffOf(directory) };
  };
  return (index, diff) => {
    ran ??= run();
    const prefix = ran.prefixOf(index);
    if (diff !== undefined) assert.ok(ran.diff.includes(`\n${prefix}${diff}: `), ran.diff);
    return ran.findings
      .filter((finding) => finding.startsWith(prefix))
      .map((finding) => finding.slice(prefix.length));
  };
}

function diffOf(directory: string): string {
  const { code, out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.equal(code, 0);
  return out;
}
