import { decodeBase64 } from '../../../read/text/encoding.ts';
import { hostKind, hostsIn, isCollectorUrl } from '../effects/hosts.ts';
import type { Scoped } from '../value/scopes.ts';
import { agentInstruction } from './agent-texts.ts';
import type { Found } from './found.ts';
import { isEncodedPayload, namesInStrings } from './raw-text.ts';
import { readHost } from './read-host.ts';
import { readMemoryText } from './read-memory.ts';

const MINER = /stratum\+(?:tcp|ssl):|\bxmrig\b|\bminerd\b|--donate-level|cryptonight|moneroocean/i;
const SECRETS = /toJSON\(\s*secrets\s*\)/;
const OWN_PACKAGES = /-\/v1\/search\?text=maintainer/;
/** Patterns of the addresses of wallets. */
const ADDRESSES =
  /0x\[a-f[^\]]*\]\{40\}|\[13\]\[a-km-z|bc1\[|T\[[A-Za-z1-9-]+\]\{33\}|\[LM3\]\[a-km|\(bitcoincash/i;
/** Names that only programs for Node.js use: patterns have `exec` too, and pages have a `hostname`. */
const STARTS = /^(?:child_process|execSync|execFile|spawn|homedir|userInfo)$/;
const OBFUSCATED_LEAST = 12;

/** Reads the texts of a program for hosts, patterns and data, whatever becomes of them. */
export function readTexts({ literals }: Scoped, found: Found): void {
  let payload = 0;
  // A text says the same wherever it stands again.
  const known = new Set<string>();
  for (const { text, start } of literals) {
    if (text.length < 4 || known.has(text)) continue;
    known.add(text);
    if (text.length >= 1024 && isEncodedPayload(text)) payload ||= start + 1;
    if (text.length > 60 && agentInstruction(text) !== -1) {
      found.add('tampering', 'instructions for agents', start);
      found.sign('instructs-agents', start, false);
    }
    readMemoryText(text, start, found);
    if (text.length > 4000) continue;
    if (MINER.test(text)) found.sign('miner', start, false);
    if (SECRETS.test(text)) {
      found.add('propagation', 'secrets of workflows', start);
      found.sign('dumps-secrets', start, false);
    }
    if (text.includes('/contents/.github/workflows')) {
      found.add('propagation', 'workflow files', start);
      found.sign('writes-workflow', start, false);
    }
    if (OWN_PACKAGES.test(text)) {
      found.add('propagation', 'lists packages', start);
      found.sign('lists-own-packages', start, false);
    }
    if (ADDRESSES.test(text)) found.sign('wallet-patterns', start, false);
    for (const host of text.includes('://') ? hostsIn(text) : []) {
      const kind = hostKind(host);
      if (kind === 'collector' ? isCollectorUrl(text) : kind !== undefined)
        readHost(host, text, start, false, found);
    }
  }
  if (payload > 0) found.add('payload', 'encoded data', payload - 1);
  readHiddenNames(
    literals.map(({ text }) => text),
    found,
  );
}

/** Names of what an obfuscated program for Node.js can do, among its texts. */
const NAMES =
  /^(?:(?:node:)?(?:child_process|https?|net|fs|os|dgram)|exec|execSync|spawn|execFile|homedir|userInfo|hostname|readFileSync|writeFileSync)$/;
const NAMES_LEAST = 3;

function readHiddenNames(texts: readonly string[], found: Found): void {
  if (found.isObfuscated && new Set(texts.filter((text) => NAMES.test(text))).size >= NAMES_LEAST) {
    found.add('obfuscation', 'names in strings', 0);
    found.sign('names-in-strings', 0, true);
    return;
  }
  if (texts.length < OBFUSCATED_LEAST) return;
  const short = texts.filter((text) => text.length >= 3 && text.length < 80);
  // Only texts that make no sense as they are.
  const coded = short.filter(
    (text) => /^[A-Za-z\d+/]{4,}=*$/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text),
  );
  if (coded.length < OBFUSCATED_LEAST / 2) return;
  const names = namesInStrings(coded, decoded).filter((name) => !texts.includes(name));
  if (names.length < 2 || !names.some((name) => STARTS.test(name))) return;
  found.add('obfuscation', 'names in strings', 0);
  found.sign('names-in-strings', 0, true);
}

function decoded(text: string): string | undefined {
  const bytes = decodeBase64(text);
  return /^[\w:./-]+$/.test(bytes) ? bytes : undefined;
}
