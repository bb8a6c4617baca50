/** One thing to choose. Plain text. */
export interface Completion {
  readonly label: string;
  /** What is shown faintly beside it: an age, a warning. */
  readonly detail: string;
  /** Sentences of what there is to know before choosing it. */
  readonly documentation: string | undefined;
  /** The value without quotes. */
  readonly value: string;
  readonly kind: 'version' | 'range' | 'tag' | 'name' | 'note';
  readonly deprecated: boolean;
}

export interface Completions {
  /** The best first. */
  readonly items: readonly Completion[];
  /** Not all: there are more for what would be typed next. */
  readonly isIncomplete: boolean;
}
