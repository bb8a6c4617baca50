import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';

/** Who is who among the hosts, as origins. */
export const PUBLIC = new URL(PUBLIC_REGISTRY).origin;
/** A company's registry, with a tenant at `/a/` and another's at `/b/`. */
export const ACME = 'https://npm.acme.example.test';
/** Where files of the company's packages are. */
export const FILES = 'https://files.acme.example.test';
/** A company's registry that serves all that it installs. */
export const CORP = 'https://corp.example.test';
/** Whoever wants to hear what is not theirs. */
export const EVIL = 'https://evil.example.test';
/** Another one, so that what is meant for the first is seen to go astray. */
export const LURE = 'https://lure.example.test';

/** The web service of advisories, which public names may be sent to where the user wants that. */
export const OSV = 'https://osv.example.test';

/** The key of an .npmrc for a registry's address: without the scheme. */
export function keyOf(url: string): string {
  return url.slice(url.indexOf('//'));
}
