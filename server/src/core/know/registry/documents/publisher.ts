import type { PackumentVersion, Publisher } from './packument.ts';

/** Names under which registries show what a CI service published in their trust. No account can have them. */
const SERVICES: ReadonlySet<string> = new Set(['github actions', 'gitlab ci/cd', 'gitlab', 'circleci']);

/** Hosts of mailboxes that anybody can have: such an address tells nothing of who somebody belongs to. */
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

/** Whether a CI service published it that the package trusts, rather than an account. */
export function isTrustedPublish({ trustedPublisher, publishedBy }: PackumentVersion): boolean {
  return trustedPublisher !== undefined || (publishedBy !== undefined && isService(publishedBy));
}

export function isService({ name }: Publisher): boolean {
  return SERVICES.has(name.toLowerCase());
}

/** The name as it is compared: accounts are known by it whatever its case. */
export function publisherName({ name }: Publisher): string {
  return name.toLowerCase();
}

/**
 * Whether two accounts plainly belong together: names that differ only in delimiters, or addresses at one domain that
 * is nobody's mail service. That is what a renamed account or a team's release bot looks like.
 */
export function belongTogether(a: Publisher, b: Publisher): boolean {
  if (publisherName(a) === publisherName(b)) return true;
  const domain = a.emailDomain;
  if (domain !== undefined && domain === b.emailDomain && !OPEN_MAIL.has(domain)) return true;
  return letters(a) === letters(b) && (domain === undefined || domain === b.emailDomain);
}

/** Without delimiters; a name of nothing else stays as it is. */
function letters(publisher: Publisher): string {
  const name = publisherName(publisher);
  return name.replace(/[-_.\s]/g, '') || name;
}
