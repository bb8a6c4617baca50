/**
 * The meaning of a dependency's specifier, in the terms of npm (npm-package-arg, "package-spec") and of the other
 * package managers.
 */
export type Specifier =
  /** One version, a range, or "" and "*"; `range` is normalized by the semver library. */
  | { readonly type: 'version' | 'range'; readonly range: string }
  | { readonly type: 'tag'; readonly tag: string }
  /** `npm:target@inner`; `inner` is a version, range or tag. */
  | { readonly type: 'alias'; readonly target: string; readonly inner: Specifier; readonly innerText: string }
  | {
      readonly type: 'git';
      /** `github:`, `gitlab:`, `bitbucket:`, `gist:` or a bare `user/repo`; undefined for a git URL. */
      readonly host: 'github' | 'gitlab' | 'bitbucket' | 'gist' | undefined;
      readonly address: string;
      /** Without the `#`. Undefined if there is none. */
      readonly committish: string | undefined;
      /** Offset of the committish in the specifier's text. */
      readonly committishStart: number | undefined;
    }
  | { readonly type: 'remote'; readonly address: string }
  | { readonly type: 'file' | 'directory' | 'link' | 'portal'; readonly path: string }
  | { readonly type: 'workspace'; readonly inner: string }
  | { readonly type: 'catalog'; readonly catalog: string }
  | { readonly type: 'patch'; readonly inner: string }
  | { readonly type: 'jsr'; readonly inner: string }
  | { readonly type: 'exec'; readonly path: string }
  /** Text for a template generator to replace: its meaning is unknown. */
  | { readonly type: 'placeholder' }
  | { readonly type: 'invalid'; readonly reason: string };
