import type { Capability, Sign } from './capability.ts';
import type { CapabilityEntry, NewCapabilities } from './record.ts';

/** Names of capabilities for people, in the order of reports. */
export const CAPABILITY_NAMES: Readonly<Record<Capability, string>> = {
  credentials: 'credentials',
  destruction: 'destruction',
  propagation: 'propagation',
  persistence: 'persistence',
  obfuscation: 'obfuscation',
  payload: 'encoded payload',
  install: 'install',
  network: 'network',
  processes: 'processes',
  'dynamic-code': 'dynamic code',
  'native-code': 'native code',
  environment: 'environment',
  profiling: 'machine profile',
  trigger: 'trigger',
  tampering: 'tampering',
  files: 'files',
};

const SIGN_NAMES: Readonly<Record<Sign, string>> = {
  'runs-remote-code': 'runs code from the network',
  'runs-decoded-code': 'runs decoded code',
  'runs-requested-code': 'runs code from requests that it serves',
  'starts-remote-command': 'starts commands from the network',
  'starts-decoded-command': 'starts a decoded command',
  'starts-captured-command': 'starts commands from requests to servers that it changed',
  'starts-requested-command': 'starts commands from requests that it serves',
  'remote-shell': 'connects a shell to a socket',
  'requested-shell': 'takes whole commands from requests that it serves',
  'sends-environment': 'sends the environment',
  'sends-secret': 'sends a secret of the environment',
  'sends-secrets': 'sends secrets of several services',
  'sends-credentials': 'sends credentials',
  'sends-machine': 'sends the names of the machine or user',
  'sends-machine-names': 'sends several names of the machine and user',
  'sends-key': 'sends a private key or seed',
  'sends-clipboard': 'sends the clipboard',
  'replaces-clipboard': 'replaces the clipboard',
  'fixed-host': 'names the host for that itself',
  'downloads-program': 'downloads a file and starts programs',
  'drops-program': 'writes a file from encoded data and starts programs',
  'suspicious-command': 'starts a suspicious command',
  'download-command': 'downloads with a command',
  'destructive-command': 'starts a destructive command',
  'publishes-at-start': 'publishes packages when it is loaded',
  'lists-own-packages': 'lists the packages of a maintainer',
  'agent-command': 'starts an AI agent without its safeguards',
  'persistence-command': 'registers a program to start again',
  'credential-command': 'asks a tool for credentials',
  'scanner-command': 'scans for secrets',
  'collector-host': 'uses a host that collects data for anybody',
  'number-host': 'uses a host without a name',
  'place-host': 'looks up the place of the machine',
  'metadata-host': "reads a cloud machine's metadata",
  miner: 'mines cryptocurrency',
  'reads-credentials': 'reads files with credentials',
  'reads-many-credentials': 'reads credentials of several kinds',
  'reads-stores': 'reads a password, wallet or message store',
  'starts-with-login': 'writes files that run at login',
  'opens-login': 'adds a key for logins',
  'changes-package': 'changes another package',
  'changes-agents': 'changes the configuration of AI agents or editors when it is loaded',
  'removes-home': 'removes files of the user',
  overwrites: 'overwrites files with a fixed text',
  'removes-itself': 'removes its own file',
  'adds-install-script': 'adds an install script to a package',
  'writes-workflow': 'writes CI workflows',
  'prints-secrets': 'prints encoded secrets',
  'dumps-secrets': 'prints the secrets of a workflow',
  'hooks-requests': 'replaces functions that send requests',
  'hooks-wallet': 'replaces functions of a wallet',
  'wallet-patterns': 'has patterns for the wallets of currencies',
  'hooks-loader': 'replaces the module loader',
  'changes-builtin': 'replaces functions of the language',
  'breaks-builtin': 'makes functions of the language fail at times',
  obfuscator: 'is obfuscated',
  'hidden-name': 'decodes the names of modules or functions',
  'pieced-name': 'puts the names of modules or functions together',
  'hidden-module': 'loads a module by a decoded name',
  'hidden-member': 'calls a function by a decoded name',
  'invisible-text': 'has invisible characters',
  'hidden-line': 'has code behind blanks',
  'names-in-strings': 'has encoded names among its texts',
  'place-trigger': 'does something only in some places',
  'time-trigger': 'does something only at some time',
  'install-network': 'uses the network during the install',
  'install-processes': 'starts programs during the install',
  'install-sends': 'sends data during the install',
  'install-script': 'has a suspicious install script',
  'install-binary': 'starts a shipped program during the install',
  'install-obfuscated': 'starts obfuscated code during the install',
  'install-runtime': 'starts another runtime during the install',
  'network-at-start': 'uses the network when it is loaded',
  'processes-at-start': 'starts programs when it is loaded',
  'starts-temporary': 'starts a program in a temporary folder or that of the user',
  'detached-at-start': 'starts a hidden program when it is loaded',
  'hidden-temporary': 'starts a hidden program in a temporary folder or that of the user when it is loaded',
  'remote-script': 'loads a script from the network',
  'endless-loop': 'does not return when it is loaded',
  'floods-output': 'prints without end',
  'hidden-host': 'decodes the name of a host',
  'runs-data-file': 'runs a file that is no code',
  'sends-entered': 'sends what people enter or see, or all cookies of a page',
  'sends-captured': 'sends data of others from a function that it replaced',
  'breaks-page': 'makes a page unusable in some places or at some time',
  'replaces-addresses': 'changes requests and has patterns for wallets',
  'plain-dependency': 'has a dependency that is downloaded without encryption',
  'changes-registry': 'changes the registry of package managers when it is loaded',
  'writes-documents': 'writes to the desktop or the documents of the user when it is loaded',
  'asks-payment': 'asks a wallet for a payment or a signature when it is loaded',
  'unchecked-tls': 'turns off the verification of certificates',
};

/** Describes a sign as a verb phrase with the code as its subject. */
export function describeSign(sign: Sign): string {
  return SIGN_NAMES[sign];
}

/** Describes a capability with its detail: `network (example.com)`. */
export function describeCapability({
  capability,
  detail,
}: Pick<CapabilityEntry, 'capability' | 'detail'>): string {
  return `${CAPABILITY_NAMES[capability]} (${detail})`;
}

/** Describes what is new in a version, a line for each capability and sign. */
export function describeNew({ entries, signs }: NewCapabilities): readonly string[] {
  const texts = [
    ...signs.map(({ sign, file, line }) => `${describeSign(sign)} (${file}:${line})`),
    ...entries.map((entry) => `${describeCapability(entry)} (${entry.file}:${entry.line})`),
  ];
  return texts.length === 0 ? ['no new capability'] : texts;
}
