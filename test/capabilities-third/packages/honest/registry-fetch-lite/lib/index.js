'use strict'

const fs = require('fs')
const os = require('os')
const path = require('path')
const { getAuth } = require('./auth')

const readRc = (file) => {
  const out = {}
  let text = ''
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch {
    return out
  }
  for (const line of text.split(/\r?\n/)) {
    const m = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line)
    if (m) out[m[1]] = m[2].replace(/\$\{([^}]+)\}/g, (orig, name) => process.env[name] ?? orig)
  }
  return out
}

const config = () => ({
  registry: 'https://registry.example.test/',
  ...readRc(path.join(os.homedir(), '.npmrc')),
  ...readRc(path.join(process.cwd(), '.npmrc')),
  ...Object.fromEntries(Object.entries(process.env).filter(([k]) => /^npm_config_/i.test(k)).map(([k, v]) => [k.slice(11).replace(/_/g, '-'), v]))
})

module.exports = async function regFetch (uri, opts = {}) {
  const conf = { ...config(), ...opts }
  const url = new URL(uri, conf.registry)
  const { token, auth } = getAuth(url.href, conf)
  const headers = { 'user-agent': conf['user-agent'] || `registry-fetch-lite/node@${process.version}`, 'npm-session': conf.session || '' }
  if (token) headers.authorization = `Bearer ${token}`
  else if (auth) headers.authorization = `Basic ${auth}`
  if (process.env.CI) headers['npm-in-ci'] = 'true'
  const body = opts.body && (Buffer.isBuffer(opts.body) ? opts.body : JSON.stringify(opts.body))
  const res = await fetch(url, { method: opts.method || 'GET', headers, body })
  if (res.status === 401) throw Object.assign(new Error(`${res.status} Unauthorized - ${opts.method || 'GET'} ${url}`), { code: 'E401' })
  return res
}
module.exports.json = (uri, opts) => module.exports(uri, opts).then((r) => r.json())
