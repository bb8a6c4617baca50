import { suspiciousForeign } from '../../scripts/foreign-code.ts';
import { suspiciousScript } from '../../scripts/suspicious-script.ts';
import { hostsIn } from '../effects/hosts.ts';
import { READS_CLIPBOARD } from '../value/command-texts.ts';
import { credentialKinds } from '../value/text-labels.ts';
import type { Found } from './found.ts';
import { readHost } from './read-host.ts';
import { readMemoryUse } from './read-memory.ts';
import { readRegistry } from './read-registry.ts';

export interface CommandPlace {
  readonly at: number;
  readonly isLoaded: boolean;
  readonly isDetached: boolean;
  /** Whether the program lies in a temporary folder or that of the user. */
  readonly isTemporary: boolean;
  /** Whether its output is thrown away. */
  readonly isHidden: boolean;
}

/** A command within a script of macOS. */
const APPLE_SCRIPT = /\bdo shell script\s+\\?"([^"]{1,2000})/;
const DOWNLOAD =
  /(?:^|[\s;&|("'])(?:curl|wget|Invoke-WebRequest|iwr|certutil|bitsadmin)(?:\.exe)?\s[^\n]*https?:|DownloadFile|DownloadString/i;
const DESTRUCTIVE =
  /\brm\s+-\w*[rf]\w*\s+(?:-\w+\s+)*["']?(?:~|\/|\$HOME|\$\{HOME\}|\*|\.\/?\*)(?:["'\s/*]|$)|\b(?:rd|rmdir)\s+\/s\b[^\n]*(?:%USERPROFILE%|[A-Z]:\\|~)|\bdel\s+\/[fqs]\b[^\n]*(?:%USERPROFILE%|[A-Z]:\\)|\bshred\s+-|\bcipher\s+\/w|\bformat\s+[a-z]:|\bmkfs\b|\bdd\s+if=\/dev\/(?:zero|urandom)\s+of=\/dev\/|:\(\)\s*\{\s*:\|:&\s*\};:|\b(?:shutdown|halt|poweroff)\b\s+(?:-[hrs]|\/[sr])/i;
const PUBLISH = /\b(?:npm|pnpm|yarn|bun)\s+publish\b/;
const PUSH = /\bgit\s+(?:-[Cc]\s+\S+\s+)*(?:push|remote\s+(?:add|set-url))\b/;
const AGENT =
  /--dangerously-skip-permissions|--yolo\b|--trust-all-tools|--dangerously-bypass-approvals|--allow-all-tools/;
const PERSISTENCE =
  /\bcrontab\b\s*(?:-|$)|\|\s*crontab\b|\bsystemctl\s+(?:--user\s+)?enable\b|\blaunchctl\s+(?:load|bootstrap|submit)\b|\bschtasks\b[^\n]*\/create|\breg(?:\.exe)?\s+add\b[^\n]*\\Run\b|\bpm2\s+startup\b/i;
const CREDENTIALS =
  /\bgh\s+auth\s+token\b|\bsecurity\s+(?:find-(?:generic|internet)-password|dump-keychain)\b|\bgit\s+credential\s+fill\b|\bgcloud\s+auth\s+print|\baz\s+account\s+get-access-token\b|\baws\s+(?:secretsmanager|ssm|configure\s+get)\b|\bnpm\s+token\b/;
const SCANNER = /\b(?:trufflehog|gitleaks)\b/;
const RUNTIME =
  /(?:^|[\s;&|/])(?:bun|deno|python3?|python\.exe)\s+(?:run\s+)?\S+\.(?:[cm]?[jt]s|py)\b|bun\.sh\/install/;
const WRITES_CLIPBOARD =
  /(?:^|\/)(?:pbcopy|wl-copy|clip(?:\.exe)?|xclip(?!.*(?:-o\b|-out))|xsel\b.*-(?:i|-input))\b|\bSet-Clipboard\b/;
/** Libraries and scripts for the shell; programs are what installers start. */
const SHIPPED = /(?:^|[\s"'])(?:\.\/)?[\w./~-]+\.(?:dll|vbs|scr)\b/i;
const SUPPRESSED = /^(?:hidden|no-sources|tls-off|dropped-file)$/;

/** Reads code of another language that is started. */
export function readForeign(text: string, at: number, isLoaded: boolean, found: Found): boolean {
  const suspicion = suspiciousForeign(text);
  if (suspicion === undefined) return false;
  found.add('network', 'requests', at);
  if (suspicion === 'encoded-code') found.sign('starts-decoded-command', at, isLoaded);
  else if (suspicion === 'remote-shell') found.sign('remote-shell', at, isLoaded);
  else if (suspicion === 'remote-code') found.sign('starts-remote-command', at, isLoaded);
  else {
    found.sign('suspicious-command', at, isLoaded);
    if (isLoaded) found.sign('sends-machine', at, isLoaded);
  }
  return true;
}

/** Reads what a command does that code starts. */
export function readCommand(
  command: string,
  { at, isLoaded, isDetached, isTemporary, isHidden }: CommandPlace,
  found: Found,
): void {
  const sign = (name: Parameters<Found['sign']>[0]) => found.sign(name, at, isLoaded);
  const inner = APPLE_SCRIPT.exec(command)?.[1]?.replaceAll('\\', '');
  if (inner !== undefined) readCommand(inner, { at, isLoaded, isDetached, isTemporary, isHidden }, found);
  const hosts = hostsIn(command);
  for (const host of hosts) readHost(host, command, at, isLoaded, found);
  // A tool that people tell to update itself gets that from its own service.
  const isUpdate = !isLoaded && hosts.length > 0 && hosts.every(found.isOwnHost);
  const suspicion = isUpdate ? undefined : suspiciousScript(command)?.suspicion;
  if (suspicion !== undefined && !SUPPRESSED.test(suspicion))
    sign(suspicion === 'encoded-code' ? 'starts-decoded-command' : 'suspicious-command');
  if (suspicion === 'sends-data') {
    found.add('network', 'requests', at);
    if (isLoaded) sign('sends-machine');
  }
  if (DOWNLOAD.test(command)) {
    found.add('network', 'requests', at);
    sign('download-command');
  }
  if (DESTRUCTIVE.test(command)) {
    found.add('destruction', 'command', at);
    sign('destructive-command');
  }
  if (PUBLISH.test(command) || PUSH.test(command)) {
    found.add('propagation', PUBLISH.test(command) ? 'publishes packages' : 'pushes to repositories', at);
    if (isLoaded && PUBLISH.test(command)) sign('publishes-at-start');
  }
  readRegistry(command, at, isLoaded, found);
  if (AGENT.test(command)) sign('agent-command');
  if (PERSISTENCE.test(command)) {
    found.add('persistence', 'command', at);
    sign('persistence-command');
  }
  if (CREDENTIALS.test(command)) {
    found.add('credentials', 'commands', at);
    sign('credential-command');
  }
  if (READS_CLIPBOARD.test(command)) found.add('credentials', 'clipboard', at);
  else if (WRITES_CLIPBOARD.test(command)) sign('replaces-clipboard');
  if (/\bnpm\s+access\s+(?:ls|list)[\s-]+packages\b/.test(command)) {
    found.add('propagation', 'lists packages', at);
    sign('lists-own-packages');
  }
  readMemoryUse(command, at, isLoaded, found);
  if (SCANNER.test(command)) sign('scanner-command');
  for (const kind of credentialKinds(command)) {
    if (!/\b(?:cat|type|tar|zip|grep|cp|scp|find|curl)\b/.test(command)) continue;
    found.add('credentials', kind, at);
    sign('reads-credentials');
  }
  if (RUNTIME.test(command)) sign('install-runtime');
  if (SHIPPED.test(command) && isLoaded) sign('install-binary');
  if (isLoaded && isTemporary) sign('starts-temporary');
  if (isLoaded && isDetached && isHidden) sign('detached-at-start');
  if (isLoaded && isDetached && isHidden && isTemporary) sign('hidden-temporary');
}
