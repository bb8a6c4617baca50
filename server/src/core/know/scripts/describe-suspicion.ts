import type { SuspiciousScript } from './suspicious-script.ts';

const DOES: Readonly<Record<SuspiciousScript['suspicion'], string>> = {
  'remote-code': 'downloads and runs remote code',
  'encoded-code': 'runs encoded code',
  'remote-shell': 'opens a shell to another machine',
  'sends-data': 'sends data of this machine over the network',
  'process-memory': 'looks for secrets in the memory of other programs',
  collector: 'contacts a host that collects data',
  'cloud-metadata': 'asks the metadata service of a cloud',
  'system-tool': 'runs code through a tool of Windows',
  'dropped-file': 'runs a file that npm worms leave behind',
  persistence: 'leaves commands behind in the account of the user',
  workflow: 'pushes a workflow to the repository of the user',
  hidden: 'hides a command behind blanks',
  'no-sources': 'runs a program although nothing is built',
  obfuscated: 'hides what it does',
  'tls-off': 'turns off certificate verification',
};

/** Formats the end of a sentence: `downloads and runs remote code: curl … | bash`. */
export function describeSuspicion({
  suspicion,
  outline,
}: Pick<SuspiciousScript, 'suspicion' | 'outline'>): string {
  return `${DOES[suspicion]}: ${outline}`;
}
