/** GitHub's ids, CVE numbers, and those of the databases that OSV aggregates: `GHSA-…`, `CVE-2026-1`, `MAL-2026-1`. */
const ID = /\b(?:GHSA(?:-[0-9a-z]{4}){3}|CVE-\d{4}-\d{4,}|MAL-\d{4}-\d+)\b/i;

/** Returns the advisory id in a text that is one or is the URL of its page; undefined if there is none. */
export function advisoryIdIn(text: string): string | undefined {
  const id = ID.exec(text)?.[0];
  if (id === undefined) return undefined;
  // Only the prefix of GitHub's ids is in upper case.
  return /^ghsa/i.test(id) ? `GHSA${id.slice(4).toLowerCase()}` : id.toUpperCase();
}

/** Checks whether the text is exactly one such id. */
export function isAdvisoryId(text: string): boolean {
  return ID.exec(text)?.[0] === text;
}

/** Returns npm's number of an advisory, alone or at the end of a URL; undefined for anything else. */
export function advisoryNumberIn(text: string): string | undefined {
  return /^(?:\S*\/)?(\d{1,9})$/.exec(text.trim())?.[1];
}
