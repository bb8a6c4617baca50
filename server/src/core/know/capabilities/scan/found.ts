import type { Capability, Sign } from '../capability.ts';
import type { Evaluator } from '../value/evaluate.ts';

/** What readers of parts of a file add to. */
export interface Found {
  readonly evaluator: Evaluator;
  /** Whether the names of the file are those of an obfuscator. */
  readonly isObfuscated: boolean;
  add(capability: Capability, detail: string, at: number): void;
  sign(sign: Sign, at: number, isLoaded: boolean): void;
  /** Reads a text as code that runs at a place, if it is some. */
  code(text: string | undefined, at: number, isLoaded: boolean): void;
  /** Whether the file has a setting by which something starts when a folder or an agent is opened. */
  readonly startsOnOpen: boolean;
  /** Checks for a host of the service that the package is named after. */
  isOwnHost(host: string): boolean;
  /** Checks whether a path leads into another package. */
  isOtherPackage(path: string): boolean;
  /** Checks whether a path, relative to the file, leads into a package that lies beside its own. */
  isSibling(path: string): boolean;
  /** The paths to which the file writes what comes from the network. */
  readonly downloads: Set<string>;
  /** The paths from which it loads modules. */
  readonly modulePaths: { readonly path: string; readonly at: number; readonly isLoaded: boolean }[];
}
