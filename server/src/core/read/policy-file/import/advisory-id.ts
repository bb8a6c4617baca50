/** GitHub's ids, CVE numbers, and those of the databases that OSV collects: `GHSA-…`, `CVE-2026-1`, `MAL-2026-1`. */
const ID = /\b(?:GHSA(?:-[0-9a-z]{4}){3}|CVE-\d{4}-\d{4,}|MAL-\d{4}-\d+)\b/i;

/** The id of an advisory in a text that is one or is the address of its page; undefined where there is none. */
export function advisoryIdIn(text: string): string | undefined {
  const id = ID.exec(text)?.[0];
  if (id === undefined) return undefined;
  // Only the prefix of GitHub's ids is in capitals.
  return /^ghsa/i.test(id) ? `GHSA${id.slice(4).toLowerCase()}` : id.toUpperCase();
}

/** Whether the text is one such id and nothing else. */
export function isAdvisoryId(text: string): boolean {
  return ID.exec(text)?.[0] === text;
}

/** npm's number of an advisory, alone or at the end of an address; undefined for what is none. */
export function advisoryNumberIn(text: string): string | undefined {
  return /^(?:\S*\/)?(\d{1,9})$/.exec(text.trim())?.[1];
}
