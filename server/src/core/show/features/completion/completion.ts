/** One completion item. Plain text. */
export interface Completion {
  readonly label: string;
  /** The faint text beside it: an age, a warning. */
  readonly detail: string;
  /** Sentences with what to know before choosing it. */
  readonly documentation: string | undefined;
  /** The value without quotes. */
  readonly value: string;
  readonly kind: 'version' | 'range' | 'tag' | 'name' | 'note' | 'setting' | 'choice';
  readonly deprecated: boolean;
  /** The package, and the version if there is one, that `describeChoice` describes. */
  readonly about?: { readonly name: string; readonly version: string | undefined } | undefined;
}

export interface Completions {
  /** Best first. */
  readonly items: readonly Completion[];
  /** Whether further typing would yield more items. */
  readonly isIncomplete: boolean;
}
