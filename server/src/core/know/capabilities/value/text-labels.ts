import { remember } from '../../../read/text/remember.ts';
import { Label } from './labels.ts';

/** Files in which tools keep credentials, by what they belong to. */
const CREDENTIAL_PATHS: readonly (readonly [string, RegExp])[] = [
  ['registries', /(?:^|[\\/~'"\s])\.npmrc\b|\.yarnrc(?:\.yml)?$/],
  ['ssh', /\.ssh(?:[\\/'"\s]|$)|\bid_(?:rsa|ed25519|ecdsa|dsa)\b|authorized_keys|known_hosts/],
  [
    'cloud',
    /\.aws[\\/](?:credentials|config)?|\.aws$|\.azure(?:[\\/]|$)|gcloud[\\/]|application_default_credentials|\.config[\\/]gcloud|\.oci[\\/]|169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|\.boto$|doctl[\\/]config/,
  ],
  ['git', /\.git-credentials|\.netrc\b|\.config[\\/]gh[\\/]|\.config[\\/]gh$|hub$|gh[\\/]hosts\.yml/],
  ['containers', /\.docker[\\/]config\.json|\.kube(?:[\\/]config|$)|serviceaccount[\\/]token|\.dockercfg/],
  [
    'browser',
    /Login Data\b|Local Extension Settings|logins\.json|key[34]\.db|\bUser Data\b|Local State$|formhistory\.sqlite|cookies\.sqlite|Firefox[\\/]Profiles|(?:Chrome|Chromium|Brave-Browser|Edge|Opera Stable|Vivaldi)[\\/](?:User Data|Default|Profiles)|\.config[\\/](?:google-chrome|chromium|BraveSoftware)|Application Support[\\/](?:Google[\\/]Chrome|BraveSoftware|Firefox)/,
  ],
  [
    'wallet',
    /\bExodus[\\/]|exodus\.wallet|Electrum[\\/]wallets|\.electrum\b|atomic[\\/]Local Storage|wallet\.dat|\.config[\\/]solana|solana[\\/]id\.json|\.ethereum\b|Ledger Live|nkbihfbeogaeaoehlefnkodbefgpgknn|bfnaelmomeimhlpmgjnjophhpkkoljpa|\.bitcoin\b|Coinomi[\\/]|\.sui[\\/]|\.aptos[\\/]/,
  ],
  [
    'messenger',
    /discord(?:canary|ptb)?[\\/](?:Local Storage)?|Local Storage[\\/]leveldb|Telegram Desktop|tdata|Slack[\\/](?:storage|Cookies)/i,
  ],
  [
    'keychain',
    /login\.keychain|Keychains[\\/]|\.gnupg|\.password-store|\.local[\\/]share[\\/]keyrings|kwallet|1Password|Bitwarden[\\/]|KeePass|\.kdbx\b/,
  ],
  [
    'agents',
    /\.claude\.json|\.claude[\\/]|\.gemini[\\/]|\.cursor[\\/]mcp\.json|\.codeium|\.codex[\\/]|\.continue[\\/]|claude_desktop_config/,
  ],
  [
    'system',
    /\/etc\/(?:passwd|shadow)|\/proc\/\S*\/(?:environ|mem|maps)|\bSAM$|bash_history|zsh_history|node_repl_history/,
  ],
  ['env-file', /(?:^|[\\/~'"\s])\.env(?:\.\w+)?$/],
];

const MAY_BE_PATH = /[.\\/ ]|[A-Z]|id_|nkbi|bfna|tdata|discord|exodus|wallet|keystore/;

/** Returns which credentials a path holds, or a command reads. */
export function credentialKinds(text: string): readonly string[] {
  if (text.length > 400 || !MAY_BE_PATH.test(text)) return [];
  return CREDENTIAL_PATHS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}

/** Returns the labels of a text that is a path. */
export const textLabels: (text: string) => number = remember(10_000, (text) => {
  const temporary = /^(?:\/(?:var\/)?tmp\/|%TEMP%)/i.test(text) ? Label.temporary : 0;
  return temporary | (credentialKinds(text).length > 0 ? Label.credentialPath : 0);
});

const KEY_NAME =
  /^_?(?:private_?key|secret_?key|mnemonic|mnemonic_?phrase|seed_?phrase|recovery_?phrase|wallet_?seed|seed|priv_?key|keypair|secretRecoveryPhrase)s?$/i;

const LONGEST_KEY = 24;

/** Returns the labels of what has a name. */
export function nameLabels(name: string): number {
  return mayBeKey(name) && KEY_NAME.test(name) ? Label.key : 0;
}

/** Checks the length and the first letter, as nearly all names are none of these. */
function mayBeKey(name: string): boolean {
  if (name.length < 4 || name.length > LONGEST_KEY) return false;
  switch (name.charCodeAt(0) | 32) {
    case 0x6b: // k
    case 0x6d: // m
    case 0x70: // p
    case 0x72: // r
    case 0x73: // s
    case 0x77: // w
    case 0x7f: // _
      return true;
    default:
      return false;
  }
}

const FOR_AUTHORIZATION =
  /^(?:authorization|proxy-authorization|x-api-key|api-?key|x-[\w-]*(?:auth|token|api-?key|secret)|x-registry-[\w-]+|private-token|auth|cert|pfx|ca|passphrase|private_?key|agent|tls|credentials|accesskeyid|secretaccesskey|sessiontoken)$/i;

/** Returns the labels that a member of this name takes from its value: secrets there are for the server that issued them. */
export const declassifiedKeys: (name: string) => number = remember(10_000, (name) =>
  FOR_AUTHORIZATION.test(name) ? Label.secret | Label.credential | Label.key : 0,
);
