import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';

/** The roles of the hosts, as origins. */
export const PUBLIC = new URL(PUBLIC_REGISTRY).origin;
/** A company's registry, with a tenant at `/a/` and another's at `/b/`. */
export const ACME = 'https://npm.acme.example.test';
/** The host of the company's package files. */
export const FILES = 'https://files.acme.example.test';
/** A company's registry that serves everything it installs. */
export const CORP = 'https://corp.example.test';
/** An attacker who wants to receive what is private. */
export const EVIL = 'https://evil.example.test';
/** Another attacker, so that data meant for the first is recognized at the wrong place. */
export const LURE = 'https://lure.example.test';

/** The web service of advisories, which may receive public names if the user enables that. */
export const OSV = 'https://osv.example.test';

/** Where the user has news of `watch` sent, with the names in it. */
export const HOOK = 'https://hook.example.test';

/** Returns the .npmrc key for a registry's URL, which is without the scheme. */
export function keyOf(url: string): string {
  return url.slice(url.indexOf('//'));
}
