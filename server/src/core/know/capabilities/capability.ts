/** What code can do; details are named within each. */
export type Capability =
  | 'network'
  | 'processes'
  | 'files'
  | 'environment'
  | 'credentials'
  | 'dynamic-code'
  | 'native-code'
  | 'obfuscation'
  | 'payload'
  | 'install'
  | 'trigger'
  | 'propagation'
  | 'tampering'
  | 'profiling'
  | 'persistence'
  | 'destruction';

export interface Evidence {
  readonly capability: Capability;
  /** A host, a kind of credentials, a variable: what a reader compares between versions. */
  readonly detail: string;
  /** The offset in the file. */
  readonly at: number;
}

/** A behaviour that counts towards a verdict. */
export interface SignHit {
  readonly sign: Sign;
  readonly at: number;
  /** Whether it happens when the file is loaded. */
  readonly isLoaded: boolean;
}

/**
 * Behaviours with their weights and the capabilities that they take. A verdict takes six points from at least two
 * capabilities. capabilities.md documents what each was measured by.
 */
export const SIGNS = {
  'runs-remote-code': { weight: 4, takes: ['network', 'dynamic-code'] },
  'runs-decoded-code': { weight: 6, takes: ['dynamic-code', 'obfuscation'] },
  'runs-requested-code': { weight: 6, takes: ['network', 'dynamic-code'] },
  'starts-remote-command': { weight: 6, takes: ['network', 'processes'] },
  'starts-decoded-command': { weight: 5, takes: ['processes', 'obfuscation'] },
  'starts-captured-command': { weight: 6, takes: ['processes', 'tampering'] },
  'requested-shell': { weight: 3, takes: ['network', 'processes'] },
  'starts-requested-command': { weight: 4, takes: ['network', 'processes'] },
  'remote-shell': { weight: 8, takes: ['network', 'processes'] },
  'sends-environment': { weight: 6, takes: ['network', 'environment'] },
  'sends-secret': { weight: 1, takes: ['network', 'environment'] },
  'sends-secrets': { weight: 4, takes: ['network', 'environment'] },
  'sends-credentials': { weight: 6, takes: ['network', 'credentials'] },
  'sends-machine': { weight: 3, takes: ['network', 'profiling'] },
  'sends-machine-names': { weight: 2, takes: ['network', 'profiling'] },
  'sends-key': { weight: 4, takes: ['network', 'credentials'] },
  'sends-clipboard': { weight: 5, takes: ['network', 'credentials'] },
  'replaces-clipboard': { weight: 4, takes: ['credentials', 'tampering'] },
  'fixed-host': { weight: 3, takes: ['network'] },
  'downloads-program': { weight: 3, takes: ['network', 'processes'] },
  'drops-program': { weight: 4, takes: ['payload', 'processes'] },
  'suspicious-command': { weight: 5, takes: ['processes'] },
  'download-command': { weight: 3, takes: ['network', 'processes'] },
  'destructive-command': { weight: 6, takes: ['processes', 'destruction'] },
  'publishes-at-start': { weight: 4, takes: ['processes', 'propagation'] },
  'lists-own-packages': { weight: 4, takes: ['network', 'propagation'] },
  'agent-command': { weight: 4, takes: ['processes', 'credentials'] },
  'persistence-command': { weight: 3, takes: ['processes', 'persistence'] },
  'credential-command': { weight: 2, takes: ['processes', 'credentials'] },
  'scanner-command': { weight: 4, takes: ['processes', 'credentials'] },
  'collector-host': { weight: 3, takes: ['network'] },
  'number-host': { weight: 3, takes: ['network'] },
  'place-host': { weight: 2, takes: ['network', 'trigger'] },
  'metadata-host': { weight: 2, takes: ['network', 'credentials'] },
  'reads-memory': { weight: 3, takes: ['credentials', 'processes'] },
  'seeks-secrets': { weight: 4, takes: ['credentials', 'processes'] },
  miner: { weight: 4, takes: ['network', 'processes'] },
  'reads-credentials': { weight: 1, takes: ['credentials', 'files'] },
  'reads-many-credentials': { weight: 3, takes: ['credentials', 'files'] },
  'reads-stores': { weight: 3, takes: ['credentials', 'files'] },
  'starts-with-login': { weight: 3, takes: ['files', 'persistence'] },
  'opens-login': { weight: 6, takes: ['files', 'persistence'] },
  'changes-package': { weight: 4, takes: ['files', 'tampering'] },
  'changes-program': { weight: 6, takes: ['files', 'tampering'] },
  'changes-agents': { weight: 3, takes: ['files', 'persistence'] },
  'removes-home': { weight: 6, takes: ['files', 'destruction'] },
  overwrites: { weight: 4, takes: ['files', 'destruction'] },
  'removes-itself': { weight: 4, takes: ['files', 'obfuscation'] },
  'adds-install-script': { weight: 4, takes: ['files', 'propagation'] },
  'writes-workflow': { weight: 2, takes: ['files', 'propagation'] },
  'prints-secrets': { weight: 6, takes: ['environment', 'obfuscation'] },
  'pushes-workflow': { weight: 4, takes: ['files', 'propagation'] },
  'dumps-secrets': { weight: 4, takes: ['propagation', 'credentials'] },
  'hooks-requests': { weight: 1, takes: ['tampering', 'network'] },
  'hooks-wallet': { weight: 4, takes: ['tampering', 'credentials'] },
  'wallet-patterns': { weight: 3, takes: ['credentials'] },
  'hooks-loader': { weight: 1, takes: ['tampering'] },
  'changes-builtin': { weight: 1, takes: ['tampering'] },
  'breaks-builtin': { weight: 6, takes: ['tampering', 'trigger'] },
  obfuscator: { weight: 3, takes: ['obfuscation'] },
  'hidden-name': { weight: 4, takes: ['obfuscation', 'dynamic-code'] },
  'pieced-name': { weight: 2, takes: ['obfuscation', 'dynamic-code'] },
  'hidden-module': { weight: 3, takes: ['obfuscation', 'dynamic-code'] },
  'hidden-member': { weight: 3, takes: ['obfuscation', 'dynamic-code'] },
  'invisible-text': { weight: 4, takes: ['obfuscation'] },
  'hidden-line': { weight: 4, takes: ['obfuscation'] },
  'names-in-strings': { weight: 3, takes: ['obfuscation', 'processes'] },
  'place-trigger': { weight: 2, takes: ['trigger'] },
  'time-trigger': { weight: 1, takes: ['trigger'] },
  'install-network': { weight: 1, takes: ['install', 'network'] },
  'install-processes': { weight: 1, takes: ['install', 'processes'] },
  'install-sends': { weight: 3, takes: ['install', 'network'] },
  'install-script': { weight: 6, takes: ['install', 'processes'] },
  'install-binary': { weight: 6, takes: ['install', 'native-code'] },
  'install-obfuscated': { weight: 3, takes: ['install', 'obfuscation'] },
  'install-runtime': { weight: 3, takes: ['install', 'processes'] },
  'network-at-start': { weight: 2, takes: ['network'] },
  'processes-at-start': { weight: 1, takes: ['processes'] },
  'starts-temporary': { weight: 2, takes: ['processes', 'files'] },
  'detached-at-start': { weight: 2, takes: ['processes'] },
  'hidden-temporary': { weight: 3, takes: ['processes', 'files'] },
  'remote-script': { weight: 2, takes: ['network', 'dynamic-code'] },
  'endless-loop': { weight: 4, takes: ['destruction'] },
  'floods-output': { weight: 2, takes: ['processes', 'destruction'] },
  'hidden-host': { weight: 3, takes: ['network', 'obfuscation'] },
  'runs-data-file': { weight: 6, takes: ['dynamic-code', 'obfuscation'] },
  'sends-entered': { weight: 4, takes: ['network', 'credentials'] },
  'sends-captured': { weight: 3, takes: ['network', 'tampering'] },
  'breaks-page': { weight: 4, takes: ['destruction'] },
  'replaces-addresses': { weight: 3, takes: ['tampering', 'credentials'] },
  'plain-dependency': { weight: 6, takes: ['install', 'network'] },
  'changes-registry': { weight: 4, takes: ['tampering', 'network'] },
  'writes-documents': { weight: 6, takes: ['files', 'tampering'] },
  'asks-payment': { weight: 4, takes: ['network', 'credentials'] },
  'copies-mail': { weight: 6, takes: ['network', 'tampering'] },
  'hides-text': { weight: 3, takes: ['obfuscation'] },
  'instructs-agents': { weight: 6, takes: ['credentials', 'tampering'] },
  'runs-on-open': { weight: 4, takes: ['persistence', 'processes'] },
  'names-data': { weight: 4, takes: ['network', 'obfuscation'] },
  'unchecked-tls': { weight: 1, takes: ['network'] },
} as const satisfies Record<string, { readonly weight: number; readonly takes: readonly Capability[] }>;

export type Sign = keyof typeof SIGNS;
