/** Returns the URL of an advisory's page, for ids whose pages are known to exist. */
export function advisoryUrl(id: string): string | undefined {
  if (/^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/i.test(id)) return `https://github.com/advisories/${id}`;
  return /^(?:CVE-\d{4}-\d{4,10}|MAL-\d{4}-\d{1,10})$/.test(id)
    ? `https://osv.dev/vulnerability/${id}`
    : undefined;
}
