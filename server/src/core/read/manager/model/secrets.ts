import type { CredentialName } from '../../config/npm/credential-key.ts';
import type { Severity } from '../../text/finding.ts';

/** What a credential is to a registry: a token, `user:password` in base64, or a password in base64. */
type CredentialKind = 'token' | 'auth' | 'password';

/** Where a package manager reads credentials from, so that none has to be in a project. */
export interface SecretSupport {
  /**
   * Returns how wrong a credential in .npmrc is that is bound to no registry; undefined if it is right. npm rejects what it
   * no longer reads; others send it to the default registry.
   */
  unboundCredentials(name: CredentialName, version: string | undefined): Severity | undefined;
  /** Returns the settings of credentials that it no longer reads. */
  removedKeys(version: string | undefined): readonly string[];
  /** Returns whether it replaces `${VAR}` in credentials and registry URLs of a project's .npmrc. */
  expandsInProject(version: string | undefined): boolean;
  /**
   * Returns the value that takes a credential from a variable, with quotes if its own file needs them; undefined if that
   * file cannot have one.
   */
  reference(variable: string): string | undefined;
  /** The user's own files that may hold credentials, relative to the home directory. */
  readonly userFiles: readonly string[];
  /** Returns the command that stores a setting of .npmrc for the user, with its value from a variable. */
  storeCommand(key: string, variable: string): string;
}

/** The variables that take the place of credentials, as documentation names them. */
export const VARIABLE_OF: Readonly<Record<CredentialKind, string>> = {
  token: 'NPM_TOKEN',
  auth: 'NPM_AUTH',
  password: 'NPM_PASSWORD',
};
