'use strict'
const crypto = require('crypto')
const { config, authFor } = require('./npmrc')

class RegistryError extends Error {
  constructor (status, url, body) {
    super(`${status} - ${url}${body && body.error ? ' - ' + body.error : ''}`)
    this.code = `E${status}`
  }
}

async function request (uri, { method = 'GET', body, npmrc = config(), otp, accept = 'application/json' } = {}) {
  const registry = npmrc.registry || 'https://registry.example.test/'
  const url = new URL(uri, registry)
  const headers = { accept, 'user-agent': `registry-client-lite node/${process.version}`, 'npm-command': 'lite' }
  const auth = authFor(url, npmrc)
  if (auth.token) headers.authorization = `Bearer ${auth.token}`
  else if (auth.basic) headers.authorization = `Basic ${auth.basic}`
  if (otp) headers['npm-otp'] = otp
  if (body) headers['content-type'] = 'application/json'
  const res = await fetch(url, { method, headers, body: body && JSON.stringify(body) })
  const isJson = (res.headers.get('content-type') || '').includes('json')
  const data = isJson ? await res.json() : Buffer.from(await res.arrayBuffer())
  if (!res.ok) throw new RegistryError(res.status, url.href, data)
  return data
}

const esc = (name) => name.replace('/', '%2f')

exports.packument = (name, o) => request(esc(name), { ...o, accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8' })

exports.tarball = async (name, version, o) => {
  const p = await exports.packument(name, o)
  const v = p.versions[p['dist-tags'][version] || version]
  if (!v) throw new Error(`No matching version for ${name}@${version}`)
  const buf = await request(v.dist.tarball, o)
  const [algo, want] = v.dist.integrity.split('-')
  if (crypto.createHash(algo).update(buf).digest('base64') !== want) throw new Error(`EINTEGRITY ${name}@${version}`)
  return buf
}

exports.whoami = async (o) => (await request('-/whoami', o)).username
exports.search = (text, o) => request(`-/v1/search?text=${encodeURIComponent(text)}&size=20`, o).then((r) => r.objects.map((x) => x.package))
exports.deprecate = async (name, range, message, o) => {
  const p = await request(esc(name) + '?write=true', o)
  for (const v of Object.keys(p.versions)) if (range === '*' || v === range) p.versions[v].deprecated = message
  return request(esc(name), { ...o, method: 'PUT', body: p })
}

exports.publish = (manifest, tarballData, { access = 'public', tag = 'latest', ...o } = {}) => {
  const sha512 = crypto.createHash('sha512').update(tarballData).digest('base64')
  const file = `${manifest.name}-${manifest.version}.tgz`
  return request(esc(manifest.name), {
    ...o,
    method: 'PUT',
    body: {
      _id: manifest.name,
      name: manifest.name,
      'dist-tags': { [tag]: manifest.version },
      versions: { [manifest.version]: { ...manifest, dist: { integrity: `sha512-${sha512}` } } },
      access,
      _attachments: { [file]: { content_type: 'application/octet-stream', data: tarballData.toString('base64'), length: tarballData.length } }
    }
  })
}
exports.request = request
