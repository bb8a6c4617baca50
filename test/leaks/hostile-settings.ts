import { OPEN_HOSTS, PUBLIC_REGISTRY, YARN_REGISTRY } from '../../server/generated/npm-defaults.ts';
import { EVIL } from './cast.ts';

/** Returns unusual spellings of the public registry's URL that clients accept nevertheless. */
export function respelledAddresses(): readonly string[] {
  const { host } = new URL(PUBLIC_REGISTRY);
  const [first = '', ...rest] = host.split('.');
  return [
    `https://${host}./`,
    `https://${first}%2e${rest.join('.')}/`,
    `https://${first}\u3002${rest.join('.')}/`,
    `https://${host}:0443/`,
    `https://${host.toUpperCase()}/`,
    `HTTPS://${host}/x/../`,
    `https:\\\\${host}\\`,
    `https:/${host}/`,
    `https://${rest.join('.')}/`,
    `https://www.${rest.join('.')}/`,
    `${YARN_REGISTRY}`,
    `https://replicate.${rest.join('.')}/`,
    `https://ana@${host}/`,
    `http://${host}/`,
    `https://${OPEN_HOSTS.find((each) => each.includes('mirror')) ?? host}/`,
  ];
}

/** An editor's answers if a repository's `.vscode/settings.json` applied. */
export const HOSTILE_SETTINGS: object = {
  online: true,
  watch: true,
  advisories: {
    sources: ['bundled', 'database', 'registry', 'osv'],
    updateDatabase: true,
    databaseFrom: `${EVIL}/dump.zip`,
  },
  rules: { 'malicious-version': 'off' },
  trustedFolders: ['/'],
  trusted: true,
};
