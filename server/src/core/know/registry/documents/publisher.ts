import type { PackumentVersion, Publisher } from './packument.ts';

/** Names under which registries show what a trusted CI service published. No account can have them. */
const SERVICES: ReadonlySet<string> = new Set(['github actions', 'gitlab ci/cd', 'gitlab', 'circleci']);

/** Mail providers open to anyone: such an address does not show an affiliation. */
const OPEN_MAIL: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'aol.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'mail.com',
  'mail.ru',
  'yandex.ru',
  'yandex.com',
  'qq.com',
  '163.com',
  '126.com',
  'foxmail.com',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'fastmail.com',
  'hey.com',
  'tutanota.com',
  'zoho.com',
  'users.noreply.github.com',
]);

/** Checks whether a CI service trusted by the package published it, rather than an account. */
export function isTrustedPublish({ trustedPublisher, publishedBy }: PackumentVersion): boolean {
  return trustedPublisher !== undefined || (publishedBy !== undefined && isService(publishedBy));
}

export function isService({ name }: Publisher): boolean {
  return SERVICES.has(name.toLowerCase());
}

/** Returns the name for comparison: accounts are identified by it, ignoring case. */
export function publisherName({ name }: Publisher): string {
  return name.toLowerCase();
}

/**
 * Checks whether two accounts obviously belong together: names that differ only in delimiters, or addresses at one
 * domain that is not a mail provider. This is typical of a renamed account or a team's release bot.
 */
export function belongTogether(a: Publisher, b: Publisher): boolean {
  if (publisherName(a) === publisherName(b)) return true;
  const domain = a.emailDomain;
  if (domain !== undefined && domain === b.emailDomain && !OPEN_MAIL.has(domain)) return true;
  return letters(a) === letters(b) && (domain === undefined || domain === b.emailDomain);
}

/** Strips delimiters; a name of nothing else stays as it is. */
function letters(publisher: Publisher): string {
  const name = publisherName(publisher);
  return name.replace(/[-_.\s]/g, '') || name;
}
