/**
 * What a script, or code that it starts, does that no install needs. no-sources: it runs as part of a native build that
 * builds nothing; obfuscated: its names are made unreadable.
 */
export type Suspicion =
  | 'remote-code'
  | 'encoded-code'
  | 'remote-shell'
  | 'sends-data'
  | 'process-memory'
  | 'collector'
  | 'cloud-metadata'
  | 'system-tool'
  | 'dropped-file'
  | 'persistence'
  | 'workflow'
  | 'hidden'
  | 'no-sources'
  | 'obfuscated'
  | 'tls-off';
