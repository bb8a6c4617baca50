import invariant from 'tiny-invariant';
export function parsePath(p) {
  invariant(typeof p === 'string', 'path must be a string');
  const [rest, hash = ''] = p.split('#');
  const [pathname, search = ''] = rest.split('?');
  return { pathname, search: Object.fromEntries(new URLSearchParams(search)), hash };
}
export function matchPath(pattern, pathname) {
  const a = pattern.split('/').filter(Boolean);
  const b = pathname.split('/').filter(Boolean);
  const params = {};
  for (let i = 0; i < a.length; i++) {
    if (a[i] === '*') { params['*'] = b.slice(i).join('/'); return params; }
    if (a[i].startsWith('$')) params[a[i].slice(1)] = b[i];
    else if (a[i] !== b[i]) return null;
  }
  return a.length === b.length ? params : null;
}
export class Router {
  constructor(opts) { this.routes = opts.routes; this.history = opts.history; }
  resolve(pathname) {
    for (const r of this.routes) { const params = matchPath(r.path, pathname); if (params) return { route: r, params }; }
    return null;
  }
}
