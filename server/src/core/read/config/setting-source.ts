import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import type { NpmrcLevel } from './npm/npmrc.ts';

/**
 * The source of a setting: a line of an .npmrc or of another package manager's file, an environment variable, or the
 * package manager's own default.
 */
export type SettingSource =
  | {
      readonly type: 'config';
      readonly uri: Uri;
      readonly text: string;
      readonly level: 'project' | 'user';
      readonly span: Span;
    }
  | { readonly type: 'file'; readonly uri: Uri; readonly level: NpmrcLevel; readonly span: Span }
  | { readonly type: 'environment'; readonly variable: string }
  | { readonly type: 'default' };
