import { CWE_NAMES } from './cwe-names.ts';

let byNumber: ReadonlyMap<string, string> | undefined;

/** Returns the official name of the first of the weaknesses that has one: "Relative Path Traversal" for `CWE-23`. */
export function weaknessName(cwes: readonly string[]): string | undefined {
  byNumber ??= readNames();
  for (const cwe of cwes) {
    const name = byNumber.get(cwe);
    if (name !== undefined) return name;
  }
  return undefined;
}

function readNames(): ReadonlyMap<string, string> {
  const rows = CWE_NAMES.trim().split('\n');
  return new Map(
    rows.map((row) => {
      const end = row.indexOf(' ');
      return [`CWE-${row.slice(0, end)}`, row.slice(end + 1)];
    }),
  );
}
