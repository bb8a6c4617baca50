export function hotkeys(combo: string, fn: (e: KeyboardEvent) => void, scope?: string): () => void;
export function drafts(form: HTMLFormElement, opts?: { key?: string; exclude?: string[]; debounce?: number }): { clear(): void };
